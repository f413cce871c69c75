import fc from 'fast-check';
import {
	type Cell,
	cellAt,
	type ComputedKind,
	type Geometry,
	type Kind,
	ofActivations,
	type Operator,
	operatorOf,
	type OptionsOf,
	type Padding,
	type Shape,
	sizeOf,
	type Tensor,
	type Weights
} from '$lib/ops';

/** An operator with everything that it needs to run. */
export interface Case {
	readonly kind: ComputedKind;
	readonly options: Record<string, unknown>;
	readonly g: Geometry;
	readonly inputs: readonly Tensor[];
	readonly weights: Weights;
}

/** Eighths between -2 and 2, never 0: their products and short sums are exact in float32 too. */
const eighth = fc.integer({ min: 1, max: 16 }).chain((n) => fc.constantFrom(n / 8, -n / 8));
const size = (max: number) => fc.integer({ min: 1, max });

function values(shape: readonly number[], value: fc.Arbitrary<number> = eighth): fc.Arbitrary<Float64Array> {
	const length = sizeOf(shape);
	return fc.array(value, { minLength: length, maxLength: length }).map((array) => Float64Array.from(array));
}

const sides = (max: number) => {
	const side = fc.integer({ min: 0, max });
	return fc.record({ top: side, bottom: side, left: side, right: side });
};

interface WindowCase {
	kernelSize: [number, number];
	stride: [number, number];
	dilation: [number, number];
	padding: Padding;
	size: [number, number];
}

/** A window and an input size that it fits. */
function windowCases(maxDilation: number, maxPadding: (kernelSize: number) => number) {
	return fc
		.record({
			kernelSize: fc.tuple(size(3), size(3)),
			stride: fc.tuple(size(3), size(3)),
			dilation: fc.tuple(size(maxDilation), size(maxDilation)),
			extra: fc.tuple(fc.nat(4), fc.nat(4))
		})
		.chain(({ kernelSize, stride, dilation, extra }) =>
			fc
				.oneof(
					fc.constantFrom<Padding>('valid', 'same'),
					fc.nat(maxPadding(Math.min(...kernelSize))),
					sides(maxPadding(Math.min(...kernelSize)))
				)
				.map((padding): WindowCase => {
					const least = (axis: 0 | 1) => {
						const span = (kernelSize[axis] - 1) * dilation[axis] + 1;
						if (padding === 'same') return 1;
						if (padding === 'valid') return span;
						if (typeof padding === 'number') return Math.max(1, span - 2 * padding);
						const { top, bottom, left, right } = padding;
						return Math.max(1, span - (axis === 0 ? top + bottom : left + right));
					};
					return {
						kernelSize,
						stride,
						dilation,
						padding,
						size: [least(0) + extra[0], least(1) + extra[1]]
					};
				})
		);
}

const filterCases = fc.record({
	groups: size(3),
	inChannelsPerGroup: size(3),
	outChannelsPerGroup: size(3),
	bias: fc.boolean()
});

type Parts<K extends Kind> = { readonly shapes: readonly Shape[]; readonly options: OptionsOf<K> };

const anyShape = fc.tuple(size(4), size(4), size(5)) as fc.Arbitrary<Shape>;
const unary: fc.Arbitrary<Parts<'relu'>> = anyShape.map((shape) => ({ shapes: [shape], options: {} }));

function convolutionParts(maxPadding: number): fc.Arbitrary<Parts<'conv2d'>> {
	return fc
		.tuple(
			windowCases(2, () => maxPadding),
			filterCases
		)
		.map(
			([
				{
					size: [h, w],
					...window
				},
				f
			]) => ({
				shapes: [[h, w, f.groups * f.inChannelsPerGroup]],
				options: { ...window, outChannels: f.groups * f.outChannelsPerGroup, groups: f.groups, bias: f.bias }
			})
		);
}

/** Here padding crops: an input of 3 leaves something, and the output stays small. */
const transposedParts: fc.Arbitrary<Parts<'transposedConv2d'>> = fc
	.tuple(convolutionParts(1), size(3), size(3))
	.map(([{ shapes, options }, rows, columns]) => {
		const [h, w, c] = shapes[0]!;
		const most = (axis: 0 | 1) =>
			Math.max(
				...[options.stride ?? 1, options.dilation ?? 1].map((size) =>
					typeof size === 'number' ? size : size[axis]
				)
			);
		const outputPadding =
			options.padding === 'same' ? 0 : ([(rows - 1) % most(0), (columns - 1) % most(1)] as const);
		return { shapes: [[3 + (h % 2), 3 + (w % 2), c]], options: { ...options, outputPadding } };
	});

