import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Kind, computedKinds, OpError, operatorOf, type Shape } from '$lib/ops';

/** The error of a geometry, without what every error has. */
function errorOf(kind: Kind, inputs: readonly (readonly number[])[], options: object): OpError {
	try {
		operatorOf(kind).geometry(inputs as readonly Shape[], options);
	} catch (error) {
		if (error instanceof OpError) return error;
		throw error;
	}
	throw new Error(`${kind} took ${JSON.stringify(options)}`);
}

const conv = { outChannels: 4, kernelSize: 3 };
const pool = { kernelSize: 2 };

type Row = [
	kind: Kind,
	inputs: number[][],
	options: object,
	expected: Pick<OpError, 'code' | 'argument' | 'value' | 'valid' | 'message'>
];

const rows: Row[] = [
	[
		'conv2d',
		[[5, 5, 4]],
		{ ...conv, groups: 3 },
		{
			code: 'groups',
			argument: 'groups',
			value: 3,
			valid: [1, 2, 4],
			message: 'groups = 3 does not divide inChannels = 4; 1, 2 or 4 would'
		}
	],
	[
		'conv2d',
		[[5, 5, 4]],
		{ ...conv, outChannels: 6, groups: 3 },
		{
			code: 'groups',
			argument: 'groups',
			value: 3,
			valid: [1, 2],
			message:
				'groups = 3 does not divide inChannels = 4; 1, 2 or 4 would, of which 1 or 2 also divide outChannels = 6'
		}
	],
	[
		'conv2d',
		[[5, 5, 4]],
		{ ...conv, outChannels: 3, groups: 2 },
		{
			code: 'groups',
			argument: 'groups',
			value: 2,
			valid: [1],
			message:
				'groups = 2 does not divide outChannels = 3; 1 or 3 would, of which 1 also divides inChannels = 4'
		}
	],
	[
		'channelShuffle',
		[[5, 5, 6]],
		{ groups: 4 },
		{
			code: 'groups',
			argument: 'groups',
			value: 4,
			valid: [1, 2, 3, 6],
			message: 'groups = 4 does not divide inChannels = 6; 1, 2, 3 or 6 would'
		}
	],
	[
		'conv2d',
		[[5, 5, 1]],
		{ ...conv, kernelSize: 7 },
		{
			code: 'kernelTooLarge',
			argument: 'kernelSize',
			value: 7,
			valid: [5],
			message: "kernelSize = 7 spans 7 rows, more than the padded input's 5; at most 5 would fit"
		}
	],
	[
		'conv2d',
		[[9, 5, 1]],
		{ ...conv, dilation: 4, padding: 1 },
		{
			code: 'kernelTooLarge',
			argument: 'kernelSize',
			value: 3,
			valid: [2],
			message:
				"kernelSize = 3 spans 9 columns with dilation 4, more than the padded input's 7; at most 2 would fit"
		}
	],
	[
		'conv2d',
		[[5, 5, 1]],
		{ ...conv, stride: 0 },
		{
			code: 'wholeNumber',
			argument: 'stride',
			value: 0,
			valid: [1],
			message: 'stride = 0 is not a whole number of at least 1; 1 would do'
		}
	],
	[
		'conv2d',
		[[5, 5, 1]],
		{ ...conv, kernelSize: [3, 1.5] },
		{
			code: 'wholeNumber',
			argument: 'kernelSize',
			value: 1.5,
			valid: [1, 2],
			message: 'kernelSize[1] = 1.5 is not a whole number of at least 1; 1 or 2 would do'
		}
	],
	[
		'conv2d',
		[[5, 5, 1]],
		{ ...conv, dilation: [1, 2, 3] },
		{
			code: 'pair',
			argument: 'dilation',
			value: [1, 2, 3],
			valid: [],
			message: 'dilation = [1, 2, 3] is neither a whole number nor a pair [height, width] of them'
		}
	],
	[
		'conv2d',
		[[5, 5, 1]],
		{ ...conv, outChannels: Number.NaN },
		{
			code: 'wholeNumber',
			argument: 'outChannels',
			value: Number.NaN,
			valid: [1],
			message: 'outChannels = NaN is not a whole number of at least 1; 1 would do'
		}
	],
	[
		'conv2d',
		[[5, 5, 1]],
		{ ...conv, padding: 'full' },
		{
			code: 'padding',
			argument: 'padding',
			value: 'full',
			valid: ['valid', 'same'],
			message: 'padding = "full" is none of "valid", "same", a whole number, { top, bottom, left, right }'
		}
	],
	[
		'conv2d',
		[[5, 5, 1]],
		{ ...conv, padding: { top: 1, bottom: 1, left: -1, right: 1 } },
		{
			code: 'wholeNumber',
			argument: 'padding',
			value: -1,
			valid: [0],
			message: 'padding.left = -1 is not a whole number of at least 0; 0 would do'
		}
	],
	[
		'conv2d',
		[[5, 5, 1]],
		{ ...conv, padding: { top: 1 } },
		{
			code: 'padding',
			argument: 'padding',
			value: { top: 1 },
			valid: ['valid', 'same'],
			message: 'padding = {"top":1} is none of "valid", "same", a whole number, { top, bottom, left, right }'
		}
	],
	[
		'conv2d',
		[[5, 5, 1]],
		{ ...conv, bias: 'yes' },
		{
			code: 'flag',
			argument: 'bias',
			value: 'yes',
			valid: ['true', 'false'],
			message: 'bias = "yes" is neither true nor false'
		}
	],
	[
		'conv2d',
		[],
		conv,
		{
			code: 'inputCount',
			argument: 'inputs',
			value: 0,
			valid: [1],
			message: 'inputs = 0 tensors; conv2d takes 1 input'
		}
	],
	[
		'add',
		[[5, 5, 1]],
		{},
		{
			code: 'inputCount',
			argument: 'inputs',
			value: 1,
			valid: [2],
			message: 'inputs = 1 tensor; add takes at least 2 inputs'
		}
	],
	[
		'relu',
		[[5, 0, 2]],
		{},
		{
			code: 'shape',
			argument: 'inputs',
			value: [5, 0, 2],
			valid: [],
			message: 'inputs[0] = [5, 0, 2] is not a shape [height, width, channels] of whole numbers from 1 on'
		}
	],
	[
		'add',
		[
			[5, 5, 2],
			[5, 5, 3]
		],
		{},
		{
			code: 'shapesDiffer',
			argument: 'inputs',
			value: [5, 5, 3],
			valid: ['[5, 5, 2]'],
			message:
				'inputs[1] = [5, 5, 3] does not fit inputs[0] = [5, 5, 2]; add needs equal shapes, or 1 where they differ'
		}
	],
	[
		'concat',
		[
			[5, 5, 2],
			[5, 5, 3],
			[5, 4, 2]
		],
		{},
		{
			code: 'shapesDiffer',
			argument: 'inputs',
			value: [5, 4, 2],
			valid: ['[5, 5, 2]'],
			message:
				'inputs[2] = [5, 4, 2] does not fit inputs[0] = [5, 5, 2]; concat needs the same height and width'
		}
	],
	[
		'multiply',
		[
			[5, 5, 2],
			[1, 1, 3]
		],
		{},
		{
			code: 'shapesDiffer',
			argument: 'inputs',
			value: [1, 1, 3],
			valid: ['[5, 5, 2]'],
			message:
				'inputs[1] = [1, 1, 3] does not fit inputs[0] = [5, 5, 2]; multiply needs equal shapes, or 1 where they differ'
		}
	],
	[
		'split',
		[[5, 5, 4]],
		{ sizes: [1, 2] },
		{
			code: 'splitSum',
			argument: 'sizes',
			value: [1, 2],
			valid: [],
			message: 'sizes = [1, 2] add up to 3 channels; the input has 4, and so must they'
		}
	],
	[
		'split',
		[[5, 5, 4]],
		{ sizes: [4, 0] },
		{
			code: 'wholeNumber',
			argument: 'sizes',
			value: 0,
			valid: [1],
			message: 'sizes[1] = 0 is not a whole number of at least 1; 1 would do'
		}
	],
	[
		'maxPool',
		[[5, 5, 4]],
		{ ...pool, padding: { top: 0, bottom: 0, left: 0, right: 2 } },
		{
			code: 'poolPadding',
			argument: 'padding',
			value: 2,
			valid: [1],
			message:
				'padding = 2 is not less than kernelSize = 2, so a window would hold padding alone; at most 1 would do'
		}
	],
	[
		'avgPool',
		[[5, 5, 4]],
		{ ...pool, countPadding: 1 },
		{
			code: 'flag',
			argument: 'countPadding',
			value: 1,
			valid: ['true', 'false'],
			message: 'countPadding = 1 is neither true nor false'
		}
	],
	[
		'transposedConv2d',
		[[2, 2, 1]],
		{ outChannels: 1, kernelSize: 2, padding: 2 },
		{
			code: 'cropTooLarge',
			argument: 'padding',
			value: 2,
			valid: [1],
			message:
				"padding = 2 crops 4 rows at top and bottom and leaves none of the output's 3; at most 1 on each side would"
		}
	],
	[
		'transposedConv2d',
		[[2, 2, 1]],
		{ outChannels: 1, kernelSize: 3, stride: 2, outputPadding: [1, 2] },
		{
			code: 'outputPadding',
			argument: 'outputPadding',
			value: [1, 2],
			valid: [1],
			message:
				'outputPadding = 2 is not less than the stride or the dilation along the width; at most 1 would do'
		}
	],
	[
		'transposedConv2d',
		[[8, 100, 1]],
		{ outChannels: 1, kernelSize: 3, stride: 50 },
		{
			code: 'outputTooLarge',
			argument: 'stride',
			value: 50,
			valid: [],
			message: 'stride = 50 with kernelSize = 3 makes 5000 columns of output; at most 4096 would do'
		}
	],
	[
		'pad',
		[[5, 7, 1]],
		{ padding: 4503599627370496 },
		{
			code: 'outputTooLarge',
			argument: 'padding',
			value: 4503599627370496,
			valid: [0],
			message: 'padding = 4503599627370496 makes the height 9007199254740996, more than 9007199254740991'
		}
	],
	[
		'conv2d',
		[[5, 7, 1]],
		{ ...conv, padding: 4503599627370496 },
		{
			code: 'outputTooLarge',
			argument: 'padding',
			value: 4503599627370496,
			valid: [0],
			message: 'padding = 4503599627370496 makes the height 9007199254740996, more than 9007199254740991'
		}
	],
	[
		'dense',
		[[2, 2, 1]],
		{ outChannels: -1 },
		{
			code: 'wholeNumber',
			argument: 'outChannels',
			value: -1,
			valid: [1],
			message: 'outChannels = -1 is not a whole number of at least 1; 1 would do'
		}
	],
	[
		'batchNorm',
		[[2, 2, 1]],
		{ epsilon: 0 },
		{
			code: 'number',
			argument: 'epsilon',
			value: 0,
			valid: [0.001],
			message: 'epsilon = 0 is not a number above 0; 0.001 would do'
		}
	],
	[
		'localResponseNorm',
		[[2, 2, 1]],
		{ beta: Infinity },
		{
			code: 'number',
			argument: 'beta',
			value: Infinity,
			valid: [0.75],
			message: 'beta = Infinity is not a number above 0; 0.75 would do'
		}
	],
	[
		'dropout',
		[[2, 2, 1]],
		{ rate: 1 },
		{
			code: 'number',
			argument: 'rate',
			value: 1,
			valid: [0.5],
			message: 'rate = 1 is not a number from 0 to below 1; 0.5 would do'
		}
	]
];

