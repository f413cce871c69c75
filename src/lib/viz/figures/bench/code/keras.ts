import type {
	AvgPoolGeometry,
	Conv2dGeometry,
	PoolGeometry,
	Sides,
	TransposedConv2dGeometry,
	Weights
} from '$lib/ops';
import type { Chain } from './chain';
import { countedOf, isNone, joined, listed, pythonPair, reachesOver, reachOf } from '../../../code/text';

/** What a stage adds to the program: a declaration, what its values need, and what it does to `x`. */
interface Part {
	readonly declare?: string;
	readonly load?: readonly string[];
	readonly forward: readonly string[];
}

/** Keras has `[batch, height, width, channels]` and kernels `[kh, kw, in / groups, out]`, as the bench. */
export function writeKeras({ input, stages, withValues }: Chain): string {
	const parts = stages.map((stage) => partOf(stage, withValues));
	const body = parts.flatMap(({ forward }, n) => {
		const last = `${forward.at(-1)}  # [1, ${stages[n]!.layer.geometry.outputs[0]!.join(', ')}]`;
		return [...forward.slice(0, -1), last].map((line) => `    ${line}`);
	});
	const shape = `(1, ${input.shape.join(', ')})`;
	const x = withValues
		? `x = np.array(${listed(input.data)}, "float32").reshape${shape}`
		: `x = np.random.rand${shape}.astype("float32")`;
	const declared = parts.flatMap(({ declare = [] }) => declare);
	const loads = parts.flatMap(({ load = [] }) => load);
	const uses = (name: string) => [...body, ...declared].some((line) => line.includes(`${name}.`));
	const imports = ['layers', 'ops'].filter(uses);
	return [
		['import numpy as np', imports.length > 0 && `from keras import ${imports.join(', ')}`]
			.filter((line) => line)
			.join('\n'),
		declared.join('\n'),
		['def forward(x):', ...body, '    return x'].join('\n'),
		x,
		// A layer has its weights once it has seen an input.
		loads.length > 0 && ['forward(x)', ...loads].join('\n'),
		'print(forward(x))'
	]
		.filter((block) => block)
		.join('\n\n')
		.concat('\n');
}

function partOf({ id, layer, weights }: Chain['stages'][number], withValues: boolean): Part {
	switch (layer.kind) {
		case 'conv2d':
			return {
				...convolution(id, layer.geometry, layer.options.padding === 'same'),
				load: withValues ? loadConvolution(id, layer.geometry, weights) : []
			};
		case 'transposedConv2d':
			return {
				...transposed(id, layer.geometry, layer.options.padding === 'same'),
				load: loadTransposed(id, layer.geometry, weights, withValues)
			};
		case 'channelShuffle': {
			const { groups, channelsPerGroup, outputs } = layer.geometry;
			const [height, width, channels] = outputs[0]!;
			return {
				forward: [
					`x = ops.reshape(x, (-1, ${height}, ${width}, ${groups}, ${channelsPerGroup}))`,
					'x = ops.transpose(x, (0, 1, 2, 4, 3))',
					`x = ops.reshape(x, (-1, ${height}, ${width}, ${channels}))`
				]
			};
		}
		case 'maxPool':
			return maxPool(id, layer.geometry, layer.options.padding === 'same');
		case 'avgPool':
			return averagePool(id, layer.geometry, layer.options.padding === 'same');
		case 'globalAvgPool':
			return {
				declare: `${id} = layers.GlobalAveragePooling2D(keepdims=True)`,
				forward: [`x = ${id}(x)`]
			};
	}
}

/** Keras's order: (top, bottom), (left, right). */
const sides = ({ top, bottom, left, right }: Sides) => `((${top}, ${bottom}), (${left}, ${right}))`;
const padText = (what: string, { top, bottom, left, right }: Sides, value = '') =>
	`ops.pad(${what}, ((0, 0), (${top}, ${bottom}), (${left}, ${right}), (0, 0))${value})`;

