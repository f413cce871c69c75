import { countOf } from '../tensors';
import type { GraphNode } from './node';

/** A tensor that is known while the file is read: a weight, or a shape that is computed. */
export interface Constant {
	readonly kind: 'constant';
	readonly dims: readonly number[];
	/** `null` where the file came without its weights. */
	readonly values: ArrayLike<number> | null;
}

/** Most values of what is computed while a file is read: shapes, axes, small tables. */
const computedValues = 1 << 16;

export const constantOf = (dims: readonly number[], values: ArrayLike<number> | null): Constant => ({
	...{ kind: 'constant', dims, values }
});

/** A small constant's numbers; `null` where there are none, or too many to compute with. */
export const numbersOf = (constant: Constant | null | undefined): number[] | null =>
	constant?.values && constant.values.length <= computedValues ? Array.from(constant.values) : null;

const pairwise: Readonly<Record<string, (a: number, b: number) => number>> = {
	Add: (a, b) => a + b,
	AddV2: (a, b) => a + b,
	Sub: (a, b) => a - b,
	Mul: (a, b) => a * b,
	RealDiv: (a, b) => a / b,
	Div: (a, b) => a / b,
	FloorDiv: (a, b) => Math.floor(a / b),
	FloorMod: (a, b) => a - Math.floor(a / b) * b,
	Maximum: Math.max,
	Minimum: Math.min
};

const single: Readonly<Record<string, (a: number) => number>> = {
	Neg: (a) => -a,
	Sqrt: Math.sqrt,
	Rsqrt: (a) => 1 / Math.sqrt(a),
	Floor: Math.floor,
	Ceil: Math.ceil
};

/** What a node makes of constants alone; `null` for a kind that is not computed while a file is read. */
export function folded(node: GraphNode, inputs: readonly Constant[]): Constant | null {
	const { op } = node;
	const [x, y] = inputs;
	if (!x) return null;
	if (['Identity', 'Cast', 'StopGradient', 'Snapshot', 'PlaceholderWithDefault', 'Enter'].includes(op))
		return x;
	if (op === 'Reshape' || op === 'Squeeze' || op === 'ExpandDims')
		return { ...x, dims: reshaped(node, x, y) };
	const numbers = inputs.map(numbersOf);
	if (numbers.some((list) => list === null)) return null;
	const [a, b] = numbers as number[][];
	const of = pairwise[op];
	if (of && a && b && y) {
		const length = Math.max(a.length, b.length);
		if ([a, b].some((list) => list.length !== length && list.length !== 1)) return null;
		const dims = a.length >= b.length && x.dims.length >= y.dims.length ? x.dims : y.dims;
		return constantOf(
			dims,
			Float64Array.from({ length }, (_, i) => of(a[a.length === 1 ? 0 : i]!, b[b.length === 1 ? 0 : i]!))
		);
	}
	const one = single[op];
	if (one) return constantOf(x.dims, Float64Array.from(a!, one));
	switch (op) {
		case 'Pack':
			return constantOf([inputs.length, ...x.dims], (numbers as number[][]).flat());
		case 'ConcatV2':
			return inputs.slice(0, -1).every(({ dims }) => dims.length === 1)
				? constantOf(
						[countOf([numbers.slice(0, -1).flat().length])],
						(numbers as number[][]).slice(0, -1).flat()
					)
				: null;
		case 'StridedSlice':
			return sliced(node, x, numbers as number[][]);
		case 'Prod':
			return constantOf([], [a!.reduce((product, n) => product * n, 1)]);
		case 'GatherV2':
		case 'Gather':
			return x.dims.length === 1
				? constantOf(
						y?.dims ?? [],
						(b ?? []).map((at) => a![at] ?? 0)
					)
				: null;
		case 'Fill':
			return countOf(a!) <= computedValues && b
				? constantOf(a!, new Array<number>(countOf(a!)).fill(b[0]!))
				: null;
		default:
			return null;
	}
}

function reshaped(node: GraphNode, x: Constant, y: Constant | undefined): readonly number[] {
	const wanted = node.op === 'Reshape' ? numbersOf(y) : null;
	if (wanted) {
		const known = wanted.reduce((product, n) => product * (n === -1 ? 1 : n), 1);
		return wanted.map((n) => (n === -1 ? countOf(x.dims) / known : n));
	}
	if (node.op === 'ExpandDims') {
		const [at = 0] = numbersOf(y) ?? [];
		return x.dims.toSpliced(at < 0 ? at + x.dims.length + 1 : at, 0, 1);
	}
	const gone = node.ints('squeeze_dims', 'axis').map((axis) => (axis < 0 ? axis + x.dims.length : axis));
	return x.dims.filter((n, i) => (gone.length > 0 ? !gone.includes(i) : n !== 1));
}

/** A part of a list, or one of its numbers. */
function sliced(node: GraphNode, { dims }: Constant, numbers: readonly number[][]): Constant | null {
	const [list = [], [start = 0] = [], [end = 0] = [], [step = 1] = []] = numbers;
	if (dims.length !== 1 || step < 1) return null;
	const at = (n: number) => Math.min(list.length, Math.max(0, n < 0 ? n + list.length : n));
	if ((node.int('shrink_axis_mask', 0) & 1) === 1) return constantOf([], [list[at(start)] ?? 0]);
	const from = (node.int('begin_mask', 0) & 1) === 1 ? 0 : at(start);
	const to = (node.int('end_mask', 0) & 1) === 1 ? list.length : at(end);
	const part = list.slice(from, to).filter((_, i) => i % step === 0);
	return constantOf([part.length], part);
}
