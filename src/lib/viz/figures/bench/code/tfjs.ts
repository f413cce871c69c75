import type {
	AvgPoolGeometry,
	Conv2dGeometry,
	PoolGeometry,
	Sides,
	TransposedConv2dGeometry
} from '$lib/ops';
import type { Chain } from './chain';
import { countedOf, isNone, joined, jsPair, listed, reachesOver, reachOf } from '../../../code/text';

/** TensorFlow.js has `[batch, height, width, channels]` and kernels `[kh, kw, in / groups, out]`, as the bench. */
export function writeTfjs({ input, stages, withValues }: Chain): string {
	const tensor = (shape: readonly number[], data: ArrayLike<number>) =>
		withValues
			? `tf.tensor(${listed(data)}, [${shape.join(', ')}])`
			: `tf.randomNormal([${shape.join(', ')}])`;
	const declared = [`const x = ${tensor([1, ...input.shape], input.data)};`];
	for (const { id, layer, weights } of stages) {
		const { kernel, bias } = weights;
		if (kernel) {
			// A depthwise kernel is [kh, kw, in, multiplier]: the same numbers in the same order.
			const shape =
				layer.kind === 'conv2d' && isDepthwise(layer.geometry)
					? [...layer.geometry.kernelSize, layer.geometry.groups, layer.geometry.outChannelsPerGroup]
					: kernel.shape;
			declared.push(`const ${id}Kernel = ${tensor(shape, kernel.data)};`);
		}
		if (bias) declared.push(`const ${id}Bias = ${tensor(bias.shape, bias.data)};`);
	}
	const body = stages.flatMap((stage) => {
		const lines = linesOf(stage);
		const last = `${lines.at(-1)} // [1, ${stage.layer.geometry.outputs[0]!.join(', ')}]`;
		return [...lines.slice(0, -1), last];
	});
	return [
		"import * as tf from '@tensorflow/tfjs';",
		declared.join('\n'),
		['let y = x;', ...body].join('\n'),
		'y.print();'
	]
		.join('\n\n')
		.concat('\n');
}

function linesOf({ id, layer }: Chain['stages'][number]): string[] {
	switch (layer.kind) {
		case 'conv2d':
			return convolution(id, layer.geometry, layer.options.padding === 'same');
		case 'transposedConv2d':
			return transposed(id, layer.geometry);
		case 'channelShuffle': {
			const { groups, channelsPerGroup, outputs } = layer.geometry;
			const [height, width, channels] = outputs[0]!;
			return [
				`y = tf.reshape(y, [${height}, ${width}, ${groups}, ${channelsPerGroup}]);`,
				'y = tf.transpose(y, [0, 1, 3, 2]);',
				`y = tf.reshape(y, [1, ${height}, ${width}, ${channels}]);`
			];
		}
		case 'maxPool':
			return maxPool(layer.geometry, layer.options.padding === 'same');
		case 'avgPool':
			return averagePool(layer.geometry, layer.options.padding === 'same');
		case 'globalAvgPool':
			return ['y = tf.mean(y, [1, 2], true);'];
	}
}

const isDepthwise = (g: Conv2dGeometry) => g.groups > 1 && g.groups === g.inChannels;

const padText = (what: string, { top, bottom, left, right }: Sides, value = '') =>
	`tf.pad(${what}, [[0, 0], [${top}, ${bottom}], [${left}, ${right}], [0, 0]]${value})`;

function convolution(id: string, g: Conv2dGeometry, same: boolean): string[] {
	const { stride, dilation, padding, groups, outputSize } = g;
	const dilated = Math.max(...dilation) > 1;
	// TensorFlow.js refuses strides together with dilation: then every place is computed, and some are kept.
	const thin = dilated && Math.max(...stride) > 1;
	const own = isNone(padding) || (same && !thin);
	const args = joined(
		thin ? '1' : jsPair(stride),
		`'${own && !isNone(padding) ? 'same' : 'valid'}'`,
		dilated && `'NHWC', ${jsPair(dilation)}`
	);
	const lines = own ? [] : [`y = ${padText('y', padding)};`];
	if (isDepthwise(g)) {
		lines.push(`y = tf.depthwiseConv2d(y, ${id}Kernel, ${args});`);
	} else if (groups > 1) {
		// TensorFlow.js has no groups: a convolution for each, and their outputs side by side.
		lines.push(
			`const ${id}Kernels = tf.split(${id}Kernel, ${groups}, 3);`,
			`y = tf.concat(tf.split(y, ${groups}, 3).map((part, g) => tf.conv2d(part, ${id}Kernels[g], ${args})), 3);`
		);
	} else {
		lines.push(`y = tf.conv2d(y, ${id}Kernel, ${args});`);
	}
	if (thin) {
		const [rows, columns] = ([0, 1] as const).map((axis) => (outputSize[axis] - 1) * stride[axis] + 1);
		lines.push(
			`y = tf.stridedSlice(y, [0, 0, 0, 0], [1, ${rows}, ${columns}, ${g.outChannels}], [1, ${stride.join(', ')}, 1]);`
		);
	}
	if (g.bias) lines.push(`y = tf.add(y, ${id}Bias);`);
	return lines;
}

