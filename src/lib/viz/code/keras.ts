import {
	ofActivations,
	type AvgPoolGeometry,
	type Conv2dGeometry,
	type Pair,
	type Placement,
	type PoolGeometry,
	type ResizeGeometry,
	type Sides,
	type TransposedConv2dGeometry,
	type Weights
} from '$lib/ops';
import { Unwritten, type Framework, type Place, type Written } from './framework';
import { scientific } from './python';
import { countedOf, isEven, isNone, joined, listed, pythonPair, reachesOver, reachOf } from './text';

/** Keras has `[batch, height, width, channels]` and kernels `[kh, kw, in / groups, out]`, as everything here. */
export const keras: Framework = {
	write: {
		...ofActivations((activation) => (g: object, { x, layer }: Place): Written => [
			`${layer(`layers.${activation.keras(g)}`)}(${x})`
		]),
		conv2d: convolution,
		transposedConv2d: transposed,
		dense({ outChannels, bias }, { x, y, layer }) {
			const flat = `${y} = ${layer('layers.Flatten()', '_flat')}(${x})`;
			const args = joined(String(outChannels), !bias && 'use_bias=False');
			return [flat, `${layer(`layers.Dense(${args})`)}(${y})`];
		},
		batchNorm({ epsilon, scale, center }, { x, layer }) {
			const args = joined(
				epsilon !== 1e-3 && `epsilon=${scientific(epsilon)}`,
				!scale && 'scale=False',
				!center && 'center=False'
			);
			return [`${layer(`layers.BatchNormalization(${args})`)}(${x})`];
		},
		// A factor for each channel is a window of one place that each channel has for itself.
		scale({ scale, center }, { x, layer }) {
			if (!scale) throw new Unwritten('Keras has no layer that adds to each channel alone', 'channelOffsets');
			return [`${layer(`layers.DepthwiseConv2D(${joined('1', !center && 'use_bias=False')})`)}(${x})`];
		},
		localResponseNorm({ inputs, depthRadius, alpha, beta, bias }, { x }) {
			const pad = `((0, 0), (0, 0), (0, 0), (${depthRadius}, ${depthRadius}))`;
			const around = `squares[:, :, :, c:c + ${inputs[0]![2]}] for c in range(${2 * depthRadius + 1})`;
			return [
				`squares = ops.pad(ops.square(${x}), ${pad})`,
				`${x} / (${bias} + ${alpha} * sum(${around})) ** ${beta}`
			];
		},
		maxPool(g, { x, y, isSame, layer }) {
			if (Math.max(...g.dilation) > 1)
				throw new Unwritten('no program is written for dilated pools', 'dilatedPool');
			const { own, args } = poolOf(g, isSame);
			const pool = layer(`layers.MaxPooling2D(${args})`);
			// Keras pads with zeros, which a maximum could pick.
			const pad = padText(x, paddingOf(g), ', constant_values=float("-inf")');
			return own ? [`${pool}(${x})`] : [`${y} = ${pad}`, `${pool}(${y})`];
		},
		avgPool: averagePool,
		globalAvgPool: (_, { x, layer }) => [`${layer('layers.GlobalAveragePooling2D(keepdims=True)')}(${x})`],
		globalMaxPool: (_, { x, layer }) => [`${layer('layers.GlobalMaxPooling2D(keepdims=True)')}(${x})`],
		prelu: ({ shared }, { x, layer }) => [
			`${layer(`layers.PReLU(shared_axes=[${shared ? '1, 2, 3' : '1, 2'}])`)}(${x})`
		],
		layerNorm({ epsilon, scale, center }, { x, layer }) {
			const args = joined(
				epsilon !== 1e-3 && `epsilon=${scientific(epsilon)}`,
				!scale && 'scale=False',
				!center && 'center=False'
			);
			return [`${layer(`layers.LayerNormalization(${args})`)}(${x})`];
		},
		pad: ({ padding, value }, { x }) => [
			padText(x, padding, value === 0 ? '' : `, constant_values=${value}`)
		],
		resizeNearest(g, { x, layer }) {
			const times = g.coordinates === 'halfPixel' ? null : repeatsOf(g);
			return [
				times ? `${layer(`layers.UpSampling2D((${times.join(', ')}))`)}(${x})` : resized(g, x, 'nearest')
			];
		},
		resizeBilinear: (g, { x }) => [resized(g, x, 'bilinear')],
		spaceToDepth({ blockSize: b, channels, outputs }, { x, y }) {
			const [rows, columns, depth] = outputs[0]!;
			return [
				`${y} = ops.reshape(${x}, (-1, ${rows}, ${b}, ${columns}, ${b}, ${channels}))`,
				`${y} = ops.transpose(${y}, (0, 1, 3, 2, 4, 5))`,
				`ops.reshape(${y}, (-1, ${rows}, ${columns}, ${depth}))`
			];
		},
		depthToSpace({ blockSize: b, blockLast, inputs, outputs }, { x, y }) {
			const [rows, columns] = inputs[0]!;
			const [height, width, channels] = outputs[0]!;
			const parts = blockLast ? [channels, b, b] : [b, b, channels];
			return [
				`${y} = ops.reshape(${x}, (-1, ${[rows, columns, ...parts].join(', ')}))`,
				`${y} = ops.transpose(${y}, (${blockLast ? '0, 1, 4, 2, 5, 3' : '0, 1, 3, 2, 4, 5'}))`,
				`ops.reshape(${y}, (-1, ${height}, ${width}, ${channels}))`
			];
		},
		channelShuffle({ groups, channelsPerGroup, outputs }, { x, y, isInline }) {
			const [height, width, channels] = outputs[0]!;
			const [parted, whole] = [
				`${height}, ${width}, ${groups}, ${channelsPerGroup}`,
				`${height}, ${width}, ${channels}`
			];
			return isInline
				? [
						`${y} = layers.Reshape((${parted}))(${x})`,
						`${y} = layers.Permute((1, 2, 4, 3))(${y})`,
						`layers.Reshape((${whole}))(${y})`
					]
				: [
						`${y} = ops.reshape(${x}, (-1, ${parted}))`,
						`${y} = ops.transpose(${y}, (0, 1, 2, 4, 3))`,
						`ops.reshape(${y}, (-1, ${whole}))`
					];
		},
		add: (_, place) => join('Add', place),
		multiply: (_, place) => join('Multiply', place),
		concat: (_, place) => join('Concatenate', place),
		concatPlaces({ inputs }, { reads }) {
			const rows = reads.map((x, i) => {
				const [height, width, channels] = inputs[i]!;
				return `ops.reshape(${x}, (-1, 1, ${height * width}, ${channels}))`;
			});
			return [rows.length === 1 ? rows[0]! : `ops.concatenate([${rows.join(', ')}], axis=2)`];
		},
		split({ sizes }, { x }) {
			const ends = sizes
				.slice(0, -1)
				.map((_, k) => sizes.slice(0, k + 1).reduce((sum, size) => sum + size, 0));
			return [`ops.split(${x}, [${ends.join(', ')}], axis=-1)`];
		},
		softmax: (_, { x, layer }) => [`${layer('layers.Softmax()')}(${x})`],
		dropout: ({ rate }, { x, layer }) => [`${layer(`layers.Dropout(${rate})`)}(${x})`]
	},
	load: {
		conv2d(id, g, { kernel, bias }, withValues) {
			if (!kernel || !withValues) return [];
			const shape = isDepthwise(g) ? [...g.kernelSize, g.groups, g.outChannelsPerGroup] : kernel.shape;
			const values = `np.array(${listed(kernel.data)}).reshape(${shape.join(', ')})`;
			return [
				`${id}.set_weights([${joined(values, bias !== undefined && `np.array(${listed(bias.data)})`)}])`
			];
		},
		transposedConv2d: loadTransposed
	}
};