describe('an OpError names the argument, its value and what would be right', () => {
	it.each(rows)('%s %j %j', (kind, inputs, options, expected) => {
		const { code, argument, value, valid, message } = errorOf(kind, inputs, options);
		expect({ code, argument, value, valid, message }).toEqual(expected);
	});

	it('has each code at least once above', () => {
		const codes = new Set(rows.map(([, , , { code }]) => code));
		expect([...codes].sort()).toEqual([
			'cropTooLarge',
			'flag',
			'groups',
			'inputCount',
			'kernelTooLarge',
			'number',
			'outputPadding',
			'outputTooLarge',
			'padding',
			'pair',
			'poolPadding',
			'shape',
			'shapesDiffer',
			'splitSum',
			'wholeNumber'
		]);
	});

	it('has the parts of its sentence as params, for other languages', () => {
		expect(errorOf('conv2d', [[5, 5, 4]], { ...conv, outChannels: 6, groups: 3 }).params).toEqual({
			of: 'inChannels',
			total: 4,
			other: 6,
			divisors: '1, 2, 4',
			valid: '1, 2',
			nearestTotals: '3, 6'
		});
		expect(errorOf('conv2d', [[5, 5, 1]], { ...conv, kernelSize: 7 }).params).toEqual({
			axis: 'height',
			span: 7,
			size: 5,
			max: 5,
			dilation: 1
		});
		expect(errorOf('conv2d', [[5, 5, 1]], { ...conv, stride: [1, 0] }).params).toEqual({
			path: 'stride[1]',
			min: 1
		});
	});
});

