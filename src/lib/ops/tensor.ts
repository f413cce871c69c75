import type { Cell, Cost, Geometry, ParamCount, Shape, Tensor, Weights, WeightSpec } from './types';

/** Number of values of a tensor of this shape. */
export function sizeOf(shape: readonly number[]): number {
	return shape.reduce((product, n) => product * n, 1);
}

/** A tensor of zeros. */
export function zeros<S extends readonly number[]>(shape: S): Tensor<S> {
	return { shape, data: new Float64Array(sizeOf(shape)) };
}

/** A tensor of the given values. */
export function tensor<S extends readonly number[]>(shape: S, values: ArrayLike<number>): Tensor<S> {
	return { shape, data: Float64Array.from(values) };
}

/** Index of a cell in the data of a tensor of this shape. */
export function cellIndex(shape: Shape, cell: Cell): number {
	return (cell.y * shape[1] + cell.x) * shape[2] + cell.channel;
}

/** The cell at an index of the data of a tensor of this shape. */
export function cellAt(shape: Shape, index: number, tensorIndex = 0): Cell {
	const position = Math.floor(index / shape[2]);
	return {
		tensor: tensorIndex,
		y: Math.floor(position / shape[1]),
		x: position % shape[1],
		channel: index % shape[2]
	};
}

/** Whether a position lies in a tensor of this shape; taps on padding do not. */
export function isInside(shape: Shape, { y, x, channel }: Cell): boolean {
	return y >= 0 && y < shape[0] && x >= 0 && x < shape[1] && channel >= 0 && channel < shape[2];
}

/** Values of one of several tensors. Throws a `RangeError` where there is none. */
export function dataOf(tensors: readonly Tensor[], index: number): Float64Array {
	const found = tensors[index];
	if (!found) throw new RangeError(`there is no tensor ${index}`);
	return found.data;
}

/** Values of a weight. Throws a `RangeError` where there is none. */
export function weightData(weights: Weights, name: string): Float64Array {
	const found = weights[name];
	if (!found) throw new RangeError(`there is no weight ${name}`);
	return found.data;
}

/** Numbers of parameters by role. */
function countParams(specs: readonly WeightSpec[]): ParamCount {
	const count = { weight: 0, bias: 0, bnTrainable: 0, bnStatistics: 0 };
	for (const spec of specs) count[spec.role] += sizeOf(spec.shape);
	return count;
}

/** Sum of the sizes of several tensors. */
export function totalSize(shapes: readonly Shape[]): number {
	return shapes.reduce((sum, shape) => sum + sizeOf(shape), 0);
}

/** The cost of an operator whose inputs, weights and outputs each cross the memory bus once, as float32. */
export function costOf(
	g: Geometry,
	specs: readonly WeightSpec[],
	counts: { readonly macs: number; readonly otherOps: number }
): Cost {
	const weights = specs.reduce((sum, spec) => sum + sizeOf(spec.shape), 0);
	return {
		params: countParams(specs),
		macs: counts.macs,
		otherOps: counts.otherOps,
		bytesRead: 4 * (totalSize(g.inputs) + weights),
		bytesWritten: 4 * totalSize(g.outputs)
	};
}
