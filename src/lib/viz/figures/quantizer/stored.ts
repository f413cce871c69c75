import { integersFor, roundToEven, scaleOr1, toIntegers, toReals } from '$lib/nets/quantization/integers';
import type { Integers, Range } from '$lib/nets/quantization/integers';
import { nearest } from '$lib/nets/quantization/kernel';
import { largestInteger } from '$lib/nets/quantization/spread';
import type { Scheme } from './knobs';

/** Integers from `least` to `most`, and what they stand for. */
export interface Coding extends Integers {
	readonly scheme: Scheme;
	readonly least: number;
}

/** The integers of a range: as activations get them, or, symmetric, as weights do. */
export function codingFor(range: Range, bits: number, scheme: Scheme): Coding {
	if (scheme === 'affine') return { ...integersFor(range, bits), scheme, least: 0 };
	const most = largestInteger(bits);
	const scale = scaleOr1(Math.max(-range.low, range.high) / most);
	return { scheme, scale, zeroPoint: 0, least: -most, most };
}

/** A value, the integer that is stored for it, and what that is read back as. */
export interface Stored {
	readonly value: number;
	/** How many steps it is long, and that rounded. */
	readonly steps: number;
	readonly whole: number;
	/** Where it would be stored, were there integers without end. */
	readonly unclipped: number;
	readonly integer: number;
	readonly back: number;
	/** What is read back, less the value. */
	readonly error: number;
	readonly kind: 'rounding' | 'clipping';
}

/** Stores a value by the integers of a coding. */
export function store(value: number, coding: Coding): Stored {
	const { scale, zeroPoint, least, most } = coding;
	const steps = value / scale;
	// Each scheme's own rounding, where a value lies between two integers; a zero has no sign among them.
	const whole = coding.scheme === 'affine' ? roundToEven(Math.fround(steps)) : Math.round(steps) + 0;
	const unclipped = whole + zeroPoint;
	const integer = integerOf(value, coding);
	const back = backOf(integer, coding);
	return {
		...{ value, steps, whole, unclipped, integer, back },
		error: back - value,
		kind: unclipped < least || unclipped > most ? 'clipping' : 'rounding'
	};
}

function integerOf(value: number, coding: Coding): number {
	if (coding.scheme === 'affine') return toIntegers([value], coding)[0]!;
	return nearest(value, coding.scale, coding.most) + 0;
}

/** What an integer stands for. */
export function backOf(integer: number, coding: Coding): number {
	if (coding.scheme === 'affine') return toReals(Uint8Array.of(integer), coding)[0]!;
	return Math.fround(integer * coding.scale);
}
