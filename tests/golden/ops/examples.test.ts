import { describe, expect, it } from 'vitest';
import {
	activationOf,
	type ActivationKind,
	type ComputedKind,
	computedKinds,
	operatorOf,
	type OptionsOf,
	type Shape,
	tensor
} from '$lib/ops';

type Values = readonly [shape: Shape, values: readonly number[]];

/** One application of an operator, by hand. */
interface Example<Options> {
	readonly options: Options;
	readonly inputs: readonly Values[];
	readonly weights?: Readonly<Record<string, readonly number[]>>;
	readonly outputs: readonly Values[];
	/** Multiplications with a kernel. */
	readonly macs?: number;
	/** Arithmetic beside them. */
	readonly otherOps: number;
}

/** Some values of an activation, the arithmetic of one, and what it is in Keras and PyTorch. */
interface ActivationExample {
	readonly x: readonly number[];
	readonly y: readonly number[];
	readonly otherOps: number;
	readonly keras: string;
	readonly pytorch: string;
}

const activationExamples: Readonly<Record<ActivationKind, ActivationExample>> = {
	relu: { x: [-2, 0, 7], y: [0, 0, 7], otherOps: 1, keras: 'ReLU()', pytorch: 'F.relu(x)' },
	relu6: { x: [-2, 3, 7], y: [0, 3, 6], otherOps: 2, keras: 'ReLU(6.0)', pytorch: 'F.relu6(x)' },
	// exp(-ln 3) = 1/3, and 1 / (1 + 1/3) = 3/4
	sigmoid: {
		x: [0, Math.log(3)],
		y: [0.5, 0.75],
		otherOps: 4,
		keras: 'Activation("sigmoid")',
		pytorch: 'F.sigmoid(x)'
	},
	hardSigmoid: {
		x: [-4, 0, 1.5, 4],
		y: [0, 0.5, 0.75, 1],
		otherOps: 4,
		keras: 'Activation("hard_sigmoid")',
		pytorch: 'F.hardsigmoid(x)'
	},
	hardSwish: {
		x: [-4, -1, 0, 3, 4],
		y: [-0, -1 / 3, 0, 3, 4],
		otherOps: 5,
		keras: 'Activation("hard_swish")',
		pytorch: 'F.hardswish(x)'
	},
	// exp(ln 2) = 2, and (2 - 1/2) / (2 + 1/2) = 3/5
	tanh: {
		x: [0, Math.log(2), -Math.log(2)],
		y: [0, 0.6, -0.6],
		otherOps: 5,
		keras: 'Activation("tanh")',
		pytorch: 'F.tanh(x)'
	},
	leakyRelu: {
		x: [-2, 0, 7],
		y: [-0.02, 0, 7],
		otherOps: 2,
		keras: 'LeakyReLU(negative_slope=0.01)',
		pytorch: 'F.leaky_relu(x, 0.01)'
	},
	// exp(-ln 2) - 1 = -1/2
	elu: {
		x: [-Math.log(2), 0, 3],
		y: [-0.5, 0, 3],
		otherOps: 4,
		keras: 'ELU(alpha=1)',
		pytorch: 'F.elu(x, 1)'
	},
	swish: {
		x: [0, Math.log(3)],
		y: [0, 0.75 * Math.log(3)],
		otherOps: 4,
		keras: 'Activation("silu")',
		pytorch: 'F.silu(x)'
	},
	// exp(-ln 2) - 1 = -1/2
	selu: {
		x: [-Math.log(2), 1],
		y: [-0.5 * 1.7580993408473766, 1.0507009873554805],
		otherOps: 5,
		keras: 'Activation("selu")',
		pytorch: 'F.selu(x)'
	},
	clip: {
		x: [-2, 3],
		y: [-2, 3],
		otherOps: 2,
		keras: 'Lambda(lambda x: keras.ops.clip(x, float("-inf"), float("inf")))',
		pytorch: 'F.hardtanh(x, float("-inf"), float("inf"))'
	},
	rescale: { x: [-2, 3], y: [-2, 3], otherOps: 2, keras: 'Rescaling(1, 0)', pytorch: '(x * 1 + 0)' },
	// Tables of the normal distribution: Φ(1) = 0.8413447460685429, Φ(2) = 0.9772498680518208
	gelu: {
		x: [-1, 0, 1, 2],
		y: [0.8413447460685429 - 1, 0, 0.8413447460685429, 2 * 0.9772498680518208],
		otherOps: 5,
		keras: 'Activation("gelu")',
		pytorch: 'F.gelu(x)'
	}
};