const poolParts: fc.Arbitrary<Parts<'avgPool'>> = fc
	.tuple(
		windowCases(1, (kernelSize) => kernelSize - 1),
		size(3),
		fc.boolean(),
		fc.boolean()
	)
	.map(
		([
			{
				size: [h, w],
				kernelSize,
				stride,
				padding
			},
			channels,
			ceil,
			countPadding
		]) => ({
			shapes: [[h, w, channels]],
			options: { kernelSize, stride, padding, ceil, countPadding }
		})
	);

const maxPoolParts: fc.Arbitrary<Parts<'maxPool'>> = fc
	.tuple(poolParts, fc.constantFrom([1, 1] as const, [2, 1] as const, [1, 3] as const))
	.map(([{ shapes, options }, dilation]) => {
		const { countPadding: _, ...rest } = options;
		const [kh, kw] = options.kernelSize as readonly [number, number];
		// A dilated window needs more of the input.
		const [[h, w, c]] = shapes as readonly [Shape];
		const more: Shape = [h + (kh - 1) * (dilation[0] - 1), w + (kw - 1) * (dilation[1] - 1), c];
		return { shapes: [more], options: { ...rest, dilation } };
	});

const shuffleParts: fc.Arbitrary<Parts<'channelShuffle'>> = fc
	.tuple(size(3), size(3), size(4), size(4))
	.map(([h, w, groups, perGroup]) => ({ shapes: [[h, w, groups * perGroup]], options: { groups } }));

const affine: fc.Arbitrary<Parts<'scale'>> = fc
	.tuple(anyShape, fc.boolean(), fc.boolean())
	.map(([shape, scale, center]) => ({ shapes: [shape], options: { scale, center } }));

/** One more row and column than needed, so that what is clamped at the edges is few. */
const resizeParts: fc.Arbitrary<Parts<'resizeBilinear'>> = fc
	.tuple(anyShape, size(6), size(6), fc.constantFrom('halfPixel', 'asymmetric', 'alignCorners'), fc.boolean())
	.map(([shape, rows, columns, coordinates, isRounded]) => {
		const factors = [(rows + 0.25) / shape[0], (columns + 0.5) / shape[1]];
		return {
			shapes: [shape],
			options: { size: [rows, columns], coordinates, ...(isRounded && { factors }) }
		};
	});

const blockParts: fc.Arbitrary<Parts<'spaceToDepth'>> = fc
	.tuple(size(2), size(2), size(3), size(3))
	.map(([h, w, c, blockSize]) => ({ shapes: [[h * blockSize, w * blockSize, c]], options: { blockSize } }));

const sloped: fc.Arbitrary<Parts<'leakyRelu' | 'elu'>> = fc
	.tuple(anyShape, fc.constantFrom(0.125, 1))
	.map(([shape, alpha]) => ({ shapes: [shape], options: { alpha } }));

/** A shape that goes into another: the same, or of single places along some axes. */
const spread: fc.Arbitrary<(shape: Shape) => Shape> = fc
	.tuple(fc.boolean(), fc.boolean(), fc.boolean())
	.map((isWhole) => (shape) => shape.map((n, axis) => (isWhole[axis] ? n : 1)) as unknown as Shape);

