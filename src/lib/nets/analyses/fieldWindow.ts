import type { SpatialMap } from '../../ops';
import type { ResolvedGraph } from '../resolve';

/** A window of input positions, both ends included. */
export interface FieldWindow {
	readonly top: number;
	readonly bottom: number;
	readonly left: number;
	readonly right: number;
}

/** Positions of a tensor: each of the rows with each of the columns. */
interface Cross {
	readonly rows: ReadonlySet<number>;
	readonly columns: ReadonlySet<number>;
}

/**
 * The smallest window of the first input that holds all positions that one position of a tensor depends on; `null` where it
 * depends on none, since all that it reads is padding. Followed back operator by operator, so that it is right at edges too, where
 * padding stands in for what an operator before has not computed, and behind a transposed convolution, which reads another
 * number of rows at each phase of its stride.
 */
export function fieldWindow(
	resolved: ResolvedGraph,
	tensor: number,
	y: number,
	x: number
): FieldWindow | null {
	const read = new Map<number, readonly Cross[]>([[tensor, [{ rows: new Set([y]), columns: new Set([x]) }]]]);
	for (const node of resolved.nodes.toReversed()) {
		const map = node.operator.spatial(node.geometry);
		for (const wanted of node.outputs.flatMap(({ index }) => read.get(index) ?? [])) {
			for (const [i, { index, shape }] of node.inputs.entries()) {
				const { rows, columns } =
					map.kind === 'lined'
						? unlined(wanted.columns, map.sizes, i)
						: {
								rows: readAlong(wanted.rows, map, 0, shape[0]),
								columns: readAlong(wanted.columns, map, 1, shape[1])
							};
				if (rows.size > 0 && columns.size > 0)
					read.set(index, joined(read.get(index) ?? [], { rows, columns }));
			}
		}
	}
	const crosses = read.get(0);
	if (!crosses) return null;
	const rows = crosses.flatMap((cross) => [...cross.rows]);
	const columns = crosses.flatMap((cross) => [...cross.columns]);
	return {
		top: Math.min(...rows),
		bottom: Math.max(...rows),
		left: Math.min(...columns),
		right: Math.max(...columns)
	};
}

/** Positions of an input that stand at these places of a row of all inputs' positions. */
function unlined(
	places: ReadonlySet<number>,
	sizes: readonly (readonly [number, number])[],
	input: number
): Cross {
	const before = sizes.slice(0, input).reduce((sum, [height, width]) => sum + height * width, 0);
	const [height, width] = sizes[input]!;
	const own = [...places].map((place) => place - before).filter((at) => at >= 0 && at < height * width);
	return {
		rows: new Set(own.map((at) => Math.floor(at / width))),
		columns: new Set(own.map((at) => at % width))
	};
}

/** Positions of an input, `size` in a row, that the operator reads for positions of its output, along one axis. */
function readAlong(
	wanted: ReadonlySet<number>,
	map: Exclude<SpatialMap, { kind: 'lined' }>,
	axis: 0 | 1,
	size: number
): Set<number> {
	if (map.kind === 'global') return new Set(Array.from({ length: size }, (_, i) => i));
	// Of an input with a single position, every output reads that one.
	if (map.kind === 'pointwise') return size === 1 ? new Set([0]) : new Set(wanted);
	if (map.kind === 'resample')
		return new Set([...wanted].flatMap((position) => map.reads[axis][position] ?? []));
	const found = new Set<number>();
	const [kernelSize, stride] = [map.kernelSize[axis], map.stride[axis]];
	const [dilation, padding] = [map.dilation[axis], map.padding[axis]];
	for (const position of wanted) {
		for (let tap = 0; tap < kernelSize; tap++) {
			const at =
				map.kind === 'window'
					? position * stride - padding + tap * dilation
					: (position + padding - tap * dilation) / stride;
			if (Number.isInteger(at) && at >= 0 && at < size) found.add(at);
		}
	}
	return found;
}

/** Crosses with one more, but for those that lie within another: where a shortcut meets its branch, one is left. */
function joined(crosses: readonly Cross[], added: Cross): readonly Cross[] {
	if (crosses.some((cross) => isWithin(added, cross))) return crosses;
	return [...crosses.filter((cross) => !isWithin(cross, added)), added];
}

const isWithin = (inner: Cross, outer: Cross) =>
	[...inner.rows].every((row) => outer.rows.has(row)) &&
	[...inner.columns].every((column) => outer.columns.has(column));
