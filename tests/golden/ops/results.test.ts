import { describe, expect, it } from 'vitest';
import { type Kind, operatorOf, type OptionsOf, type Shape, tensor } from '$lib/ops';

interface Given {
	readonly inputs: readonly [shape: Shape, values: readonly number[]][];
	readonly weights?: Readonly<Record<string, readonly number[]>>;
}

/** Runs an operator on written-out numbers; gives the shapes and the values that come out. */
function run<K extends Kind>(kind: K, options: OptionsOf<K>, { inputs, weights = {} }: Given) {
	const operator = operatorOf(kind);
	const g = operator.geometry(
		inputs.map(([shape]) => shape),
		options
	);
	const values = operator.weights(g).map(({ name, shape }) => [name, tensor(shape, weights[name]!)] as const);
	const outputs = operator.run(
		inputs.map(([shape, data]) => tensor(shape, data)),
		Object.fromEntries(values),
		g
	);
	return outputs.map(({ shape, data }) => [shape, [...data]] as const);
}

// prettier-ignore
const NINE: Given['inputs'] = [[[3, 3, 1], [
	1, 2, 3,
	4, 5, 6,
	7, 8, 9
]]];

// prettier-ignore
const SIXTEEN: Given['inputs'] = [[[4, 4, 1], [
	1, 2, 3, 4,
	5, 6, 7, 8,
	9, 10, 11, 12,
	13, 14, 15, 16
]]];

describe('conv2d of 1 … 9 with the kernel 1 2 / 3 4', () => {
	const kernel = [1, 2, 3, 4];
	const options = { outChannels: 1, kernelSize: 2, bias: false } as const;

	it('valid: 1·1 + 2·2 + 4·3 + 5·4 = 37, and so on', () => {
		expect(run('conv2d', options, { inputs: NINE, weights: { kernel } })).toEqual([
			[
				[2, 2, 1],
				[37, 47, 67, 77]
			]
		]);
	});

	it('same: the odd row and column of zeros are below and to the right', () => {
		// 3·1 + 6·3 = 21; 6·1 + 9·3 = 33; 7·1 + 8·2 = 23; 8·1 + 9·2 = 26; 9·1 = 9
		const y = run('conv2d', { ...options, padding: 'same' }, { inputs: NINE, weights: { kernel } });
		expect(y).toEqual([
			[
				[3, 3, 1],
				[37, 47, 21, 67, 77, 33, 23, 26, 9]
			]
		]);
	});

	it('same with stride 2: every second of these', () => {
		const y = run(
			'conv2d',
			{ ...options, padding: 'same', stride: 2 },
			{ inputs: NINE, weights: { kernel } }
		);
		expect(y).toEqual([
			[
				[2, 2, 1],
				[37, 21, 23, 9]
			]
		]);
	});

	it('padded above and to the right', () => {
		// 1·3 + 2·4 = 11; 2·3 + 3·4 = 18; 3·3 = 9; below as with same
		const padding = { top: 1, bottom: 0, left: 0, right: 1 };
		const y = run('conv2d', { ...options, padding }, { inputs: NINE, weights: { kernel } });
		expect(y).toEqual([
			[
				[3, 3, 1],
				[11, 18, 9, 37, 47, 21, 67, 77, 33]
			]
		]);
	});

	it('dilation 2: 1·1 + 3·2 + 7·3 + 9·4 = 64', () => {
		const y = run('conv2d', { ...options, dilation: 2 }, { inputs: NINE, weights: { kernel } });
		expect(y).toEqual([[[1, 1, 1], [64]]]);
	});

	it('stride 2 alone leaves the last row and column unread', () => {
		const y = run('conv2d', { ...options, stride: 2 }, { inputs: NINE, weights: { kernel } });
		expect(y).toEqual([[[1, 1, 1], [37]]]);
	});
});