/** How often each row and column is repeated, where that is all that is done. */
function repeatsOf({
	inputs: [[height, width]],
	size,
	rows,
	columns
}: ResizeGeometry): readonly number[] | null {
	const times = [size[0] / height, size[1] / width] as const;
	const isRepeated = (lines: ResizeGeometry['rows'], factor: number) =>
		Number.isInteger(factor) && lines.every(([share], i) => share!.at === Math.floor(i / factor));
	return isRepeated(rows, times[0]) && isRepeated(columns, times[1]) ? times : null;
}

/** TensorFlow has half pixels alone. */
function resized({ size, coordinates }: ResizeGeometry, x: string, way: 'nearest' | 'bilinear'): string {
	if (coordinates !== 'halfPixel')
		throw new Unwritten(`no program is written for ${coordinates} resizing`, 'resize', coordinates);
	return `ops.image.resize(${x}, (${size.join(', ')}), "${way}")`;
}

const join = (name: string, { reads, layer }: Place): Written => [
	`${layer(`layers.${name}()`)}([${reads.join(', ')}])`
];

const sides = ({ top, bottom, left, right }: Sides) =>
	top !== bottom || left !== right ? `((${top}, ${bottom}), (${left}, ${right}))` : pythonPair([top, left]);
const padText = (what: string, { top, bottom, left, right }: Sides, value = '') =>
	`ops.pad(${what}, ((0, 0), (${top}, ${bottom}), (${left}, ${right}), (0, 0))${value})`;

