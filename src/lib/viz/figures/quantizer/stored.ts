import { integersFor, scaleOr1, stepsOf, toReals } from '$lib/nets/quantization/integers';
import type { Integers, Range } from '$lib/nets/quantization/integers';
import { largestInteger } from '$lib/nets/quantization/spread';
import type { Scheme } from './knobs';

/** Integers from `least` to `most`, and what they stand for. */
export interface Coding extends Integers {
	readonly scheme: Scheme;
	readonly least: number;
	/** The real numbers that they are for. */
	readonly range: Range;
}

/** The integers of a range: as activations get them, or, symmetric, as weights do. */
export function codingFor(range: Range, bits: number, scheme: Scheme): Coding {
	if (scheme === 'affine') return { ...integersFor(range, bits), scheme, least: 0, range };
	const most = largestInteger(bits);
	const scale = scaleOr1(Math.max(-range.low, range.high) / most);
	return { scheme, scale, zeroPoint: 0, least: -most, most, range };
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
	/** A value of the range is not called clipped where only its end was moved, with the zero point: by half a step at most. */
	readonly kind: 'rounding' | 'clipping';
}

/** Stores a value by the integers of a coding. */
export function store(value: number, coding: Coding): Stored {
	const { scale, zeroPoint, least, most, range } = coding;
	const steps = value / scale;
	// A zero has no sign among integers.
	const whole = stepsOf(value, scale) + 0;
	const unclipped = whole + zeroPoint;
	const integer = Math.min(Math.max(unclipped, least), most);
	const back = backOf(integer, coding);
	const error = back - value;
	// Half a step as float32 has it.
	const isFar = Math.abs(error) > 0.50001 * scale;
	const isBeyond = value < range.low || value > range.high;
	return {
		...{ value, steps, whole, unclipped, integer, back, error },
		kind: integer !== unclipped && (isFar || isBeyond) ? 'clipping' : 'rounding'
	};
}

/** What an integer stands for. */
export function backOf(integer: number, coding: Coding): number {
	if (coding.scheme === 'affine') return toReals(Uint8Array.of(integer), coding)[0]!;
	return Math.fround(integer * coding.scale);
}