describe('what an error says would be right', () => {
	const sizes = { min: 1, max: 12 };

	it('is right for groups', () => {
		const channels = fc.tuple(fc.integer(sizes), fc.integer(sizes), fc.integer(sizes));
		fc.assert(
			fc.property(channels, ([inChannels, outChannels, groups]) => {
				fc.pre(inChannels % groups !== 0 || outChannels % groups !== 0);
				const options = { outChannels, kernelSize: 1 };
				const { valid } = errorOf('conv2d', [[1, 1, inChannels]], { ...options, groups });
				const right = Array.from({ length: 12 }, (_, i) => i + 1).filter(
					(n) => inChannels % n === 0 && outChannels % n === 0
				);
				expect(valid).toEqual(right);
			})
		);
	});

	it('is right for the kernel size, and one more is not', () => {
		const size = fc.tuple(fc.integer(sizes), fc.integer({ min: 1, max: 3 }), fc.nat(2));
		fc.assert(
			fc.property(size, ([height, dilation, padding]) => {
				const options = { outChannels: 1, dilation, padding };
				const { valid } = errorOf('conv2d', [[height, 99, 1]], { ...options, kernelSize: [99, 1] });
				const largest = valid[0] as number;
				const { geometry } = operatorOf('conv2d');
				expect(() => geometry([[height, 99, 1]], { ...options, kernelSize: [largest, 1] })).not.toThrow();
				expect(() => geometry([[height, 99, 1]], { ...options, kernelSize: [largest + 1, 1] })).toThrow(
					OpError
				);
			})
		);
	});
});