const vector = (...values: number[]): Values => [[1, 1, values.length], values];
const row = (...values: number[]): Values => [[1, values.length, 1], values];

const examples: { readonly [K in Exclude<ComputedKind, ActivationKind>]: Example<OptionsOf<K>> } = {
	conv2d: {
		// 1·1 + 2·2 + 4·3 + 5·4 = 37, and so on
		options: { outChannels: 1, kernelSize: 2, bias: false },
		inputs: [
			[
				[3, 3, 1],
				[1, 2, 3, 4, 5, 6, 7, 8, 9]
			]
		],
		weights: { kernel: [1, 2, 3, 4] },
		outputs: [
			[
				[2, 2, 1],
				[37, 47, 67, 77]
			]
		],
		macs: 16,
		otherOps: 0
	},
	transposedConv2d: {
		// 1·(1, 10) and, one to the right, 2·(1, 10); 5 more everywhere
		options: { outChannels: 1, kernelSize: [1, 2] },
		inputs: [row(1, 2)],
		weights: { kernel: [1, 10], bias: [5] },
		outputs: [row(6, 17, 25)],
		macs: 4,
		otherOps: 3
	},
	channelShuffle: {
		options: { groups: 2 },
		inputs: [vector(0, 1, 2, 3, 4, 5)],
		outputs: [vector(0, 3, 1, 4, 2, 5)],
		otherOps: 0
	},
	maxPool: { options: { kernelSize: [1, 2] }, inputs: [row(1, 4, 2, 3)], outputs: [row(4, 3)], otherOps: 4 },
	avgPool: {
		options: { kernelSize: [1, 2] },
		inputs: [row(1, 4, 2, 3)],
		outputs: [row(2.5, 2.5)],
		otherOps: 6
	},
	globalAvgPool: { options: {}, inputs: [row(1, 2, 3, 4)], outputs: [vector(2.5)], otherOps: 5 },
	globalMaxPool: { options: {}, inputs: [row(1, 4, 2, 3)], outputs: [vector(4)], otherOps: 4 },
	prelu: {
		options: {},
		inputs: [vector(-2, -2, 3)],
		weights: { alpha: [0.5, 2, 7] },
		outputs: [vector(-1, -4, 3)],
		otherOps: 6
	},
	scale: {
		options: {},
		inputs: [vector(3, 4)],
		weights: { gamma: [2, 10], beta: [0.5, 1] },
		outputs: [vector(6.5, 41)],
		otherOps: 4
	},
	layerNorm: {
		// Mean 3, variance 1: (2 - 3) / sqrt(1 + 3) = -1/2
		options: { epsilon: 3 },
		inputs: [vector(2, 4)],
		weights: { gamma: [2, 4], beta: [10, 20] },
		outputs: [vector(9, 22)],
		otherOps: 14
	},
	pad: {
		options: { padding: { top: 0, bottom: 0, left: 1, right: 2 }, value: 9 },
		inputs: [row(1, 2)],
		outputs: [row(9, 1, 2, 9, 9)],
		otherOps: 0
	},
	resizeNearest: {
		options: { size: [1, 4], coordinates: 'asymmetric', round: 'floor' },
		inputs: [row(1, 2)],
		outputs: [row(1, 1, 2, 2)],
		otherOps: 0
	},
	resizeBilinear: {
		// Places -1/4, 1/4, 3/4 and 5/4, the ends held
		options: { size: [1, 4] },
		inputs: [row(0, 4)],
		outputs: [row(0, 1, 3, 4)],
		otherOps: 12
	},
	spaceToDepth: {
		options: { blockSize: 2 },
		inputs: [
			[
				[2, 2, 2],
				[1, 2, 3, 4, 5, 6, 7, 8]
			]
		],
		outputs: [vector(1, 2, 3, 4, 5, 6, 7, 8)],
		otherOps: 0
	},
	depthToSpace: {
		options: { blockSize: 2, blockLast: true },
		inputs: [vector(1, 2, 3, 4, 5, 6, 7, 8)],
		outputs: [
			[
				[2, 2, 2],
				[1, 5, 2, 6, 3, 7, 4, 8]
			]
		],
		otherOps: 0
	},
	batchNorm: {
		// 2 · (4 - 1) / sqrt(3 + 1) + 0.5
		options: { epsilon: 1 },
		inputs: [vector(4)],
		weights: { gamma: [2], beta: [0.5], mean: [1], variance: [3] },
		outputs: [vector(3.5)],
		otherOps: 2
	},
	localResponseNorm: {
		// 1 / (1 + 1 + 4), 2 / (1 + 1 + 4 + 9), 3 / (1 + 4 + 9)
		options: { depthRadius: 1, bias: 1, alpha: 1, beta: 1 },
		inputs: [vector(1, 2, 3)],
		outputs: [vector(1 / 6, 2 / 15, 3 / 14)],
		otherOps: 30
	},
	add: { options: {}, inputs: [vector(1, 2), vector(10, 20)], outputs: [vector(11, 22)], otherOps: 2 },
	multiply: { options: {}, inputs: [vector(1, 2), vector(10, 20)], outputs: [vector(10, 40)], otherOps: 2 },
	concatPlaces: {
		options: {},
		inputs: [
			[
				[2, 2, 1],
				[1, 2, 3, 4]
			],
			row(5, 6)
		],
		outputs: [row(1, 2, 3, 4, 5, 6)],
		otherOps: 0
	},
	concat: { options: {}, inputs: [vector(1), vector(2, 3)], outputs: [vector(1, 2, 3)], otherOps: 0 },
	split: {
		options: { sizes: [1, 2] },
		inputs: [vector(1, 2, 3)],
		outputs: [vector(1), vector(2, 3)],
		otherOps: 0
	},
	dense: {
		// 1·1 + 2·3 + 10, 1·2 + 2·4 + 20
		options: { outChannels: 2 },
		inputs: [vector(1, 2)],
		weights: { kernel: [1, 2, 3, 4], bias: [10, 20] },
		outputs: [vector(17, 30)],
		macs: 4,
		otherOps: 2
	},
	softmax: {
		options: {},
		inputs: [vector(0, Math.log(3))],
		outputs: [vector(0.25, 0.75)],
		otherOps: 10
	},
	dropout: { options: { rate: 0.5 }, inputs: [vector(-2, 7)], outputs: [vector(-2, 7)], otherOps: 0 }
};

