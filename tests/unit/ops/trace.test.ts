import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	cellIndex,
	isInside,
	computedKinds,
	outputAt,
	outputIndex,
	type Step,
	type WeightUse
} from '$lib/ops';
import { type Case, casesOf, cellsOf, nameOf, operatorOfCase } from './cases';

/** All steps of a trace. */
function stepsOf(c: Case, granularity: Step['granularity']): Step[] {
	const operator = operatorOfCase(c);
	return Array.from({ length: operator.stepCount(c.g, granularity) }, (_, n) =>
		operator.step(n, granularity, c.inputs, c.weights, c.g)
	);
}

describe.each(computedKinds)('the trace of %s', (kind) => {
	it('writes each output value once, and it is that of run', () => {
		fc.assert(
			fc.property(casesOf(kind), fc.constantFrom('value', 'multiply'), (c, granularity) => {
				const outputs = operatorOfCase(c).run(c.inputs, c.weights, c.g);
				const written = stepsOf(c, granularity as Step['granularity']).filter((step) => step.writes !== null);
				expect(written.map((step) => outputIndex(c.g, step.output))).toEqual(written.map((_, i) => i));
				expect(written).toHaveLength(outputs.reduce((sum, { data }) => sum + data.length, 0));
				const results = written.map(({ output }) => {
					const { shape, data } = outputs[output.tensor]!;
					return data[cellIndex(shape, output)]!;
				});
				const errors = written.map(({ writes }, i) => Math.abs(writes! - results[i]!));
				expect(Math.max(...errors)).toBeLessThan(1e-12);
			})
		);
	});

	it('goes on at each multiplication from where the one before it ended', () => {
		fc.assert(
			fc.property(casesOf(kind), (c) => {
				const values = stepsOf(c, 'value');
				const fine = stepsOf(c, 'multiply');
				const joined = values.map((value) => {
					const first = operatorOfCase(c).stepOf(value.output, 'multiply', c.g);
					const own = fine.slice(first, first + Math.max(1, value.taps));
					const broken = own.filter(
						({ output, tap, before, writes }, i) =>
							outputIndex(c.g, output) !== value.n ||
							tap !== i ||
							before !== (i === 0 ? value.before : own[i - 1]!.after) ||
							(writes !== null) !== (i === own.length - 1)
					);
					const { after, bias, writes } = own.at(-1)!;
					return { broken, terms: own.flatMap((step) => step.terms), after, bias, writes };
				});
				expect(joined).toEqual(
					values.map(({ terms, after, bias, writes }) => ({ broken: [], terms, after, bias, writes }))
				);
				expect(fine).toHaveLength(values.reduce((sum, { taps }) => sum + Math.max(1, taps), 0));
			})
		);
	});

	it('has a first step for each output cell, in the order channel, y, x', () => {
		fc.assert(
			fc.property(casesOf(kind), fc.constantFrom('value', 'multiply'), (c, name) => {
				const granularity = name as Step['granularity'];
				const operator = operatorOfCase(c);
				const cells = cellsOf(c.g.outputs);
				const steps = cells.map((cell) => {
					const n = operator.stepOf(cell, granularity, c.g);
					const { output, tap } = operator.step(n, granularity, c.inputs, c.weights, c.g);
					return { output, tap };
				});
				expect(steps).toEqual(cells.map((output) => ({ output, tap: 0 })));
				expect(cells.map((cell) => outputAt(c.g, outputIndex(c.g, cell)))).toEqual(cells);
				const order = stepsOf(c, granularity).map(({ output: o }) => [o.tensor, o.channel, o.y, o.x]);
				const sorted = [...order].sort((a, b) => {
					const axis = a.findIndex((n, i) => n !== b[i]);
					return axis < 0 ? 0 : a[axis]! - b[axis]!;
				});
				expect(order).toEqual(sorted);
			})
		);
	});

	it('reads what it says: the values of its inputs, and -Infinity, 0 or what is put there on padding', () => {
		fc.assert(
			fc.property(casesOf(kind), (c) => {
				const put = kind === 'pad' ? Number(c.options['value']) : 0;
				const outside = kind === 'maxPool' ? -Infinity : put;
				const wrong = stepsOf(c, 'value')
					.flatMap(({ terms }) => terms)
					.filter(({ input, at, inputValue }) => {
						const { shape, data } = c.inputs[at.tensor]!;
						if (input === null) return isInside(shape, at) || inputValue !== outside;
						return nameOf(at) !== nameOf(input) || inputValue !== data[cellIndex(shape, input)];
					});
				expect(wrong).toEqual([]);
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
				const uses: WeightUse[][] = Array.from(kernel, () => []);
				const wrong: unknown[] = [];
				for (const { output, terms } of stepsOf(c, 'multiply')) {
					for (const term of terms) {
						const { input, inputValue, weight, weightValue, product } = term;
						if (weightValue !== kernel[weight!] || product !== inputValue * weightValue!) wrong.push(term);
						uses[weight!]!.push({ output, input });
					}
				}
				expect(wrong).toEqual([]);
				const operator = operatorOfCase(c);
				const byOutput = (list: readonly WeightUse[]) =>
					[...list].sort((a, b) => a.output.y - b.output.y || a.output.x - b.output.x);
				const found = Array.from(kernel, (_, i) => byOutput(operator.weightFeeds!(c.g, i)));
				expect(found).toEqual(uses);
			})
		);
	});
});
