import type { Out } from '../../assembly';
import { padChannels } from '../../padChannels';
import { settle } from '../../settle';
import { countOf } from '../../tensors';
import { reshape, shapeOfView, transpose, viewOf, type View } from '../../view';
import { first, image, rowOf, type Call, type Handler, type Value } from '../call';

const passing: Handler = (call) => [call.inputs[0] ?? null];

const reshaping =
	(sizes: (call: Call, view: View) => readonly number[] | null): Handler =>
	(call) => {
		const view = call.view(0);
		const wanted = view && sizes(call, view);
		const made = view && wanted && reshape(view, wanted);
		return made ? [made] : null;
	};

function padded(call: Call): Value[] | null {
	const x = call.image(0);
	const pads = call.numbers(1);
	if (!x || pads?.length !== 8) return null;
	const [n0, n1, top = 0, bottom = 0, left = 0, right = 0, before = 0, after = 0] = pads;
	const value = call.node.op === 'PadV2' ? (call.numbers(2)?.[0] ?? 0) : 0;
	if (n0 !== 0 || n1 !== 0 || Math.min(top, bottom, left, right) < 0) return null;
	const isPadded = Math.max(top, bottom, left, right) > 0;
	const out = isPadded
		? first(
				call.add('pad', [x], { padding: { top, bottom, left, right }, ...(value !== 0 && { value }) }, {}, '')
			)
		: x;
	if (before + after === 0) return [image(out)];
	const wide = value === 0 ? padChannels(call.assembly, call.name, out, before, after) : null;
	return wide && [image(wide)];
}

function splitAlong(
	call: Call,
	at: number,
	axis: number | undefined,
	given: readonly number[] | null
): Value[] | null {
	const view = call.view(at);
	if (!view || axis === undefined) return null;
	const rank = view.dims.length;
	const out = rank === 4 ? settle(call.assembly, view, 'nhwc') : rowOf(view);
	if (!out || (axis < 0 ? axis + rank : axis) !== rank - 1) return null;
	const count = call.node.int('num_split', given?.length ?? 1);
	const sizes = given ?? Array.from({ length: count }, () => out.shape[2] / count);
	const order = rank === 4 ? 'nhwc' : rank === 3 ? 'nwc' : 'nc';
	return call.add('split', [out], { sizes }).outs.map((part) => viewOf(part, order));
}

function resized(call: Call, op: 'resizeBilinear' | 'resizeNearest'): Value[] | null {
	const x = call.image(0);
	const wanted = call.numbers(1);
	if (!x || wanted?.length !== 2) return null;
	const size = [wanted[0]!, wanted[1]!] as const;
	const coordinates = call.node.flag('align_corners', 'alignCorners')
		? 'alignCorners'
		: call.node.flag('half_pixel_centers', 'halfPixelCenters')
			? 'halfPixel'
			: 'asymmetric';
	const round = coordinates === 'alignCorners' ? 'roundUp' : 'floor';
	const made =
		op === 'resizeBilinear'
			? call.add(op, [x], { size, coordinates })
			: call.add(op, [x], { size, coordinates, round: coordinates === 'halfPixel' ? 'roundUp' : round });
	return [image(first(made))];
}

function moved(call: Call, op: 'spaceToDepth' | 'depthToSpace'): Value[] | null {
	const x = call.image(0);
	return x && [image(first(call.add(op, [x], { blockSize: call.node.int('block_size', 2) })))];
}

/** Operators that put values elsewhere, or those of several together. */
export const shapes: Readonly<Record<string, Handler>> = {
	Reshape: reshaping((call, view) => {
		const wanted = call.numbers(1);
		const known = wanted?.reduce((product, n) => product * (n === -1 ? 1 : n), 1) ?? 1;
		return wanted?.map((n) => (n === -1 ? countOf(shapeOfView(view)) / known : n)) ?? null;
	}),
	Squeeze: reshaping(({ node }, view) => {
		const shape = shapeOfView(view);
		const gone = node.ints('squeeze_dims', 'axis').map((axis) => (axis < 0 ? axis + shape.length : axis));
		return shape.filter((n, i) => (gone.length > 0 ? !gone.includes(i) : n !== 1 || i === 0));
	}),
	ExpandDims: reshaping((call, view) => {
		const [at] = call.numbers(1) ?? [];
		const shape = shapeOfView(view);
		return at === undefined ? null : shape.toSpliced(at < 0 ? at + shape.length + 1 : at, 0, 1);
	}),
	// Apart and together along an axis of one place, as batches of one are.
	Unpack: reshaping(({ node }, view) => {
		const shape = shapeOfView(view);
		const axis = node.int('axis', 0);
		const at = axis < 0 ? axis + shape.length : axis;
		return shape[at] === 1 ? shape.toSpliced(at, 1) : null;
	}),
	Pack: reshaping(({ node, inputs }, view) => {
		const shape = shapeOfView(view);
		const axis = node.int('axis', 0);
		return inputs.length === 1 ? shape.toSpliced(axis < 0 ? axis + shape.length + 1 : axis, 0, 1) : null;
	}),
	Transpose(call) {
		const [view, order] = [call.view(0), call.numbers(1)];
		return view && order ? [transpose(view, order)] : null;
	},
	Identity: passing,
	Snapshot: passing,
	StopGradient: passing,
	PlaceholderWithDefault: passing,
	Cast: passing,
	Pad: padded,
	PadV2: padded,
	ConcatV2(call) {
		const views = call.inputs.slice(0, -1).map((_, i) => call.view(i));
		const [axis] = call.numbers(call.inputs.length - 1) ?? [];
		const [one] = views;
		if (!one || axis === undefined || views.some((view) => !view)) return null;
		const rank = one.dims.length;
		const outs = views.map((view) => (rank === 4 ? settle(call.assembly, view!, 'nhwc') : rowOf(view!)));
		if ((axis < 0 ? axis + rank : axis) !== rank - 1 || outs.some((out) => !out)) return null;
		if (views.length === 1) return [one];
		const out = first(call.add('concat', outs as Out[], {}));
		return [viewOf(out, rank === 4 ? 'nhwc' : rank === 3 ? 'nwc' : rank === 2 ? 'nc' : 'c')];
	},
	Split: (call) => splitAlong(call, 1, call.numbers(0)?.[0], null),
	SplitV: (call) => splitAlong(call, 0, call.numbers(2)?.[0], call.numbers(1)),
	ResizeBilinear: (call) => resized(call, 'resizeBilinear'),
	ResizeNearestNeighbor: (call) => resized(call, 'resizeNearest'),
	SpaceToDepth: (call) => moved(call, 'spaceToDepth'),
	DepthToSpace: (call) => moved(call, 'depthToSpace')
};
