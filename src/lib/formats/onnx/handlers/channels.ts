import { graphLimits } from '../../../nets';
import { type Layer, type Out } from '../../assembly';
import { isWhole, sameDim, shapeOfView, sizeOfDim, type View, viewOf, whole } from '../../view';
import { type Call, type Value } from '../call';
import { first, type Handler } from './shared';

/** A part of the channels: an output of a split, which further parts of the same tensor share. */
function channelsOf(call: Call, view: View, at: number, start: number, end: number): Value[] | null {
	const { out } = view;
	const channels = out.shape[2];
	const known = splits.get(out) ?? { layer: null, sizes: [channels] };
	let [from, piece] = [0, 0];
	while (piece < known.sizes.length && from + known.sizes[piece]! <= start) from += known.sizes[piece++]!;
	const size = known.sizes[piece] ?? 0;
	if (from + size < end) return null;
	if (from === start && from + size === end && known.layer)
		return [pieceOf(view, at, known.layer.outs[piece]!)];
	const isUsed = known.layer && known.layer.outs[piece]!.readers > 0;
	if (isUsed) return null;
	const parts = [start - from, end - start, from + size - end].filter((n) => n > 0);
	const sizes = known.sizes.toSpliced(piece, 1, ...parts);
	const index = piece + (start > from ? 1 : 0);
	if (!known.layer) {
		const layer = call.add('split', [out], { sizes });
		splits.set(out, { layer, sizes });
		return [pieceOf(view, at, layer.outs[index]!)];
	}
	const { layer } = known;
	call.assembly.change(layer, { sizes }, {});
	const fresh = parts.map((n): Out => ({
		shape: [out.shape[0], out.shape[1], n],
		layer,
		input: null,
		readers: 0,
		isGuess: out.isGuess === true
	}));
	layer.outs = layer.outs.toSpliced(piece, 1, ...fresh);
	known.sizes = sizes;
	return [pieceOf(view, at, layer.outs[index]!)];
}

const splits = new WeakMap<Out, { layer: Layer | null; sizes: readonly number[] }>();

const pieceOf = (view: View, at: number, out: Out): View => ({
	kind: 'view',
	out,
	dims: view.dims.map((dim, i) => (i === at ? whole(out, 2) : dim))
});

/** The view, arranged first where the dimension that is to be cut goes over more than one axis, as after a channel shuffle. */
function alongOneAxis(call: Call, view: View, axis: number): View | null {
	if ((view.dims[axis] ?? []).length <= 1) return view;
	const out = view.dims.length === 4 ? call.settle(view) : null;
	return out && viewOf(out);
}

interface Cut {
	/** The first place that is taken, how many are, and how far apart. */
	readonly from: number;
	readonly count: number;
	readonly step: number;
	/** Of how many. */
	readonly size: number;
}

/** What a slice takes of an axis: ends that are negative are counted from behind, and steps may be, too. */
function cutOf(size: number, start: number, end: number, step: number): Cut {
	const [least, most] = step < 0 ? [-1, size - 1] : [0, size];
	const place = (n: number) => Math.max(least, Math.min(most, n < 0 ? n + size : n));
	const from = place(start);
	return { from, count: Math.max(0, Math.ceil((place(end) - from) / step)), step, size };
}

function sliced(
	call: Call,
	view: View,
	{ axis, from, count, step, size }: Cut & { readonly axis: number }
): Value[] | null {
	if (from === 0 && count === size && step === 1) return [view];
	if (step < 1) return null;
	const along = alongOneAxis(call, view, axis);
	if (!along) return null;
	view = along;
	const dim = view.dims[axis] ?? [];
	const [atom] = dim;
	if (count === 0 || !atom) return null;
	if (atom.axis === 2 && isWhole(dim, view.out, 2) && step === 1 && view.start === undefined)
		return channelsOf(call, view, axis, from, from + count);
	// Each second or third row or column, from the first steps on: what a focus layer begins with.
	if (
		atom.axis === 2 ||
		step < 2 ||
		size % step !== 0 ||
		from >= step ||
		count !== size / step ||
		atom.stride !== 1
	)
		return null;
	const start2 = [...(view.start ?? [0, 0])] as [number, number];
	start2[atom.axis] += from;
	const dims = view.dims.map((other, i) =>
		i === axis ? [{ axis: atom.axis, size: count, stride: step }] : other
	);
	return [{ kind: 'view', out: view.out, dims, start: start2 }];
}

/** Slices of each second row and column of one tensor, side by side: rows and columns go to channels. */
function focused(call: Call, views: readonly View[]): Value[] | null {
	const [one] = views;
	const step = one?.dims[2]?.[0]?.stride ?? 1;
	if (!one || step < 2 || views.length !== step * step) return null;
	const isPart = views.every(({ out, start, dims }) => {
		const [row, column] = [dims[2]?.[0], dims[3]?.[0]];
		return (
			out === one.out &&
			start &&
			dims.length === 4 &&
			row?.stride === step &&
			column?.stride === step &&
			isWhole(dims[1]!, out, 2)
		);
	});
	if (!isPart) return null;
	const places = views.map(({ start }) => start![0] * step + start![1]);
	if (new Set(places).size !== places.length) return null;
	const deep = call.add('spaceToDepth', [one.out], { blockSize: step });
	if (places.every((place, i) => place === i)) return [viewOf(first(deep))];
	const channels = one.out.shape[2];
	const parts = call.add('split', [first(deep)], { sizes: places.map(() => channels) });
	return [
		viewOf(
			first(
				call.add(
					'concat',
					places.map((place) => parts.outs[place]!),
					{}
				)
			)
		)
	];
}

