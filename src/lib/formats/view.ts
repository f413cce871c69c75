import type { Out } from './assembly';

/**
 * Shapes of files as views of tensors that are `[height, width, channels]` here. Each dimension of the view is a product of atoms,
 * outermost first, and an atom walks along one axis of the tensor in steps. Reshaping splits and joins atoms, transposing moves
 * them, and no value moves: what a file writes as Reshape–Transpose–Reshape is then seen for what it is.
 */
export interface View {
	readonly kind: 'view';
	readonly out: Out;
	readonly dims: readonly Dim[];
	/** First row and column, where a slice takes each second or third. */
	readonly start?: readonly [number, number];
}

export type Dim = readonly Atom[];

/** `size` places along an axis (0: height, 1: width, 2: channels), `stride` apart; 0 for the same place again. */
export interface Atom {
	readonly axis: 0 | 1 | 2;
	readonly size: number;
	readonly stride: number;
}

const axisNames = { h: 0, w: 1, c: 2 } as const;

/** A whole axis; nothing where it has a single place. */
export function whole({ shape }: Out, axis: 0 | 1 | 2): Dim {
	return shape[axis] === 1 ? [] : [{ axis, size: shape[axis], stride: 1 }];
}

/** A tensor with its axes in this order: `nchw`, `nhwc`, `nc`. */
export function viewOf(out: Out, order = 'nchw'): View {
	return {
		kind: 'view',
		out,
		dims: Array.from(order, (name) => (name === 'n' ? [] : whole(out, axisNames[name as 'h'])))
	};
}

export const sizeOfDim = (dim: Dim): number => dim.reduce((product, { size }) => product * size, 1);

export const shapeOfView = ({ dims }: View): number[] => dims.map(sizeOfDim);

/** The same view of another tensor of the same shape. */
export function onto(view: View, out: Out): View {
	return { kind: 'view', out, dims: view.dims };
}

/** The view with other sizes; `null` where a dimension would cut an atom where it does not divide. */
export function reshape(view: View, sizes: readonly number[]): View | null {
	const atoms = view.dims.flat();
	const dims: Dim[] = [];
	for (const size of sizes) {
		let left = size;
		const dim: Atom[] = [];
		while (left > 1) {
			const atom = atoms.shift();
			if (!atom) return null;
			if (left % atom.size === 0) {
				dim.push(atom);
				left /= atom.size;
			} else if (atom.size % left === 0) {
				const rest = atom.size / left;
				dim.push({ axis: atom.axis, size: left, stride: atom.stride * rest });
				atoms.unshift({ ...atom, size: rest });
				left = 1;
			} else return null;
		}
		dims.push(joined(dim));
	}
	return atoms.length > 0 ? null : { ...view, dims };
}

/** Atoms that walk on where the one before would step become one. */
export function joined(dim: Dim): Dim {
	const result: Atom[] = [];
	for (const atom of dim) {
		const before = result.at(-1);
		if (before?.axis === atom.axis && before.stride === atom.size * atom.stride)
			result[result.length - 1] = { axis: atom.axis, size: before.size * atom.size, stride: atom.stride };
		else result.push(atom);
	}
	return result;
}

/** The view with dimensions of a single place repeated; `null` where others would be. */
export function tiled(view: View, times: readonly number[]): View | null {
	if (times.length !== view.dims.length) return null;
	if (times.some((n, i) => !(n >= 1) || (n > 1 && view.dims[i]!.length > 0))) return null;
	const dims = view.dims.map((dim, i): Dim =>
		times[i] === 1 ? dim : [{ axis: 0, size: times[i]!, stride: 0 }]
	);
	return { ...view, dims };
}

export function transpose(view: View, order: readonly number[]): View {
	return { ...view, dims: order.map((from) => view.dims[from] ?? []) };
}

export function sameDim(a: Dim, b: Dim): boolean {
	return (
		a.length === b.length &&
		a.every((atom, i) => atom.axis === b[i]!.axis && atom.size === b[i]!.size && atom.stride === b[i]!.stride)
	);
}

export const isWhole = (dim: Dim, out: Out, axis: 0 | 1 | 2): boolean => sameDim(dim, whole(out, axis));