function exampleOf(kind: ComputedKind): Example<object> {
	if (kind in examples) return examples[kind as keyof typeof examples];
	const { x, y, otherOps } = activationExamples[kind as ActivationKind];
	return { options: {}, inputs: [vector(...x)], outputs: [vector(...y)], otherOps: otherOps * x.length };
}

describe.each(computedKinds)('%s by hand', (kind) => {
	const { options, inputs, weights = {}, outputs, macs = 0, otherOps } = exampleOf(kind);
	const operator = operatorOf(kind);
	const g = operator.geometry(
		inputs.map(([shape]) => shape),
		options
	);

	it('gives these values', () => {
		const named = operator
			.weights(g)
			.map(({ name, shape }) => [name, tensor(shape, weights[name]!)] as const);
		const found = operator.run(
			inputs.map(([shape, values]) => tensor(shape, values)),
			Object.fromEntries(named),
			g
		);
		expect(found.map(({ shape, data }) => [shape, [...data]])).toEqual(
			outputs.map(([shape, values]) => [shape, values.map((value) => expect.closeTo(value, 15) as number)])
		);
	});

	it('takes this much arithmetic', () => {
		expect(operator.cost(g)).toMatchObject({ macs, otherOps });
	});
});

describe.each(Object.keys(activationExamples) as ActivationKind[])('%s in other frameworks', (kind) => {
	it('is this call', () => {
		const operator = activationOf(kind);
		const g = operator.geometry([[1, 1, 1]], {});
		const { keras, pytorch } = activationExamples[kind];
		expect([operator.keras(g), operator.pytorch('x', g)]).toEqual([keras, pytorch]);
	});
});