function convolution(id: string, g: Conv2dGeometry, same: boolean): Part {
	const { kernelSize, stride, dilation, padding, groups, bias } = g;
	const isDepthwise = groups > 1 && groups === g.inChannels;
	const strided = Math.max(...stride) > 1;
	const dilated = Math.max(...dilation) > 1;
	// Keras refuses strides together with dilation: then every place is computed, and some are kept.
	const thin = strided && dilated;
	const own = isNone(padding) || (same && !thin);
	const args = joined(
		!isDepthwise && String(g.outChannels),
		pythonPair(kernelSize),
		strided && !thin && `strides=${pythonPair(stride)}`,
		!isNone(padding) && own && 'padding="same"',
		isDepthwise && g.outChannels > groups && `depth_multiplier=${g.outChannelsPerGroup}`,
		dilated && `dilation_rate=${pythonPair(dilation)}`,
		!isDepthwise && groups > 1 && `groups=${groups}`,
		!bias && 'use_bias=False'
	);
	const layer = `${id} = layers.${isDepthwise ? 'DepthwiseConv2D' : 'Conv2D'}(${args})`;
	const stored = thin ? `[:, ::${stride[0]}, ::${stride[1]}, :]` : '';
	return own
		? { declare: layer, forward: [`x = ${id}(x)${stored}`] }
		: {
				declare: `${id}_padding = layers.ZeroPadding2D(${sides(padding)})\n${layer}`,
				forward: [`x = ${id}_padding(x)`, `x = ${id}(x)${stored}`]
			};
}

function loadConvolution(id: string, g: Conv2dGeometry, weights: Weights): string[] {
	const { kernel, bias } = weights;
	if (!kernel) return [];
	const isDepthwise = g.groups > 1 && g.groups === g.inChannels;
	const shape = isDepthwise ? [...g.kernelSize, g.groups, g.outChannelsPerGroup] : kernel.shape;
	const values = `np.array(${listed(kernel.data)}).reshape(${shape.join(', ')})`;
	return [`${id}.set_weights([${joined(values, bias !== undefined && `np.array(${listed(bias.data)})`)}])`];
}

/** Keras knows no groups and no dilation here: a layer a group, and kernels with zeros between their values. */
function transposed(id: string, g: TransposedConv2dGeometry, same: boolean): Part {
	const { stride, groups, bias, outputSize, padding } = g;
	const more = moreOf(g);
	const isDilated = Math.max(...g.dilation) > 1;
	const layer = `layers.Conv2DTranspose(${joined(
		String(g.outChannelsPerGroup),
		pythonPair(isDilated ? spreadSize(g) : g.effectiveKernelSize),
		Math.max(...stride) > 1 && `strides=${pythonPair(stride)}`,
		same && 'padding="same"',
		!same && !isDilated && Math.max(...more) > 0 && `output_padding=${pythonPair(more)}`,
		!bias && 'use_bias=False'
	)})`;
	const apply =
		groups === 1
			? [`x = ${id}(x)`]
			: [
					`parts = zip(${id}, ops.split(x, ${groups}, axis=-1))`,
					'x = ops.concatenate([layer(part) for layer, part in parts], axis=-1)'
				];
	const [rows, columns] = outputSize;
	// With output padding, Keras ends with the kernel; without it, not before the stride does.
	const full = ([0, 1] as const).map((axis) => {
		const size = isDilated ? spreadSize(g)[axis] : g.effectiveKernelSize[axis];
		const end = !isDilated && Math.max(...more) > 0 ? size + more[axis] : Math.max(size, stride[axis]);
		return (g.inputs[0]![axis] - 1) * stride[axis] + end;
	});
	const { top, left } = padding;
	const cropped = `[:, ${top}:${top + rows}, ${left}:${left + columns}, :]`;
	const isWhole = same || (full[0] === rows && full[1] === columns);
	return {
		declare: `${id} = ${groups === 1 ? layer : `[${layer} for _ in range(${groups})]`}`,
		forward: isWhole ? apply : [...apply, `x = x${cropped}`]
	};
}