describe('conv2d', () => {
	it('has rectangular kernels: a row of ones sums each row', () => {
		const options = { outChannels: 1, kernelSize: [1, 3], bias: false } as const;
		expect(run('conv2d', options, { inputs: NINE, weights: { kernel: [1, 1, 1] } })).toEqual([
			[
				[3, 1, 1],
				[6, 15, 24]
			]
		]);
	});

	it('grouped: the first filter sees channels 1, 2, the second 3, 4', () => {
		// 1·10 + 2·1 + 0.5 = 12.5; 3·20 + 4·2 - 1 = 67
		const y = run(
			'conv2d',
			{ outChannels: 2, kernelSize: 1, groups: 2 },
			{
				inputs: [
					[
						[1, 1, 4],
						[1, 2, 3, 4]
					]
				],
				weights: { kernel: [10, 20, 1, 2], bias: [0.5, -1] }
			}
		);
		expect(y).toEqual([
			[
				[1, 1, 2],
				[12.5, 67]
			]
		]);
	});

	it('depthwise with channel multiplier 2: outputs 2c and 2c + 1 come from channel c', () => {
		const y = run(
			'conv2d',
			{ outChannels: 4, kernelSize: 1, groups: 2, bias: false },
			{
				inputs: [
					[
						[1, 1, 2],
						[1, 2]
					]
				],
				weights: { kernel: [1, 10, 100, 1000] }
			}
		);
		expect(y).toEqual([
			[
				[1, 1, 4],
				[1, 10, 200, 2000]
			]
		]);
	});

	it('pointwise: 2·1 - 5 + 10 = 7, and so on', () => {
		const y = run(
			'conv2d',
			{ outChannels: 1, kernelSize: 1 },
			{
				inputs: [
					[
						[2, 2, 2],
						[1, 5, 2, 6, 3, 7, 4, 8]
					]
				],
				weights: { kernel: [2, -1], bias: [10] }
			}
		);
		expect(y).toEqual([
			[
				[2, 2, 1],
				[7, 8, 9, 10]
			]
		]);
	});
});

describe('transposedConv2d of 1 2 / 3 4 with a kernel of ones', () => {
	const inputs: Given['inputs'] = [
		[
			[2, 2, 1],
			[1, 2, 3, 4]
		]
	];
	const ones = (n: number) => Array<number>(n).fill(1);

	it('stride 1, kernel 2: overlaps add up', () => {
		const options = { outChannels: 1, kernelSize: 2, bias: false };
		expect(run('transposedConv2d', options, { inputs, weights: { kernel: ones(4) } })).toEqual([
			[
				[3, 3, 1],
				[1, 3, 2, 4, 10, 6, 3, 7, 4]
			]
		]);
	});

	it('stride 2, kernel 3: the stamps overlap in one row and column', () => {
		const options = { outChannels: 1, kernelSize: 3, stride: 2, bias: false };
		// prettier-ignore
		const full = [
			1, 1, 3, 2, 2,
			1, 1, 3, 2, 2,
			4, 4, 10, 6, 6,
			3, 3, 7, 4, 4,
			3, 3, 7, 4, 4
		];
		const y = run('transposedConv2d', options, { inputs, weights: { kernel: ones(9) } });
		expect(y).toEqual([[[5, 5, 1], full]]);
	});

	it('the same, cropped to size × stride: the odd row and column go below and to the right', () => {
		const options = { outChannels: 1, kernelSize: 3, stride: 2, padding: 'same', bias: false } as const;
		const y = run('transposedConv2d', options, { inputs, weights: { kernel: ones(9) } });
		expect(y).toEqual([
			[
				[4, 4, 1],
				[1, 1, 3, 2, 1, 1, 3, 2, 4, 4, 10, 6, 3, 3, 7, 4]
			]
		]);
	});

	it('stride 2, kernel 3, padding 1: 4 × 4 only with one row and column more at the end', () => {
		const options = { outChannels: 1, kernelSize: 3, stride: 2, padding: 1, outputPadding: 1, bias: false };
		// Keras's and PyTorch's way to double a size: the first row and column are cropped, the last are not.
		// prettier-ignore
		const rest = [
			1, 3, 2, 2,
			4, 10, 6, 6,
			3, 7, 4, 4,
			3, 7, 4, 4
		];
		const y = run('transposedConv2d', options, { inputs, weights: { kernel: ones(9) } });
		expect(y).toEqual([[[4, 4, 1], rest]]);
	});

	it('kernel 1, stride 2: what the output has more at the end is the bias', () => {
		const options = { outChannels: 1, kernelSize: 1, stride: 2, outputPadding: [1, 0] } as const;
		const y = run('transposedConv2d', options, { inputs, weights: { kernel: [1], bias: [9] } });
		expect(y).toEqual([
			[
				[4, 3, 1],
				[10, 9, 11, 9, 9, 9, 12, 9, 13, 9, 9, 9]
			]
		]);
	});

	it('stride 3, kernel 2: nothing lands between the stamps, where the bias is all', () => {
		const options = { outChannels: 1, kernelSize: 2, stride: 3 };
		// prettier-ignore
		const full = [
			10, 10, 9, 11, 11,
			10, 10, 9, 11, 11,
			9, 9, 9, 9, 9,
			12, 12, 9, 13, 13,
			12, 12, 9, 13, 13
		];
		const y = run('transposedConv2d', options, { inputs, weights: { kernel: ones(4), bias: [9] } });
		expect(y).toEqual([[[5, 5, 1], full]]);
	});
});

