import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellIndex, outputAt, outputIndex, type Step } from '$lib/ops';
import { type Case, casesOf, cellsOf, kinds, operatorOfCase } from './cases';

/** All steps of a trace. */
function stepsOf(c: Case, grain: Step['grain']): Step[] {
	const operator = operatorOfCase(c);
	return Array.from({ length: operator.stepCount(c.g, grain) }, (_, n) =>
		operator.step(n, grain, c.inputs, c.weights, c.g)
	);
}

describe.each(kinds)('the trace of %s', (kind) => {
	it('writes each output value once, and it is that of run', () => {
		fc.assert(
			fc.property(casesOf(kind), fc.constantFrom('value', 'multiply'), (c, grain) => {
				const outputs = operatorOfCase(c).run(c.inputs, c.weights, c.g);
				const written = stepsOf(c, grain as Step['grain']).filter((step) => step.writes !== null);
				expect(written.map((step) => outputIndex(c.g, step.output))).toEqual(written.map((_, i) => i));
				expect(written).toHaveLength(outputs.reduce((sum, { data }) => sum + data.length, 0));
				for (const { output, writes } of written) {
					const { shape, data } = outputs[output.tensor]!;
					expect(writes).toBeCloseTo(data[cellIndex(shape, output)]!, 12);
				}
			})
		);
	});

	it('goes on at each multiplication from where the one before it ended', () => {
		fc.assert(
			fc.property(casesOf(kind), (c) => {
				const values = stepsOf(c, 'value');
				const fine = stepsOf(c, 'multiply');
				for (const value of values) {
					const first = operatorOfCase(c).stepOf(value.output, 'multiply', c.g);
					const own = fine.slice(first, first + Math.max(1, value.taps));
					expect(own.flatMap((step) => step.terms)).toEqual(value.terms);
					expect(own.map((step) => step.output)).toEqual(own.map(() => value.output));
					expect(own.map((step) => step.before)).toEqual([
						value.before,
						...own.slice(0, -1).map((step) => step.after)
					]);
					expect(own.map((step) => step.writes !== null)).toEqual(own.map((_, i) => i === own.length - 1));
					expect(own.at(-1)).toMatchObject({
						after: value.after,
						bias: value.bias,
						writes: value.writes
					});
				}
				expect(fine).toHaveLength(values.reduce((sum, { taps }) => sum + Math.max(1, taps), 0));
			})
		);
	});

	it('has a first step for each output cell, in the order channel, y, x', () => {
		fc.assert(
			fc.property(casesOf(kind), fc.constantFrom('value', 'multiply'), (c, name) => {
				const grain = name as Step['grain'];
				const operator = operatorOfCase(c);
				for (const cell of cellsOf(c.g.outputs)) {
					const n = operator.stepOf(cell, grain, c.g);
					const step = operator.step(n, grain, c.inputs, c.weights, c.g);
					expect(step).toMatchObject({ n, grain, output: cell, tap: 0 });
					expect(outputAt(c.g, outputIndex(c.g, cell))).toEqual(cell);
				}
				const order = stepsOf(c, grain).map(({ output: o }) => [o.tensor, o.channel, o.y, o.x]);
				const sorted = [...order].sort((a, b) => {
					const axis = a.findIndex((n, i) => n !== b[i]);
					return axis < 0 ? 0 : a[axis]! - b[axis]!;
				});
				expect(order).toEqual(sorted);
			})
		);
	});

	it('reads what it says: the values of its inputs, and -Infinity or 0 on padding', () => {
		fc.assert(
			fc.property(casesOf(kind), (c) => {
				for (const { terms } of stepsOf(c, 'value')) {
					for (const { input, at, inputValue } of terms) {
						const { shape, data } = c.inputs[at.tensor]!;
						if (input) {
							expect(at).toEqual(input);
							expect(inputValue).toBe(data[cellIndex(shape, input)]);
						} else {
							expect(inputValue).toBe(kind === 'maxPool' ? -Infinity : 0);
						}
					}
				}
			})
		);
	});
});

describe.each(['conv2d', 'transposedConv2d', 'dense'] as const)('the multiplications of %s', (kind) => {
	it('are as many as its MACs, one step each', () => {
		fc.assert(
			fc.property(casesOf(kind), (c) => {
				const operator = operatorOfCase(c);
				const products = stepsOf(c, 'multiply').reduce((sum, step) => sum + step.terms.length, 0);
				const empty = stepsOf(c, 'multiply').filter((step) => step.taps === 0).length;
				expect(products).toBe(operator.cost(c.g).macs);
				expect(operator.stepCount(c.g, 'multiply')).toBe(products + empty);
				if (kind !== 'transposedConv2d') expect(empty).toBe(0);
			})
		);
	});

	it('multiply by the kernel, whose values touch what weightFeeds says', () => {
		fc.assert(
			fc.property(casesOf(kind), (c) => {
				const kernel = c.weights['kernel']!.data;
				const uses: unknown[][] = Array.from(kernel, () => []);
				for (const { output, terms } of stepsOf(c, 'multiply')) {
					for (const term of terms) {
						expect(term.weightValue).toBe(kernel[term.weight!]);
						expect(term.product).toBe(term.inputValue * term.weightValue!);
						uses[term.weight!]!.push({ output, input: term.input });
					}
				}
				const operator = operatorOfCase(c);
				const byOutput = (list: readonly { output: { y: number; x: number } }[]) =>
					[...list].sort((a, b) => a.output.y - b.output.y || a.output.x - b.output.x);
				kernel.forEach((_, i) => {
					expect(byOutput(operator.weightFeeds!(c.g, i))).toEqual(uses[i]);
				});
			})
		);
	});
});
