import type { Out } from '../../assembly';
import { settle } from '../../settle';
import { reshape, tiled, transpose, viewOf } from '../../view';
import { image, type Handler } from '../call';
import { orderOf } from '../tensor';

const split: Handler = (call) => {
	const { type, name, inputs, outputs, first } = call;
	const x = call.image(type === 'SPLIT' ? inputs[1] : first);
	const sizes = outputs.map((index) => call.at(index).dims.at(-1) ?? 1);
	if (!x || sizes.reduce((sum, n) => sum + n, 0) !== x.shape[2]) return null;
	return call.assembly.add('split', name, [x], { sizes }).outs.map(image);
};

const reshaped: Handler = (call) => {
	const { type, inputs, outputs, view } = call;
	// Where the number of pictures is open, so is the shape that the file states for what comes out.
	const wanted = type === 'RESHAPE' && inputs[1] !== undefined ? call.values(inputs[1])?.data : undefined;
	const isWhole = wanted?.every((n) => n >= 1) ?? false;
	const dims = isWhole ? [...wanted!] : call.at(outputs[0]!).dims;
	const made = view ? reshape(view, dims) : null;
	return made && [made];
};

const padded: Handler = (call) => {
	const { type, name, inputs, first } = call;
	const x = call.image(first);
	const pads = inputs[1] === undefined ? null : call.values(inputs[1])?.data;
	if (!x || pads?.length !== 8 || [0, 1, 6, 7].some((i) => pads[i] !== 0)) return null;
	const value = type === 'PADV2' && inputs[2] !== undefined ? (call.values(inputs[2])?.data[0] ?? 0) : 0;
	const [, , top = 0, bottom = 0, left = 0, right = 0] = pads;
	return [
		image(call.assembly.add('pad', name, [x], { padding: { top, bottom, left, right }, value }).outs[0]!)
	];
};

const resized: Handler = (call) => {
	const { type, name, outputs, options, first } = call;
	const x = call.image(first);
	const [, rows = 1, columns = 1] = call.at(outputs[0]!).dims;
	const isBilinear = type === 'RESIZE_BILINEAR';
	const [corners, half] = isBilinear ? [2, 3] : [0, 1];
	if (!x) return null;
	const isCorners = (options?.byte(corners) ?? 0) === 1;
	const coordinates = isCorners
		? 'alignCorners'
		: (options?.byte(half) ?? 0) === 1
			? 'halfPixel'
			: 'asymmetric';
	const size = [rows, columns] as const;
	const made = isBilinear
		? call.assembly.add('resizeBilinear', name, [x], { size, coordinates })
		: call.assembly.add('resizeNearest', name, [x], {
				size,
				coordinates,
				round: coordinates === 'asymmetric' ? 'floor' : 'roundUp'
			});
	return [image(made.outs[0]!)];
};

const moved: Handler = (call) => {
	const { type, name, options, first } = call;
	const x = call.image(first);
	const kind = type === 'SPACE_TO_DEPTH' ? 'spaceToDepth' : 'depthToSpace';
	return x && [image(call.assembly.add(kind, name, [x], { blockSize: options?.int(0, 1) ?? 1 }).outs[0]!)];
};

/** Operators that put values elsewhere, or those of several together. */
export const shapes: Readonly<Record<string, Handler>> = {
	CONCATENATION(call) {
		const { name, inputs, outputs, options, view } = call;
		const views = inputs.map((index) => call.viewAt(index));
		if (views.some((one) => !one) || !view || !options) return null;
		const given = options.int(0);
		const axis = given < 0 ? given + view.dims.length : given;
		const outs = views.map(
			(one) => settle(call.assembly, one!, 'nhwc') ?? (one!.dims.length < 4 ? one!.out : null)
		);
		if (axis !== view.dims.length - 1 || outs.some((out) => !out)) return null;
		if (outs.length === 1) return [view];
		const made = call.assembly.add('concat', name, outs as Out[], {});
		return call.activated(made.outs[0]!, 1, (out) => viewOf(out, orderOf(call.at(outputs[0]!).dims)));
	},
	SPLIT: split,
	SPLIT_V: split,
	RESHAPE: reshaped,
	// Keras 3 repeats rows and columns so: each beside itself as an axis of its own, and then the two as one.
	TILE(call) {
		const { view, inputs } = call;
		const times = inputs[1] === undefined ? null : call.values(inputs[1])?.data;
		const made = view && times ? tiled(view, [...times]) : null;
		return made && [made];
	},
	SQUEEZE: reshaped,
	EXPAND_DIMS: reshaped,
	TRANSPOSE(call) {
		const { inputs, view } = call;
		const order = inputs[1] === undefined ? null : call.values(inputs[1])?.data;
		return view && order ? [transpose(view, Array.from(order))] : null;
	},
	PAD: padded,
	PADV2: padded,
	RESIZE_BILINEAR: resized,
	RESIZE_NEAREST_NEIGHBOR: resized,
	SPACE_TO_DEPTH: moved,
	DEPTH_TO_SPACE: moved
};
