import { settle } from '../../settle';
import { countOf } from '../../tensors';
import { isWhole, viewOf, whole } from '../../view';
import { image, type Handler } from '../call';
import { orderOf, turned } from '../tensor';

const convolution: Handler = (call) => {
	const { type, name, inputs, options, first } = call;
	const x = call.image(first);
	const kernel = call.values(inputs[1]!);
	if (!x || !kernel) return null;
	const { dims } = call.at(inputs[1]!);
	const [out = 1, kh = 1, kw = 1, last = 1] = dims;
	const isDepthwise = type === 'DEPTHWISE_CONV_2D';
	const at = isDepthwise ? 5 : 4;
	const outChannels = isDepthwise ? last : out;
	const bias = inputs[2] !== undefined && inputs[2] >= 0 ? call.values(inputs[2]) : null;
	const made = call.assembly.add(
		'conv2d',
		name,
		[x],
		{
			...{ outChannels, kernelSize: [kh, kw], groups: isDepthwise ? x.shape[2] : x.shape[2] / last },
			stride: [options?.int(2, 1) ?? 1, options?.int(1, 1) ?? 1],
			dilation: [options?.int(at + 1, 1) ?? 1, options?.int(at, 1) ?? 1],
			...{ padding: call.padding(0), bias: bias !== null }
		},
		{ kernel: isDepthwise ? kernel : turned(kernel, dims, [1, 2, 3, 0]), ...(bias && { bias }) }
	);
	return call.activated(made.outs[0]!, isDepthwise ? 4 : 3, image);
};

const pool: Handler = (call) => {
	const { type, name, options, first } = call;
	const x = call.image(first);
	if (!x || !options) return null;
	const window = {
		kernelSize: [options.int(4, 1), options.int(3, 1)] as const,
		stride: [options.int(2, 1), options.int(1, 1)] as const,
		padding: call.padding(0)
	};
	const isWholePicture =
		type === 'AVERAGE_POOL_2D' && window.kernelSize[0] === x.shape[0] && window.kernelSize[1] === x.shape[1];
	const isGlobal = isWholePicture && window.padding === 'valid';
	const made = isGlobal
		? call.assembly.add('globalAvgPool', name, [x], {})
		: call.assembly.add(type === 'MAX_POOL_2D' ? 'maxPool' : 'avgPool', name, [x], window);
	return call.activated(made.outs[0]!, 5, image);
};

const overPositions: Handler = (call) => {
	const { type, name, inputs, outputs, view } = call;
	const axes = inputs[1] === undefined ? null : call.values(inputs[1])?.data;
	if (!view || !axes || view.dims.length !== 4) return null;
	const places = Array.from(axes, (axis) => (axis < 0 ? axis + 4 : axis)).sort();
	if (String(places) !== '1,2' || !settle(call.assembly, view, 'nhwc')) return null;
	const x = settle(call.assembly, view, 'nhwc')!;
	const made = call.assembly.add(type === 'MEAN' ? 'globalAvgPool' : 'globalMaxPool', name, [x], {});
	return [viewOf(made.outs[0]!, orderOf(call.at(outputs[0]!).dims))];
};

/** Operators whose windows go over the picture, and those that read all of it. */
export const windows: Readonly<Record<string, Handler>> = {
	CONV_2D: convolution,
	DEPTHWISE_CONV_2D: convolution,
	TRANSPOSE_CONV(call) {
		const { name, inputs, outputs, options } = call;
		const x = call.image(inputs[2]);
		const kernel = call.values(inputs[1]!);
		if (!x || !kernel) return null;
		const { dims } = call.at(inputs[1]!);
		const [outChannels = 1, kh = 1, kw = 1] = dims;
		const wanted = call.at(outputs[0]!).dims;
		const stride = [options?.int(2, 1) ?? 1, options?.int(1, 1) ?? 1] as const;
		// The output's size is stated: what the kernels put down is cropped to it.
		const crop = ([0, 1] as const).map((axis) => {
			const full = (x.shape[axis] - 1) * stride[axis] + [kh, kw][axis]!;
			const total = full - (wanted[axis + 1] ?? full);
			return {
				before: Math.floor(Math.max(0, total) / 2),
				after: Math.ceil(Math.max(0, total) / 2),
				more: Math.max(0, -total)
			};
		});
		const bias = inputs[3] !== undefined && inputs[3] >= 0 ? call.values(inputs[3]) : null;
		const [rows, columns] = crop as [(typeof crop)[0], (typeof crop)[0]];
		const made = call.assembly.add(
			'transposedConv2d',
			name,
			[x],
			{
				...{ outChannels, kernelSize: [kh, kw], stride, bias: bias !== null },
				padding: { top: rows.before, bottom: rows.after, left: columns.before, right: columns.after },
				outputPadding: [rows.more, columns.more]
			},
			{ kernel: turned(kernel, dims, [1, 2, 3, 0]), ...(bias && { bias }) }
		);
		return call.activated(made.outs[0]!, 3, image);
	},
	AVERAGE_POOL_2D: pool,
	MAX_POOL_2D: pool,
	FULLY_CONNECTED(call) {
		const { name, inputs, outputs, view } = call;
		const kernel = inputs[1] === undefined ? null : call.values(inputs[1]);
		if (!view || !kernel) return null;
		const { dims } = call.at(inputs[1]!);
		const [outChannels = 1, count = 1] = dims;
		const bias = inputs[2] !== undefined && inputs[2] >= 0 ? call.values(inputs[2]) : null;
		const given = { kernel: turned(kernel, dims, [1, 0]), ...(bias && { bias }) };
		const all = countOf(view.out.shape);
		if (all === count) {
			const made = call.assembly.add('dense', name, [view.out], { outChannels, bias: bias !== null }, given);
			return call.activated(made.outs[0]!, 0, (out) => viewOf(out, orderOf(call.at(outputs[0]!).dims)));
		}
		if (!isWhole(view.dims.at(-1) ?? [], view.out, 2) || view.out.shape[2] !== count) return null;
		const made = call.assembly.add(
			'conv2d',
			name,
			[view.out],
			{ outChannels, kernelSize: 1, bias: bias !== null },
			given
		);
		return call.activated(made.outs[0]!, 0, (out) => ({
			kind: 'view',
			out,
			dims: [...view.dims.slice(0, -1), whole(out, 2)]
		}));
	},
	MEAN: overPositions,
	REDUCE_MAX: overPositions
};