function transposed(id: string, g: TransposedConv2dGeometry): string[] {
	const { kernelSize, stride, dilation, groups, outputSize, padding, effectiveKernelSize } = g;
	const [kh, kw] = kernelSize;
	const [dy, dx] = dilation;
	const inChannels = g.inChannelsPerGroup;
	const lines = [`let kernel = tf.transpose(${id}Kernel, [0, 1, 3, 2]);`];
	if (Math.max(dy, dx) > 1) {
		// TensorFlow.js has no dilation here: zeros between the kernel's values.
		const channels = inChannels * g.outChannels;
		lines.push(
			`kernel = tf.reshape(kernel, [${kh}, 1, ${kw}, 1, ${channels}]);`,
			`kernel = tf.pad(kernel, [[0, 0], [0, ${dy - 1}], [0, 0], [0, ${dx - 1}], [0, 0]]);`,
			`kernel = tf.reshape(kernel, [${kh * dy}, ${kw * dx}, ${g.outChannels}, ${inChannels}]);`,
			`kernel = tf.slice(kernel, [0, 0, 0, 0], [${effectiveKernelSize.join(', ')}, ${g.outChannels}, ${inChannels}]);`
		);
	}
	const [rows, columns] = outputSize;
	const { top, left } = padding;
	const full = ([0, 1] as const).map((axis) =>
		Math.max(
			(g.inputs[0]![axis] - 1) * stride[axis] + effectiveKernelSize[axis],
			// TensorFlow.js takes an output as long as a convolution of it would give the input.
			Math.min(
				(axis === 0 ? top : left) + outputSize[axis],
				g.inputs[0]![axis] * stride[axis] + effectiveKernelSize[axis] - 1
			)
		)
	);
	const args = `[1, ${full.join(', ')}, ${g.outChannelsPerGroup}], ${jsPair(stride)}, 'valid'`;
	if (groups === 1) {
		lines.push(`y = tf.conv2dTranspose(y, kernel, ${args});`);
	} else {
		lines.push(
			`const kernels = tf.split(kernel, ${groups}, 2);`,
			`y = tf.concat(tf.split(y, ${groups}, 3).map((part, g) => tf.conv2dTranspose(part, kernels[g], ${args})), 3);`
		);
	}
	const [below, right] = [top + rows - full[0]!, left + columns - full[1]!];
	if (below > 0 || right > 0) {
		const sides = { top: 0, bottom: Math.max(0, below), left: 0, right: Math.max(0, right) };
		lines.push(`y = ${padText('y', sides)};`);
	}
	if (top > 0 || left > 0 || below < 0 || right < 0) {
		lines.push(`y = tf.slice(y, [0, ${top}, ${left}, 0], [1, ${rows}, ${columns}, ${g.outChannels}]);`);
	}
	if (g.bias) lines.push(`y = tf.add(y, ${id}Bias);`);
	return lines;
}

const poolArguments = (g: PoolGeometry, padding: 'same' | 'valid') =>
	`${jsPair(g.kernelSize)}, ${jsPair(g.stride)}, '${padding}'`;

function maxPool(g: PoolGeometry, same: boolean): string[] {
	const reach = reachOf(g);
	if (isNone(reach)) return [`y = tf.maxPool(y, ${poolArguments(g, 'valid')});`];
	if (same && !reachesOver(g)) return [`y = tf.maxPool(y, ${poolArguments(g, 'same')});`];
	return [`y = ${padText('y', reach, ', -Infinity')};`, `y = tf.maxPool(y, ${poolArguments(g, 'valid')});`];
}

function averagePool(g: AvgPoolGeometry, same: boolean): string[] {
	const reach = reachOf(g);
	const over = reachesOver(g);
	const pool = (what: string) => `tf.avgPool(${what}, ${poolArguments(g, 'valid')})`;
	if (isNone(reach)) return [`y = ${pool('y')};`];
	if (same && !over && !g.countPadding) return [`y = tf.avgPool(y, ${poolArguments(g, 'same')});`];
	const pad = `y = ${padText('y', reach)};`;
	if (g.countPadding && !over) return [pad, `y = ${pool('y')};`];
	// The share of each window that counts.
	const { counted, beyond } = countedOf(g);
	const ones = 'tf.onesLike(y)';
	const share =
		g.countPadding && !isNone(g.padding)
			? padText(padText(ones, counted, ', 1'), beyond)
			: padText(ones, reach);
	return [`const share = ${share};`, pad, `y = tf.div(${pool('y')}, ${pool('share')});`];
}
