import { formatChoice, formatValue, OpError } from './errors';
import type { Shape, Some } from './types';

/** Along height and along width. */
export type Pair = readonly [height: number, width: number];

/** One number for both directions, or one for each. */
export type Size = number | Pair;

/** The divisors of a whole number, ascending. */
export function divisors(n: number): number[] {
	const small: number[] = [];
	for (let d = 1; d * d <= n; d++) if (n % d === 0) small.push(d);
	const large = small.map((d) => n / d).reverse();
	return small.at(-1) === large[0] ? [...small, ...large.slice(1)] : [...small, ...large];
}

/** The numbers of groups into which convolutions with these channels can be split, ascending. */
export function validGroups(inChannels: number, outChannels: number): number[] {
	return divisors(inChannels).filter((d) => outChannels % d === 0);
}

/** The multiples of `n` next to `value`, at least `n`: what a number of channels could be so that `n` groups divide it. */
export function nearestMultiples(n: number, value: number): number[] {
	const below = Math.floor(value / n) * n;
	if (below === value) return [value];
	return below > 0 ? [below, below + n] : [below + n];
}

/** Returns `value` if it is a whole number of at least `min`. `path` is where in the `argument` it stands (`stride[0]`). */
export function checkWhole(argument: string, value: unknown, min: number, path = argument): number {
	if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min) return value;
	const valid =
		typeof value === 'number' && Number.isFinite(value)
			? [...new Set([Math.floor(value), Math.ceil(value)].map((v) => Math.max(min, v)))]
			: [min];
	throw new OpError({
		code: 'wholeNumber',
		argument,
		value,
		valid,
		params: { path, min },
		message: `${path} = ${formatValue(value)} is not a whole number of at least ${min}; ${formatChoice(valid)} would do`
	});
}

/** Returns `value` if it is a finite number that `fits`; `range` says which do (`at least 0`), `nearest` names one. */
export function checkNumber(
	argument: string,
	value: unknown,
	fits: (value: number) => boolean,
	range: string,
	nearest: number
): number {
	if (typeof value === 'number' && Number.isFinite(value) && fits(value)) return value;
	throw new OpError({
		code: 'number',
		argument,
		value,
		valid: [nearest],
		params: { path: argument, range },
		message: `${argument} = ${formatValue(value)} is not a number ${range}; ${nearest} would do`
	});
}

/** Returns `value` if it is true or false. */
export function checkFlag(argument: string, value: unknown): boolean {
	if (typeof value === 'boolean') return value;
	throw new OpError({
		code: 'flag',
		argument,
		value,
		valid: ['true', 'false'],
		params: { path: argument },
		message: `${argument} = ${formatValue(value)} is neither true nor false`
	});
}

/** Resolves a {@link Size} to a pair of whole numbers from `min` on. */
export function checkPair(argument: string, value: unknown, min = 1): Pair {
	if (typeof value === 'number') {
		const size = checkWhole(argument, value, min);
		return [size, size];
	}
	if (Array.isArray(value) && value.length === 2) {
		return [
			checkWhole(argument, value[0], min, `${argument}[0]`),
			checkWhole(argument, value[1], min, `${argument}[1]`)
		];
	}
	throw new OpError({
		code: 'pair',
		argument,
		value,
		valid: [],
		params: { path: argument },
		message: `${argument} = ${formatValue(value)} is neither a whole number nor a pair [height, width] of them`
	});
}

/** Throws unless there are `expected` inputs (at least, with `more`), each a shape of whole numbers from 1 on. */
export function checkInputs(
	kind: string,
	inputs: readonly Shape[],
	expected: number,
	more = false
): asserts inputs is Some<Shape> {
	const fits = more ? inputs.length >= expected : inputs.length === expected;
	if (!fits) {
		const words = `${more ? 'at least ' : ''}${expected} input${expected === 1 ? '' : 's'}`;
		throw new OpError({
			code: 'inputCount',
			argument: 'inputs',
			value: inputs.length,
			valid: [expected],
			params: { kind, expected, more: more ? 1 : 0 },
			message: `inputs = ${inputs.length} tensor${inputs.length === 1 ? '' : 's'}; ${kind} takes ${words}`
		});
	}
	inputs.forEach((shape, i) => {
		if (shape.length === 3 && shape.every((n) => Number.isSafeInteger(n) && n >= 1)) return;
		throw new OpError({
			code: 'shape',
			argument: 'inputs',
			value: shape,
			valid: [],
			params: { path: `inputs[${i}]` },
			message: `inputs[${i}] = ${formatValue(shape)} is not a shape [height, width, channels] of whole numbers from 1 on`
		});
	});
}

/** Error for an input whose shape does not fit the first one's; `rule` says what would, `valid` names such shapes. */
export function shapesDiffer(
	kind: string,
	inputs: Some<Shape>,
	index: number,
	rule: string,
	valid: readonly Shape[] = [inputs[0]]
): OpError {
	const first = formatValue(inputs[0]);
	const value = inputs[index];
	return new OpError({
		code: 'shapesDiffer',
		argument: 'inputs',
		value,
		valid: valid.map(formatValue),
		params: { kind, path: `inputs[${index}]`, first },
		message: `inputs[${index}] = ${formatValue(value)} does not fit inputs[0] = ${first}; ${kind} needs ${rule}`
	});
}