/** Whether the view goes over its tensor from the first value to the last, its dimensions apart. */
export function isFlat({ out, dims, start }: View): boolean {
	const flat = [...whole(out, 0), ...whole(out, 1), ...whole(out, 2)];
	return (
		start === undefined &&
		sameDim(
			dims.flatMap((dim) => dim),
			flat
		)
	);
}

/**
 * What has to be done to a tensor so that the view is the tensor with whole axes:
 * - `none`
 * - `shuffle`: its channels, seen as `groups` rows, are transposed
 * - `depthToSpace`: channels go to rows and columns; `blockLast` where they stand behind the channel that is left
 * - `spaceToDepth`
 * - `repeat`: each row and column stands there so many times
 */
export type Arrangement =
	| { readonly kind: 'none' }
	| { readonly kind: 'shuffle'; readonly groups: number }
	| { readonly kind: 'depthToSpace'; readonly block: number; readonly blockLast: boolean }
	| { readonly kind: 'spaceToDepth'; readonly block: number }
	| { readonly kind: 'repeat'; readonly times: readonly [rows: number, columns: number] };

/** How often each place of an axis stands in a dimension; `null` for any other. */
function timesOf(dim: Dim, out: Out, axis: 0 | 1): number | null {
	if (isWhole(dim, out, axis)) return 1;
	const again = dim.at(-1);
	return again?.stride === 0 && dim.length === 2 && isWhole(dim.slice(0, 1), out, axis) ? again.size : null;
}

/** How a view becomes a tensor with these dimensions as its axes; `null` where it takes more than one operator. */
export function arrangementOf({ out, dims, start }: View, order: string): Arrangement | null {
	if (start !== undefined || dims.length !== order.length) return null;
	const of = { h: [] as Dim, w: [] as Dim, c: [] as Dim };
	for (const [i, name] of Array.from(order).entries()) {
		if (name === 'n') {
			if (dims[i]!.length > 0) return null;
		} else of[name as 'h' | 'w' | 'c'] = dims[i]!;
	}
	const { h, w, c } = of;
	const isAxes = [isWhole(h, out, 0), isWhole(w, out, 1), isWhole(c, out, 2)] as const;
	if (isAxes[0] && isAxes[1]) {
		if (isAxes[2]) return { kind: 'none' };
		const [first, second] = c;
		const isSwapped =
			c.length === 2 &&
			first!.axis === 2 &&
			second!.axis === 2 &&
			first!.stride === 1 &&
			second!.stride === first!.size;
		return isSwapped && first!.size * second!.size === out.shape[2]
			? { kind: 'shuffle', groups: second!.size }
			: null;
	}
	const times = [timesOf(h, out, 0), timesOf(w, out, 1)] as const;
	if (isAxes[2] && times[0] && times[1]) return { kind: 'repeat', times: [times[0], times[1]] };
	const [height, width, channels] = out.shape;
	if (h.length === 2 && w.length === 2 && c.length === 1) {
		const block = h[1]!.size;
		const left = channels / (block * block);
		if (block !== w[1]!.size || !Number.isInteger(left)) return null;
		const wanted = (blockLast: boolean): readonly [Dim, Dim, Dim] => [
			[...whole(out, 0), { axis: 2, size: block, stride: blockLast ? block : block * left }],
			[...whole(out, 1), { axis: 2, size: block, stride: blockLast ? 1 : left }],
			[{ axis: 2, size: left, stride: blockLast ? block * block : 1 }]
		];
		for (const blockLast of [false, true]) {
			const [rows, columns, rest] = wanted(blockLast);
			if (sameDim(h, rows) && sameDim(w, columns) && sameDim(c, rest))
				return { kind: 'depthToSpace', block, blockLast };
		}
		return null;
	}
	if (h.length <= 1 && w.length <= 1 && c.length >= 2) {
		const block = c[0]!.size;
		const wanted: Dim = [
			{ axis: 0, size: block, stride: 1 },
			{ axis: 1, size: block, stride: 1 },
			...whole(out, 2)
		];
		const rows: Dim = height === block ? [] : [{ axis: 0, size: height / block, stride: block }];
		const columns: Dim = width === block ? [] : [{ axis: 1, size: width / block, stride: block }];
		if (sameDim(c, wanted) && sameDim(h, rows) && sameDim(w, columns)) return { kind: 'spaceToDepth', block };
	}
	return null;
}
