import { describe, expect, it } from 'vitest';
import { operators, tensor } from '$lib/ops';

const cell = (y: number, x: number, channel = 0, index = 0) => ({ tensor: index, y, x, channel });

describe('steps of a convolution', () => {
	// 1 2 3 / 4 5 6 / 7 8 9, a row of padding above, a column to the right; kernel 1 2 / 3 4, bias 100.
	const { conv2d } = operators;
	const g = conv2d.geometry([[3, 3, 1]], {
		outChannels: 1,
		kernelSize: 2,
		padding: { top: 1, bottom: 0, left: 0, right: 1 }
	});
	const inputs = [tensor([3, 3, 1] as const, [1, 2, 3, 4, 5, 6, 7, 8, 9])];
	const weights = { kernel: tensor([2, 2, 1, 1], [1, 2, 3, 4]), bias: tensor([1], [100]) };

	it('multiply, step 0: a tap on padding', () => {
		expect(conv2d.step(0, 'multiply', inputs, weights, g)).toEqual({
			n: 0,
			granularity: 'multiply',
			output: cell(0, 0),
			terms: [{ input: null, at: cell(-1, 0), inputValue: 0, weight: 0, weightValue: 1, product: 0 }],
			tap: 0,
			taps: 4,
			before: 0,
			after: 0,
			bias: 100,
			writes: null
		});
	});

	it('multiply, step 3: the last tap writes 1·3 + 2·4 + 100 = 111', () => {
		expect(conv2d.step(3, 'multiply', inputs, weights, g)).toEqual({
			n: 3,
			granularity: 'multiply',
			output: cell(0, 0),
			terms: [{ input: cell(0, 1), at: cell(0, 1), inputValue: 2, weight: 3, weightValue: 4, product: 8 }],
			tap: 3,
			taps: 4,
			before: 3,
			after: 11,
			bias: 100,
			writes: 111
		});
	});

	it('value, step 3: 37 of the window in the corner, and the bias', () => {
		const step = conv2d.step(3, 'value', inputs, weights, g);
		expect(step.terms.map(({ inputValue, product }) => [inputValue, product])).toEqual([
			[1, 1],
			[2, 4],
			[4, 12],
			[5, 20]
		]);
		expect(step).toMatchObject({ output: cell(1, 0), before: 0, after: 37, bias: 100, writes: 137 });
	});

	it('beyond the last there is none', () => {
		expect(() => conv2d.step(9, 'value', inputs, weights, g)).toThrow(RangeError);
		expect(() => conv2d.step(36, 'multiply', inputs, weights, g)).toThrow(RangeError);
	});

	it('needs its inputs and weights', () => {
		expect(() => conv2d.step(3, 'value', [], weights, g)).toThrow('there is no tensor 0');
		expect(() => conv2d.run(inputs, {}, g)).toThrow('there is no weight kernel');
	});
});

it('steps of a maximum begin below all values, and padding stays there', () => {
	const { maxPool } = operators;
	const g = maxPool.geometry([[2, 2, 1]], { kernelSize: 2, padding: 1 });
	const inputs = [tensor([2, 2, 1] as const, [-4, -3, -2, -1])];
	expect(maxPool.step(2, 'multiply', inputs, {}, g)).toMatchObject({
		terms: [{ input: null, at: cell(0, -1), inputValue: -Infinity }],
		before: -Infinity,
		after: -Infinity,
		writes: null
	});
	expect(maxPool.step(3, 'multiply', inputs, {}, g)).toMatchObject({
		terms: [{ input: cell(0, 0), weight: null, weightValue: null, product: -4 }],
		before: -Infinity,
		after: -4,
		writes: -4
	});
});

it('steps of an average divide at the end', () => {
	const { avgPool } = operators;
	const g = avgPool.geometry([[2, 2, 1]], { kernelSize: 2 });
	const inputs = [tensor([2, 2, 1] as const, [1, 2, 3, 4])];
	expect(avgPool.step(0, 'value', inputs, {}, g)).toMatchObject({ taps: 4, after: 10, bias: 0, writes: 2.5 });
});

it('the step of a batch norm multiplies by what gamma and variance make, and adds the rest', () => {
	const { batchNorm } = operators;
	const g = batchNorm.geometry([[1, 1, 1]], { epsilon: 1 });
	const vector = (value: number) => tensor([1], [value]);
	const weights = { gamma: vector(2), beta: vector(0.5), mean: vector(1), variance: vector(3) };
	// 2 / sqrt(3 + 1) = 1; 0.5 - 1 · 1 = -0.5
	expect(batchNorm.step(0, 'multiply', [tensor([1, 1, 1] as const, [4])], weights, g)).toMatchObject({
		terms: [{ inputValue: 4, weight: 0, weightValue: 1, product: 4 }],
		after: 4,
		bias: -0.5,
		writes: 3.5
	});
});

it('split counts the steps of its outputs one after the other', () => {
	const { split } = operators;
	const g = split.geometry([[1, 2, 3]], { sizes: [1, 2] });
	const inputs = [tensor([1, 2, 3] as const, [1, 2, 3, 4, 5, 6])];
	const writes = Array.from({ length: split.stepCount(g, 'value') }, (_, n) => {
		const { output, writes } = split.step(n, 'value', inputs, {}, g);
		return [output.tensor, output.channel, writes];
	});
	expect(writes).toEqual([
		[0, 0, 1],
		[0, 0, 4],
		[1, 0, 2],
		[1, 0, 5],
		[1, 1, 3],
		[1, 1, 6]
	]);
});