describe('pools of 1 … 16, kernel 3, stride 2', () => {
	const options = { kernelSize: 3, stride: 2 };

	it('round down: one window', () => {
		expect(run('maxPool', options, { inputs: SIXTEEN })).toEqual([[[1, 1, 1], [11]]]);
		// (1 + 2 + 3 + 5 + 6 + 7 + 9 + 10 + 11) / 9 = 6
		expect(run('avgPool', options, { inputs: SIXTEEN })).toEqual([[[1, 1, 1], [6]]]);
	});

	it('round up with ceil: the last windows reach beyond the edge, where nothing is counted', () => {
		const ceil = { ...options, ceil: true };
		expect(run('maxPool', ceil, { inputs: SIXTEEN })).toEqual([
			[
				[2, 2, 1],
				[11, 12, 15, 16]
			]
		]);
		// (3 + 4 + 7 + 8 + 11 + 12) / 6 = 7.5; (9 + 10 + 11 + 13 + 14 + 15) / 6 = 12; (11 + 12 + 15 + 16) / 4 = 13.5
		expect(run('avgPool', ceil, { inputs: SIXTEEN })).toEqual([
			[
				[2, 2, 1],
				[6, 7.5, 12, 13.5]
			]
		]);
		const counted = { ...ceil, countPadding: true };
		expect(run('avgPool', counted, { inputs: SIXTEEN })).toEqual([
			[
				[2, 2, 1],
				[6, 7.5, 12, 13.5]
			]
		]);
	});
});

describe('pools', () => {
	it('ceil drops a window that would start in the padding after the input', () => {
		// PyTorch, torch.nn.MaxPool2d: "Sliding windows that would start in the right padded region are ignored."
		// Padded 1 + 3 + 1 = 5, kernel 2, stride 4: (5 - 2) / 4 rounds up to 1, so 2 windows; the second would start at
		// row 4 of the padded input, which is padding. The first covers one row of padding and the row 1 2 3.
		const options = { kernelSize: 2, stride: 4, padding: 1, ceil: true };
		expect(run('maxPool', options, { inputs: NINE })).toEqual([[[1, 1, 1], [1]]]);
	});

	it('ceil keeps a window that starts in the last row, and one that is larger than the input', () => {
		// Kernel 2, stride 2 over 3: the second window starts in row 2 and has this row alone.
		const half = { kernelSize: 2, stride: 2, ceil: true };
		expect(run('maxPool', half, { inputs: NINE })).toEqual([
			[
				[2, 2, 1],
				[5, 6, 8, 9]
			]
		]);
		const large = { kernelSize: 4, stride: 2, ceil: true };
		expect(run('avgPool', large, { inputs: NINE })).toEqual([[[1, 1, 1], [5]]]);
	});

	it('padding never wins: it is below all values', () => {
		const inputs: Given['inputs'] = [
			[
				[2, 2, 1],
				[-4, -3, -2, -1]
			]
		];
		expect(run('maxPool', { kernelSize: 2, stride: 2, padding: 1 }, { inputs })).toEqual([
			[
				[2, 2, 1],
				[-4, -3, -2, -1]
			]
		]);
	});

	it('padding counts as zeros in an average, or not at all', () => {
		const inputs: Given['inputs'] = [
			[
				[2, 2, 1],
				[1, 2, 3, 4]
			]
		];
		const options = { kernelSize: 2, padding: 1 };
		expect(run('avgPool', options, { inputs })).toEqual([
			[
				[2, 2, 1],
				[1, 2, 3, 4]
			]
		]);
		expect(run('avgPool', { ...options, countPadding: true }, { inputs })).toEqual([
			[
				[2, 2, 1],
				[0.25, 0.5, 0.75, 1]
			]
		]);
	});

	it('stride is the kernel size unless given', () => {
		expect(run('maxPool', { kernelSize: 2 }, { inputs: SIXTEEN })).toEqual([
			[
				[2, 2, 1],
				[6, 8, 14, 16]
			]
		]);
	});

	it('the global average is one value a channel', () => {
		const inputs: Given['inputs'] = [
			[
				[2, 2, 2],
				[1, 10, 2, 20, 3, 30, 4, 40]
			]
		];
		expect(run('globalAvgPool', {}, { inputs })).toEqual([
			[
				[1, 1, 2],
				[2.5, 25]
			]
		]);
	});
});

