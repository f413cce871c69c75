import { permute } from '../permute';
import { constantOf, countOf, filled, type Constant } from './constant';

/** What an operator makes of constants, where it is one that shapes are computed with; `null` for any other. */
export function foldConstants(
	type: string,
	name: string,
	inputs: readonly (Constant | null)[],
	{
		axis,
		axes,
		perm,
		to,
		value
	}: {
		axis: number | null;
		axes: readonly number[] | null;
		perm: readonly number[] | null;
		to: number;
		value: number;
	}
): Constant | null {
	const [a, b] = inputs;
	if (!a) return null;
	const made = (dims: readonly number[], numbers: readonly number[]) => constantOf(name, dims, numbers);
	switch (type) {
		case 'Identity':
			return a;
		case 'Cast':
			// To whole numbers, or to what is already exact here.
			return to === 6 || to === 7 ? made(a.dims, a.numbers().map(Math.trunc)) : a;
		case 'Add':
			return b ? pointwise(name, a, b, (x, y) => x + y) : null;
		case 'Sub':
			return b ? pointwise(name, a, b, (x, y) => x - y) : null;
		case 'Mul':
			return b ? pointwise(name, a, b, (x, y) => x * y) : null;
		case 'Div':
			return b
				? pointwise(name, a, b, (x, y) => (isWhole(a) && isWhole(b) ? Math.trunc(x / y) : x / y))
				: null;
		case 'Mod':
			return b ? pointwise(name, a, b, (x, y) => x - Math.floor(x / y) * y) : null;
		case 'Where': {
			const [yes, no] = [b, inputs[2]];
			if (!yes || !no) return null;
			const from = [a, yes, no].map((of) => of.numbers());
			const length = Math.max(...from.map((list) => list.length));
			const longest = [a, yes, no].find((of) => countOf(of.dims) === length)!;
			if (from.some((list) => list.length !== length && list.length !== 1)) return null;
			const at = (list: readonly number[], i: number) => list[list.length === 1 ? 0 : i]!;
			return made(
				longest.dims,
				Array.from({ length }, (_, i) => at(at(from[0]!, i) !== 0 ? from[1]! : from[2]!, i))
			);
		}
		case 'Expand': {
			const wanted = b?.numbers() ?? [];
			const rank = Math.max(wanted.length, a.dims.length);
			const of = (list: readonly number[], i: number) => list[i - rank + list.length] ?? 1;
			const dims = Array.from({ length: rank }, (_, i) => Math.max(of(a.dims, i), of(wanted, i)));
			if (countOf(dims) === countOf(a.dims)) return { ...a, name, dims };
			return countOf(a.dims) === 1 && countOf(dims) <= 1 << 16
				? made(dims, new Array<number>(countOf(dims)).fill(a.numbers()[0]!))
				: null;
		}
		case 'Equal':
			return b ? pointwise(name, a, b, (x, y) => (x === y ? 1 : 0)) : null;
		case 'Floor':
			return made(a.dims, a.numbers().map(Math.floor));
		case 'Ceil':
			return made(a.dims, a.numbers().map(Math.ceil));
		case 'Neg':
			return made(
				a.dims,
				a.numbers().map((x) => -x)
			);
		case 'Sqrt':
			return made(a.dims, a.numbers().map(Math.sqrt));
		case 'Shape':
			return made([a.dims.length], a.dims);
		case 'ConstantOfShape':
			return filled(name, a.numbers(), value);
		case 'Unsqueeze': {
			const at = axes ?? b?.numbers() ?? [];
			const rank = a.dims.length + at.length;
			const places = new Set(at.map((one) => (one < 0 ? one + rank : one)));
			const rest = [...a.dims];
			return {
				...a,
				name,
				dims: Array.from({ length: rank }, (_, i) => (places.has(i) ? 1 : (rest.shift() ?? 1)))
			};
		}
		case 'Squeeze': {
			const at = axes ?? b?.numbers() ?? null;
			const places = at && new Set(at.map((one) => (one < 0 ? one + a.dims.length : one)));
			return { ...a, name, dims: a.dims.filter((n, i) => (places ? !places.has(i) : n !== 1)) };
		}
		case 'Gather': {
			if (!b || a.dims.length !== 1 || (axis ?? 0) !== 0) return null;
			const from = a.numbers();
			return made(
				b.dims,
				b.numbers().map((i) => from[i < 0 ? i + from.length : i] ?? 0)
			);
		}
		case 'Concat': {
			const parts = inputs.flatMap((input) => input ?? []);
			if (parts.length !== inputs.length || parts.some(({ dims }) => dims.length > 1)) return null;
			const numbers = parts.flatMap((part) => part.numbers());
			return made([numbers.length], numbers);
		}
		case 'Slice': {
			if (a.dims.length !== 1) return null;
			const [start = 0, end = Infinity] = [b?.numbers()[0], inputs[2]?.numbers()[0]];
			if ((inputs[4]?.numbers()[0] ?? 1) !== 1) return null;
			const numbers = a.numbers().slice(start, end);
			return made([numbers.length], numbers);
		}
		case 'Reshape': {
			if (!b) return null;
			const wanted = b.numbers();
			const known = wanted.reduce(
				(product, n, i) => product * (n === -1 ? 1 : n === 0 ? (a.dims[i] ?? 1) : n),
				1
			);
			const dims = wanted.map((n, i) =>
				n === -1 ? countOf(a.dims) / known : n === 0 ? (a.dims[i] ?? 1) : n
			);
			return countOf(dims) === countOf(a.dims) ? { ...a, name, dims } : null;
		}
		case 'Transpose':
			return a.dims.length < 2 ? a : transposed(a, name, perm ?? a.dims.map((_, i) => a.dims.length - 1 - i));
		case 'Range': {
			const [start = 0, limit = 0, delta = 1] = inputs.map((input) => input?.numbers()[0]);
			const count = Math.max(0, Math.ceil((limit - start) / delta));
			if (!(count <= 1 << 16)) return null;
			return made(
				[count],
				Array.from({ length: count }, (_, i) => start + i * delta)
			);
		}
		default:
			return null;
	}
}

/** A weight that the file turns before it is used. */
function transposed(a: Constant, name: string, perm: readonly number[]): Constant | null {
	const isOrder = perm.length === a.dims.length && new Set(perm).size === perm.length;
	if (!isOrder || !perm.every((axis) => axis >= 0 && axis < perm.length)) return null;
	const turned = (values: Float32Array | null) => values && permute(values, a.dims, perm);
	return {
		...{ kind: 'constant', name, dims: perm.map((axis) => a.dims[axis]!) },
		values: () => turned(a.values()),
		numbers: () => Array.from(permute(Float64Array.from(a.numbers()), a.dims, perm))
	};
}

const isWhole = (of: Constant) => of.numbers().every(Number.isInteger);

/** A function of two values; one of the two may be a single one. */
function pointwise(
	name: string,
	a: Constant,
	b: Constant,
	run: (x: number, y: number) => number
): Constant | null {
	const [x, y] = [a.numbers(), b.numbers()];
	const longer = x.length >= y.length ? a : b;
	if (x.length !== y.length && x.length !== 1 && y.length !== 1) return null;
	const numbers = Array.from({ length: Math.max(x.length, y.length) }, (_, i) =>
		run(x[x.length === 1 ? 0 : i]!, y[y.length === 1 ? 0 : i]!)
	);
	return constantOf(name, longer.dims, numbers);
}
