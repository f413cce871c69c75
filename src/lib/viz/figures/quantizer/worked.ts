import { formatNumber } from '../../tensor/values';
import type { KnobValues } from '$lib/nets/knobs';
import type { quantizerKnobs } from './knobs';
import type { Coding, Stored } from './stored';

/** The formulas of a coding with its numbers in them, as they are printed; `zeroPoint` only where there is one. */
export interface Worked {
	readonly scale: string;
	readonly zeroPoint: string | null;
	readonly integer: string;
	readonly back: string;
	readonly error: string;
}

export const scaleText = (scale: number): string => formatNumber(scale, 6);
export const realText = (value: number): string => formatNumber(value, 4);

/** What is a difference, but none that four digits show, is not written as none. */
export function errorText(error: number): string {
	const text = realText(error);
	return text === '0' && Math.abs(error) > 1e-6 ? `${error < 0 ? '>−' : '<'}0.0001` : text;
}

const bracketed = (text: string) => (text.startsWith('−') ? `(${text})` : text);

/** Fills in the formulas of a range and a value. */
export function workOut(
	{ low, high }: Pick<KnobValues<typeof quantizerKnobs>, 'low' | 'high'>,
	coding: Coding,
	stored: Stored
): Worked {
	const scale = scaleText(coding.scale);
	const value = formatNumber(stored.value);
	const back = realText(stored.back);
	const { zeroPoint, most } = coding;
	const steps = `round(${value} / ${scale})`;
	const whole = formatNumber(stored.whole);
	const instead = stored.integer === stored.unclipped ? '' : ` → ${formatNumber(stored.integer)}`;
	const error = `${back} − ${bracketed(value)} = ${errorText(stored.error)}`;
	if (coding.scheme === 'symmetric')
		return {
			scale: `max(${formatNumber(-low)}, ${formatNumber(high)}) / ${most} = ${scale}`,
			zeroPoint: null,
			integer: `${steps} = ${whole}${instead}`,
			back: `${scale} · ${bracketed(formatNumber(stored.integer))} = ${back}`,
			error
		};
	return {
		scale: `(${formatNumber(high)} − ${bracketed(formatNumber(low))}) / ${most} = ${scale}`,
		zeroPoint: `round(${formatNumber(-low)} / ${scale}) = round(${formatNumber(-low / coding.scale)}) = ${zeroPoint}`,
		integer: `${steps} + ${zeroPoint} = ${whole} + ${zeroPoint} = ${formatNumber(stored.unclipped)}${instead}`,
		back: `${scale} · (${stored.integer} − ${zeroPoint}) = ${back}`,
		error
	};
}
