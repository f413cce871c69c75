import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	divisors,
	kernelIndex,
	kernelPosition,
	computedKinds,
	nearestMultiples,
	operators,
	operatorOf,
	sizeOf,
	validGroups,
	type Conv2dGeometry
} from '$lib/ops';
import { casesOf, cellsOf, operatorOfCase } from './cases';

describe('conv2d.geometry(inputs, options)', () => {
	const { conv2d } = operators;

	it('resolves everything that a figure draws', () => {
		const g = conv2d.geometry([[7, 6, 4]], {
			outChannels: 6,
			kernelSize: [3, 2],
			stride: [2, 1],
			padding: { top: 1, bottom: 0, left: 0, right: 2 },
			dilation: [1, 2],
			groups: 2
		});
		// Height: 7 + 1 - 3 = 5, half of it 2, so 3. Width: 6 + 2 - 3 = 5, so 6.
		expect(g).toEqual({
			inputs: [[7, 6, 4]],
			outputs: [[3, 6, 6]],
			kernelSize: [3, 2],
			stride: [2, 1],
			dilation: [1, 2],
			effectiveKernelSize: [3, 3],
			padding: { top: 1, bottom: 0, left: 0, right: 2 },
			outputSize: [3, 6],
			unread: { rows: 1, columns: 0 },
			inChannels: 4,
			outChannels: 6,
			groups: 2,
			inChannelsPerGroup: 2,
			outChannelsPerGroup: 3,
			bias: true,
			taps: 12
		});
		expect(conv2d.weights(g)).toEqual([
			{ name: 'kernel', shape: [3, 2, 2, 6], role: 'weight' },
			{ name: 'bias', shape: [6], role: 'bias' }
		]);
	});

	it('keeps ceil(size / stride) with same padding, the odd pixel below and to the right', () => {
		const whole = fc.integer({ min: 1, max: 12 });
		fc.assert(
			fc.property(fc.record({ size: whole, kernelSize: whole, stride: whole, dilation: whole }), (c) => {
				const { size, ...options } = c;
				const g = conv2d.geometry([[size, size, 1]], { ...options, outChannels: 1, padding: 'same' });
				expect(g.outputSize[0]).toBe(Math.ceil(size / c.stride));
				expect([0, 1]).toContain(g.padding.bottom - g.padding.top);
			})
		);
	});

	it('says which rows and columns no window reaches, since the stride does not divide', () => {
		fc.assert(
			fc.property(casesOf('conv2d'), (c) => {
				const g = c.g as Conv2dGeometry;
				const read = cellsOf(g.outputs).flatMap((cell) => conv2d.reads(g, cell));
				const rows = read.map(({ y }) => y);
				const columns = read.map(({ x }) => x);
				const [height, width] = g.inputs[0]!;
				if (g.unread.rows > 0 && read.length > 0) {
					expect(Math.max(...rows)).toBe(height - 1 - g.unread.rows);
				}
				if (g.unread.columns > 0 && read.length > 0) {
					expect(Math.max(...columns)).toBe(width - 1 - g.unread.columns);
				}
			})
		);
	});

	it('counts kernel positions as its tensor lies in memory', () => {
		fc.assert(
			fc.property(casesOf('conv2d'), (c) => {
				const g = c.g as Conv2dGeometry;
				const kernel = c.weights['kernel']!;
				const indices = Array.from(kernel.data, (_, index) => {
					const { ky, kx, i, outChannel } = kernelPosition(g, index);
					return kernelIndex(g, ky, kx, i, outChannel);
				});
				expect(indices).toEqual(indices.map((_, index) => index));
				const last = kernelPosition(g, kernel.data.length - 1);
				expect([last.ky, last.kx, last.i, last.outChannel]).toEqual(kernel.shape.map((n) => n - 1));
			})
		);
	});
});

describe.each(computedKinds)('%s', (kind) => {
	it('makes tensors of the shapes that it says', () => {
		fc.assert(
			fc.property(casesOf(kind), (c) => {
				const outputs = operatorOfCase(c).run(c.inputs, c.weights, c.g);
				expect(outputs.map(({ shape }) => shape)).toEqual(c.g.outputs);
				expect(outputs.map(({ data }) => data.length)).toEqual(c.g.outputs.map(sizeOf));
			})
		);
	});

	it('goes by its own name, and its figures add up', () => {
		fc.assert(
			fc.property(casesOf(kind), (c) => {
				const operator = operatorOf(kind);
				expect(operator.kind).toBe(kind);
				const { params, bytesRead, bytesWritten } = operator.cost(c.g);
				const numbers = [...c.inputs, ...Object.values(c.weights)].map(({ data }) => data.length);
				expect(bytesRead).toBe(4 * numbers.reduce((a, b) => a + b));
				expect(bytesWritten).toBe(4 * c.g.outputs.map(sizeOf).reduce((a, b) => a + b));
				const { weight, bias, bnTrainable, bnStatistics } = params;
				const held = Object.values(c.weights).reduce((sum, { data }) => sum + data.length, 0);
				expect(weight + bias + bnTrainable + bnStatistics).toBe(held);
			})
		);
	});
});

describe('the numbers that errors suggest', () => {
	it('divisors(n)', () => {
		expect([1, 7, 12, 36].map(divisors)).toEqual([
			[1],
			[1, 7],
			[1, 2, 3, 4, 6, 12],
			[1, 2, 3, 4, 6, 9, 12, 18, 36]
		]);
	});

	it('validGroups(inChannels, outChannels)', () => {
		expect(validGroups(12, 8)).toEqual([1, 2, 4]);
	});

	it('nearestMultiples(n, value)', () => {
		expect(nearestMultiples(3, 7)).toEqual([6, 9]);
		expect(nearestMultiples(3, 6)).toEqual([6]);
		expect(nearestMultiples(3, 2)).toEqual([3]);
	});
});