/** Whether padding is what Keras's "same" gives at every size: even, the stride 1 and the window odd. */
const isAlwaysSame = ({ padding, effectiveKernelSize: [kh, kw], stride }: Placement) =>
	Math.max(...stride) === 1 && isEven(padding) && 2 * padding.top === kh - 1 && 2 * padding.left === kw - 1;

const isDepthwise = (g: Conv2dGeometry) => g.groups > 1 && g.groups === g.inChannels;

function convolution(g: Conv2dGeometry, { x, y, isSame, layer }: Place): Written {
	const { kernelSize, stride, dilation, padding, groups, bias } = g;
	const depthwise = isDepthwise(g);
	const strided = Math.max(...stride) > 1;
	const dilated = Math.max(...dilation) > 1;
	// Keras refuses strides together with dilation: then every place is computed, and some are kept.
	const thin = strided && dilated;
	const own = isNone(padding) || (!thin && (isSame || isAlwaysSame(g)));
	const args = joined(
		!depthwise && String(g.outChannels),
		pythonPair(kernelSize),
		strided && !thin && `strides=${pythonPair(stride)}`,
		own && !isNone(padding) && 'padding="same"',
		depthwise && g.outChannels > groups && `depth_multiplier=${g.outChannelsPerGroup}`,
		dilated && `dilation_rate=${pythonPair(dilation)}`,
		!depthwise && groups > 1 && `groups=${groups}`,
		!bias && 'use_bias=False'
	);
	const pad = own ? [] : [`${y} = ${layer(`layers.ZeroPadding2D(${sides(padding)})`, '_padding')}(${x})`];
	const conv = layer(`layers.${depthwise ? 'DepthwiseConv2D' : 'Conv2D'}(${args})`);
	const kept = thin ? `[:, ::${stride[0]}, ::${stride[1]}, :]` : '';
	return [...pad, `${conv}(${own ? x : y})${kept}`];
}

/** Keras knows no groups and no dilation here: a layer a group, and kernels with zeros between their values. */
function transposed(g: TransposedConv2dGeometry, { x, y, isSame, isInline, layer }: Place): Written {
	const { stride, groups, bias, outputSize, padding, kernelSize } = g;
	const more = moreOf(g);
	const isDilated = Math.max(...g.dilation) > 1;
	const size = isDilated ? spreadSize(g) : g.effectiveKernelSize;
	const made = `layers.Conv2DTranspose(${joined(
		String(g.outChannelsPerGroup),
		pythonPair(size),
		Math.max(...stride) > 1 && `strides=${pythonPair(stride)}`,
		isSame && 'padding="same"',
		!isSame && !isDilated && Math.max(...more) > 0 && `output_padding=${pythonPair(more)}`,
		!bias && 'use_bias=False'
	)})`;
	const conv = layer(groups === 1 ? made : `[${made} for _ in range(${groups})]`);
	// Values tell where the zeros are; a network has none.
	const note = `# Keras has no dilation here: all but ${kernelSize.join('×')} of these weights, ${pythonPair(g.dilation)} apart, stay 0.`;
	const apply = [
		...(isDilated && isInline ? [note] : []),
		...(groups === 1 ? [] : [`parts = zip(${conv}, ops.split(${x}, ${groups}, axis=-1))`])
	];
	const value =
		groups === 1 ? `${conv}(${x})` : 'ops.concatenate([layer(part) for layer, part in parts], axis=-1)';
	const [rows, columns] = outputSize;
	// With output padding, Keras ends with the kernel; without it, not before the stride does.
	const full = ([0, 1] as const).map((axis) => {
		const end =
			!isDilated && Math.max(...more) > 0 ? size[axis] + more[axis] : Math.max(size[axis], stride[axis]);
		return (g.inputs[0]![axis] - 1) * stride[axis] + end;
	});
	const { top, left } = padding;
	const isWhole = isSame || (full[0] === rows && full[1] === columns);
	return isWhole
		? [...apply, value]
		: [...apply, `${y} = ${value}`, `${y}[:, ${top}:${top + rows}, ${left}:${left + columns}, :]`];
}