const parts: { [K in ComputedKind]: fc.Arbitrary<Parts<K>> } = {
	conv2d: convolutionParts(2),
	transposedConv2d: transposedParts,
	channelShuffle: shuffleParts,
	maxPool: maxPoolParts,
	avgPool: poolParts,
	globalAvgPool: unary,
	globalMaxPool: unary,
	...ofActivations(() => unary),
	leakyRelu: sloped,
	elu: sloped,
	selu: fc.tuple(anyShape, fc.constantFrom(0.125, 1)).map(([shape, alpha]) => ({
		shapes: [shape],
		options: { alpha, gamma: 2 }
	})),
	clip: fc.tuple(anyShape, fc.constantFrom(-1, 0)).map(([shape, min]) => ({
		shapes: [shape],
		options: { min, max: min + 1.5 }
	})),
	rescale: fc.tuple(anyShape, fc.constantFrom(-0.5, 2)).map(([shape, scale]) => ({
		shapes: [shape],
		options: { scale, offset: 0.25 }
	})),
	hardSigmoid: fc.tuple(anyShape, fc.constantFrom(0.125, 1 / 6)).map(([shape, alpha]) => ({
		shapes: [shape],
		options: { alpha, beta: 0.5 }
	})),
	prelu: fc
		.tuple(anyShape, fc.boolean())
		.map(([shape, shared]) => ({ shapes: [shape], options: { shared } })),
	scale: affine,
	layerNorm: affine.map(({ shapes: [shape], options }) => ({
		shapes: [[shape![0], shape![1], shape![2] + 1] as const],
		options: { ...options, epsilon: 0.5 }
	})),
	pad: fc.tuple(anyShape, sides(2), fc.constantFrom(0, 1.5)).map(([shape, padding, value]) => ({
		shapes: [shape],
		options: { padding, value }
	})),
	resizeNearest: fc
		.tuple(resizeParts, fc.constantFrom('roundDown', 'roundUp', 'floor', 'ceil'))
		.map(([{ shapes, options }, round]) => ({ shapes, options: { ...options, round } })),
	resizeBilinear: resizeParts,
	spaceToDepth: blockParts,
	depthToSpace: fc.tuple(blockParts, fc.boolean()).map(
		([
			{
				shapes: [shape],
				options
			},
			blockLast
		]) => ({
			shapes: [[shape![0], shape![1], shape![2] * options.blockSize ** 2] as const],
			options: { ...options, blockLast }
		})
	),
	batchNorm: fc
		.tuple(anyShape, fc.boolean(), fc.boolean())
		.map(([shape, scale, center]) => ({ shapes: [shape], options: { epsilon: 0.01, scale, center } })),
	localResponseNorm: fc.tuple(anyShape, fc.nat(3)).map(([shape, depthRadius]) => ({
		shapes: [shape],
		options: { depthRadius, bias: 1, alpha: 0.5, beta: 0.75 }
	})),
	add: fc.tuple(anyShape, fc.integer({ min: 2, max: 4 }), spread).map(([shape, n, small]) => ({
		shapes: [...Array<Shape>(n - 1).fill(shape), small(shape)],
		options: {}
	})),
	multiply: fc
		.tuple(anyShape, spread)
		.map(([shape, small]) => ({ shapes: [shape, small(shape)], options: {} })),
	concat: fc
		.tuple(size(3), size(3), fc.array(size(4), { minLength: 2, maxLength: 4 }))
		.map(([h, w, channels]) => ({ shapes: channels.map((c) => [h, w, c] as const), options: {} })),
	concatPlaces: fc
		.tuple(size(3), fc.array(fc.tuple(size(3), size(3)), { minLength: 1, maxLength: 3 }))
		.map(([c, sizes]) => ({ shapes: sizes.map(([h, w]) => [h, w, c] as const), options: {} })),
	split: fc
		.tuple(size(3), size(3), fc.array(size(4), { minLength: 1, maxLength: 4 }))
		.map(([h, w, sizes]) => ({
			shapes: [[h, w, sizes.reduce((a, b) => a + b)] as const],
			options: { sizes }
		})),
	dense: fc.tuple(anyShape, size(4), fc.boolean()).map(([shape, outChannels, bias]) => ({
		shapes: [shape],
		options: { outChannels, bias }
	})),
	// A softmax of one channel is 1, whatever it reads.
	softmax: anyShape.map(([h, w, c]) => ({ shapes: [[h, w, c + 1]], options: {} })),
	dropout: fc
		.tuple(anyShape, fc.constantFrom(0, 0.25))
		.map(([shape, rate]) => ({ shapes: [shape], options: { rate } }))
};

/** The operator of a case, whose geometry came from it. */
export const operatorOfCase = ({ kind }: Case): Operator<object> => operatorOf(kind);

/** Random cases of one kind. */
export function casesOf(kind: ComputedKind): fc.Arbitrary<Case> {
	const arbitrary: fc.Arbitrary<{ shapes: readonly Shape[]; options: object }> = parts[kind];
	return arbitrary.chain(({ shapes, options }) => {
		const operator = operatorOf(kind);
		const g = operator.geometry(shapes, options);
		const inputs = fc.tuple(...shapes.map((shape) => values(shape).map((data): Tensor => ({ shape, data }))));
		const weights = fc.tuple(
			...operator.weights(g).map(({ name, shape }) => {
				const value = name === 'variance' ? eighth.map(Math.abs) : eighth;
				return values(shape, value).map((data) => [name, { shape, data }] as const);
			})
		);
		return fc.tuple(inputs, weights).map(([inputTensors, entries]): Case => ({
			kind,
			options: { ...options },
			g,
			inputs: inputTensors,
			weights: Object.fromEntries(entries)
		}));
	});
}

/** Every cell of the tensors of these shapes. */
export function cellsOf(shapes: readonly Shape[]): Cell[] {
	return shapes.flatMap((shape, tensor) =>
		Array.from({ length: sizeOf(shape) }, (_, i) => cellAt(shape, i, tensor))
	);
}

/** A cell as a string, for sets and comparison. */
export const nameOf = ({ tensor, y, x, channel }: Cell): string => `${tensor}:${y},${x},${channel}`;