/** Rows and columns that the output has beyond the last stamp. */
const moreOf = ({ padding }: TransposedConv2dGeometry) =>
	[Math.max(0, -padding.bottom), Math.max(0, -padding.right)] as const;

/** Size of a dilated kernel with zeros in it, and, where the output has more than the stamps, behind it. */
const spreadSize = (g: TransposedConv2dGeometry) => {
	const [rows, columns] = moreOf(g);
	return [g.effectiveKernelSize[0] + rows, g.effectiveKernelSize[1] + columns] as const;
};

function loadTransposed(
	id: string,
	g: TransposedConv2dGeometry,
	weights: Weights,
	withValues: boolean
): string[] {
	const { kernel, bias } = weights;
	const isDilated = Math.max(...g.dilation) > 1;
	const [rows, columns] = g.effectiveKernelSize;
	if (!kernel || (!withValues && !isDilated)) return [];
	const [kh, kw, inChannels, outChannels] = kernel.shape;
	const size = `(${kh}, ${kw}, ${inChannels}, ${outChannels})`;
	const lines = [
		withValues
			? `kernel = np.array(${listed(kernel.data)}).reshape${size}.transpose(0, 1, 3, 2)`
			: `kernel = np.random.normal(size=${size}).transpose(0, 1, 3, 2)`
	];
	if (isDilated) {
		lines.push(
			`dilated = np.zeros((${spreadSize(g).join(', ')}, ${outChannels}, ${inChannels}))`,
			`dilated[:${rows}:${g.dilation[0]}, :${columns}:${g.dilation[1]}] = kernel`
		);
	}
	const name = isDilated ? 'dilated' : 'kernel';
	if (bias) {
		lines.push(`bias = ${withValues ? `np.array(${listed(bias.data)})` : `np.zeros(${outChannels})`}`);
	}
	if (g.groups === 1) return [...lines, `${id}.set_weights([${joined(name, bias !== undefined && 'bias')}])`];
	const split = `np.split(${name}, ${g.groups}, axis=2)`;
	return bias
		? [
				...lines,
				`for layer, k, b in zip(${id}, ${split}, np.split(bias, ${g.groups})):`,
				'    layer.set_weights([k, b])'
			]
		: [...lines, `for layer, k in zip(${id}, ${split}):`, '    layer.set_weights([k])'];
}

const poolArguments = (g: PoolGeometry) => `${pythonPair(g.kernelSize)}, strides=${pythonPair(g.stride)}`;

function maxPool(id: string, g: PoolGeometry, same: boolean): Part {
	const reach = reachOf(g);
	const own = isNone(reach) || (same && !reachesOver(g));
	const padding = own && !isNone(reach) ? ', padding="same"' : '';
	const pool = `x = ${id}(x)`;
	return {
		declare: `${id} = layers.MaxPooling2D(${poolArguments(g)}${padding})`,
		forward: own ? [pool] : [`x = ${padText('x', reach, ', constant_values=float("-inf")')}`, pool]
	};
}

function averagePool(id: string, g: AvgPoolGeometry, same: boolean): Part {
	const reach = reachOf(g);
	const over = reachesOver(g);
	const isOwn = isNone(reach) || (same && !over && !g.countPadding);
	const padding = isOwn && !isNone(reach) ? ', padding="same"' : '';
	const declare = `${id} = layers.AveragePooling2D(${poolArguments(g)}${padding})`;
	if (isOwn) return { declare, forward: [`x = ${id}(x)`] };
	const pad = `x = ${padText('x', reach)}`;
	if (g.countPadding && !over) return { declare, forward: [pad, `x = ${id}(x)`] };
	// The share of each window that counts.
	const { counted, beyond } = countedOf(g);
	const ones = 'ops.ones_like(x)';
	const share =
		g.countPadding && !isNone(g.padding)
			? padText(padText(ones, counted, ', constant_values=1'), beyond)
			: padText(ones, reach);
	return { declare, forward: [`share = ${share}`, pad, `x = ${id}(x) / ${id}(share)`] };
}