describe.each(computedKinds)('%s', (kind) => {
	it('meets any options with a geometry or an OpError', () => {
		const names = [
			...['outChannels', 'kernelSize', 'stride', 'padding', 'dilation', 'groups', 'bias', 'ceil'],
			...['countPadding', 'sizes', 'depthRadius', 'alpha', 'beta', 'epsilon', 'scale', 'center', 'rate'],
			...[
				'min',
				'max',
				'gamma',
				'offset',
				'shared',
				'value',
				'size',
				'coordinates',
				'factors',
				'round',
				'blockSize',
				'blockLast'
			]
		];
		const value = fc.oneof(
			fc.integer({ min: -2, max: 6 }),
			fc.constantFrom('valid', 'same', true, false),
			fc.anything()
		);
		const options = fc.dictionary(fc.constantFrom(...names), value);
		const size = fc.integer({ min: 1, max: 6 });
		const shape = fc.oneof(
			fc.tuple(size, size, size),
			fc.array(fc.integer({ min: -1, max: 6 }), { maxLength: 4 })
		);
		const shapes = fc.array(shape, { maxLength: 3 });
		fc.assert(
			fc.property(shapes, options, (inputs, given) => {
				const operator = operatorOf(kind);
				try {
					const g = operator.geometry(inputs as unknown as Shape[], given);
					expect(g.outputs.flat().every((n) => Number.isSafeInteger(n) && n >= 1)).toBe(true);
					expect(operator.cost(g).macs).toBeGreaterThanOrEqual(0);
				} catch (error) {
					expect(error).toBeInstanceOf(OpError);
				}
			}),
			{ numRuns: 500 }
		);
	});
});