/** Positions of several tensors in one row, as detectors join their heads: of each, rows and columns are one dimension. */
function linedUp(call: Call, views: readonly View[], at: number): Value[] | null {
	const [one] = views;
	if (one?.dims.length !== 3 || at === 0) return null;
	const [places, channels] = [at, 3 - at] as const;
	const areRows = views.every(
		({ out, dims, start }) =>
			start === undefined &&
			dims.length === 3 &&
			dims[0]!.length === 0 &&
			isWhole(dims[channels]!, out, 2) &&
			sameDim(dims[places]!, [...whole(out, 0), ...whole(out, 1)]) &&
			out.shape[2] === one.out.shape[2]
	);
	const count = views.reduce((sum, { out }) => sum + out.shape[0] * out.shape[1], 0);
	// Of single places it is a picture's row or its channels, and others can tell which.
	if (!areRows || count > graphLimits.side || views.every(({ dims }) => dims[places]!.length < 2))
		return null;
	const made = call.add(
		'concatPlaces',
		views.map(({ out }) => out),
		{}
	);
	return [viewOf(first(made), channels === 1 ? 'ncw' : 'nwc')];
}

/** Operators that join and part. */
export const channels: Readonly<Record<string, Handler>> = {
	Concat(call) {
		const views = call.inputs.map((_, i) => call.view(i));
		const [one] = views;
		if (!one) return null;
		const rank = one.dims.length;
		const given = call.int('axis', 1);
		const at = given < 0 ? given + rank : given;
		const all = call.inputs.map((value) =>
			value?.kind === 'view' ? shapeOfView(value) : (value?.dims ?? [])
		);
		call.wanted = (all[0] ?? []).map((n, i) =>
			i === at ? all.reduce((sum, dims) => sum + (dims[i] ?? 0), 0) : n
		);
		if (at !== 1) call.joinedAlong = at;
		if (views.some((view) => !view)) return null;
		if (views.length === 1) return [one];
		const focus = at === 1 ? focused(call, views as View[]) : null;
		if (focus) return focus;
		const fits = (of: readonly View[]) =>
			of.every(
				(view) =>
					view.start === undefined &&
					view.dims.length === rank &&
					view.dims.every(
						(dim, i) =>
							(i === at ? isWhole(dim, view.out, 2) : sameDim(dim, of[0]!.dims[i]!)) &&
							(i === at || dim.every(({ axis }) => axis < 2))
					)
			);
		const lined = linedUp(call, views as View[], at);
		if (lined) return lined;
		let found = views as View[];
		if (!fits(found)) {
			const settled = found.map((view) => (rank === 4 && at === 1 ? call.settle(view) : null));
			if (settled.some((out) => !out)) return null;
			found = settled.map((out) => viewOf(out!));
			if (!fits(found)) return null;
		}
		const made = first(
			call.add(
				'concat',
				found.map(({ out }) => out),
				{}
			)
		);
		return [
			{ kind: 'view', out: made, dims: found[0]!.dims.map((dim, i) => (i === at ? whole(made, 2) : dim)) }
		];
	},
	Split(call) {
		const read = call.view(0);
		if (!read) return null;
		const given = call.int('axis', 0);
		const at = given < 0 ? given + read.dims.length : given;
		const size = sizeOfDim(read.dims[at] ?? []);
		const parts = call.int('num_outputs', call.node.outputs.length);
		const even = Array.from({ length: parts }, (_, i) =>
			Math.max(0, Math.min(Math.ceil(size / parts), size - i * Math.ceil(size / parts)))
		);
		const sizes = call.list('split') ?? call.constant(1)?.numbers() ?? even;
		const view = alongOneAxis(call, read, at);
		if (!view || !isWhole(view.dims[at] ?? [], view.out, 2) || view.start !== undefined) return null;
		if (sizes.some((n) => n < 1)) return null;
		const made = call.add('split', [view.out], { sizes });
		return made.outs.map((out) => pieceOf(view, at, out));
	},
	Slice(call) {
		const view = call.view(0);
		if (!view) return null;
		const starts = call.list('starts') ?? call.constant(1)?.numbers();
		const ends = call.list('ends') ?? call.constant(2)?.numbers();
		if (!starts || !ends) return null;
		const axes = call.list('axes') ?? call.constant(3)?.numbers() ?? starts.map((_, i) => i);
		const steps = call.constant(4)?.numbers() ?? starts.map(() => 1);
		const cuts = axes.map((given, i) => {
			const axis = given < 0 ? given + view.dims.length : given;
			return {
				axis,
				...cutOf(sizeOfDim(view.dims[axis] ?? []), starts[i] ?? 0, ends[i] ?? 0, steps[i] ?? 1)
			};
		});
		const wanted = shapeOfView(view).map((n, i) => cuts.find(({ axis }) => axis === i)?.count ?? n);
		let result: Value[] | null = [view];
		for (const cut of cuts) {
			const last: Value | undefined = result?.[0];
			result = last?.kind === 'view' ? sliced(call, last, cut) : null;
		}
		// Cuts that are not computed here give one shape together.
		call.wanted = wanted.every((n) => n >= 1) ? wanted : null;
		return result;
	}
};