describe('channels', () => {
	it('shuffle in 2 groups of 3: 0 1 2 | 3 4 5 becomes 0 3 1 4 2 5', () => {
		const inputs: Given['inputs'] = [
			[
				[1, 1, 6],
				[0, 1, 2, 3, 4, 5]
			]
		];
		expect(run('channelShuffle', { groups: 2 }, { inputs })).toEqual([
			[
				[1, 1, 6],
				[0, 3, 1, 4, 2, 5]
			]
		]);
	});

	it('concat puts them one behind the other, and split takes them apart', () => {
		const parts: Given['inputs'] = [
			[
				[1, 2, 1],
				[1, 4]
			],
			[
				[1, 2, 2],
				[2, 3, 5, 6]
			]
		];
		const whole: Given['inputs'] = [
			[
				[1, 2, 3],
				[1, 2, 3, 4, 5, 6]
			]
		];
		expect(run('concat', {}, { inputs: parts })).toEqual(whole);
		expect(run('split', { sizes: [1, 2] }, { inputs: whole })).toEqual(parts);
	});
});

describe('value by value', () => {
	const vector = (...values: number[]): Given['inputs'][number] => [[1, 1, values.length], values];
	const valueOf = (kind: Kind, values: number[]) => run(kind, {}, { inputs: [vector(...values)] })[0]![1];

	it('softmax: 1 : 3 for a difference of ln 3, and no overflow', () => {
		expect(valueOf('softmax', [0, Math.log(3)])).toEqual([
			expect.closeTo(0.25, 15),
			expect.closeTo(0.75, 15)
		]);
		expect(valueOf('softmax', [1000, 1000])).toEqual([0.5, 0.5]);
	});

	it('add and multiply, also by one factor a channel', () => {
		const inputs = [vector(1, 2), vector(10, 20), vector(100, 200)];
		expect(run('add', {}, { inputs })[0]![1]).toEqual([111, 222]);
		expect(run('multiply', {}, { inputs: inputs.slice(0, 2) })[0]![1]).toEqual([10, 40]);
		const image: Given['inputs'][number] = [
			[1, 2, 2],
			[1, 2, 3, 4]
		];
		expect(run('multiply', {}, { inputs: [image, vector(10, 100)] })).toEqual([
			[
				[1, 2, 2],
				[10, 200, 30, 400]
			]
		]);
	});

	it('batch norm: 2 · (4 - 1) / sqrt(3 + 1) + 0.5 = 3.5', () => {
		const weights = { gamma: [2], beta: [0.5], mean: [1], variance: [3] };
		expect(run('batchNorm', { epsilon: 1 }, { inputs: [vector(4)], weights })[0]![1]).toEqual([3.5]);
	});

	it('local response norm: 1 / (1 + 1 + 4), 2 / (1 + 1 + 4 + 9), 3 / (1 + 4 + 9)', () => {
		const options = { depthRadius: 1, bias: 1, alpha: 1, beta: 1 };
		expect(run('localResponseNorm', options, { inputs: [vector(1, 2, 3)] })[0]![1]).toEqual([
			1 / 6,
			2 / 15,
			3 / 14
		]);
	});

	it('dense reads the input row by row', () => {
		// 1·1 + 2·0 + 3·1 + 4·0 + 10 = 14; 1·0 + 2·1 + 3·0 + 4·1 + 20 = 26
		const y = run(
			'dense',
			{ outChannels: 2 },
			{
				inputs: [
					[
						[2, 2, 1],
						[1, 2, 3, 4]
					]
				],
				weights: { kernel: [1, 0, 0, 1, 1, 0, 0, 1], bias: [10, 20] }
			}
		);
		expect(y).toEqual([
			[
				[1, 1, 2],
				[14, 26]
			]
		]);
	});
});