/** Rows and columns that the output has beyond the last stamp. */
const moreOf = ({ padding }: TransposedConv2dGeometry): Pair => [
	Math.max(0, -padding.bottom),
	Math.max(0, -padding.right)
];

/** Size of a dilated kernel with zeros in it, and, where the output has more than the stamps, behind it. */
const spreadSize = (g: TransposedConv2dGeometry): Pair => {
	const [rows, columns] = moreOf(g);
	return [g.effectiveKernelSize[0] + rows, g.effectiveKernelSize[1] + columns];
};

function loadTransposed(
	id: string,
	g: TransposedConv2dGeometry,
	{ kernel, bias }: Weights,
	withValues: boolean
): string[] {
	const isDilated = Math.max(...g.dilation) > 1;
	const [rows, columns] = g.effectiveKernelSize;
	if (!kernel || (!withValues && !isDilated)) return [];
	const [kh, kw, inChannels, outChannels] = kernel.shape;
	const size = `(${kh}, ${kw}, ${inChannels}, ${outChannels})`;
	const values = withValues
		? `np.array(${listed(kernel.data)}).reshape${size}`
		: `np.random.normal(size=${size})`;
	const lines = [`kernel = ${values}.transpose(0, 1, 3, 2)`];
	if (isDilated) {
		lines.push(
			`dilated = np.zeros((${spreadSize(g).join(', ')}, ${outChannels}, ${inChannels}))`,
			`dilated[:${rows}:${g.dilation[0]}, :${columns}:${g.dilation[1]}] = kernel`
		);
	}
	const name = isDilated ? 'dilated' : 'kernel';
	if (bias)
		lines.push(`bias = ${withValues ? `np.array(${listed(bias.data)})` : `np.zeros(${outChannels})`}`);
	if (g.groups === 1) return [...lines, `${id}.set_weights([${joined(name, bias !== undefined && 'bias')}])`];
	const split = (what: string) => `np.split(${what}, ${g.groups}`;
	return bias
		? [
				...lines,
				`for layer, k, b in zip(${id}, ${split(name)}, axis=2), ${split('bias')})):`,
				'    layer.set_weights([k, b])'
			]
		: [...lines, `for layer, k in zip(${id}, ${split(name)}, axis=2)):`, '    layer.set_weights([k])'];
}

/** A pool's arguments, and whether it needs no padding but its own. Padding that counts is never its own. */
function poolOf(g: PoolGeometry, isSame: boolean, countPadding = false) {
	const isBare = isNone(reachOf(g));
	const own = isBare || (!reachesOver(g) && !countPadding && (isSame || isAlwaysSame(g)));
	const args = `${pythonPair(g.kernelSize)}, strides=${pythonPair(g.stride)}`;
	return { own, args: own && !isBare ? `${args}, padding="same"` : args };
}

/** What to pad for a pool: even padding as it is said, otherwise no more than its windows reach. */
const paddingOf = (g: PoolGeometry) => (isEven(g.padding) && !reachesOver(g) ? g.padding : reachOf(g));

function averagePool(g: AvgPoolGeometry, { x, y, isSame, layer }: Place): Written {
	const { own, args } = poolOf(g, isSame, g.countPadding);
	const made = `layers.AveragePooling2D(${args})`;
	if (own) return [`${layer(made)}(${x})`];
	if (g.countPadding && !reachesOver(g)) {
		const pad = layer(`layers.ZeroPadding2D(${sides(paddingOf(g))})`, '_padding');
		return [`${y} = ${pad}(${x})`, `${layer(made)}(${y})`];
	}
	// The share of each window that counts.
	const { counted, beyond } = countedOf(g);
	const ones = `ops.ones_like(${x})`;
	const share =
		g.countPadding && !isNone(g.padding)
			? padText(padText(ones, counted, ', constant_values=1'), beyond)
			: padText(ones, reachOf(g));
	const pool = layer(made);
	return [`share = ${share}`, `${y} = ${padText(x, reachOf(g))}`, `${pool}(${y}) / ${pool}(share)`];
}
