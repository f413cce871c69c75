import { checkNumber } from './check';
import { elementwise } from './elementwise';
import type { Geometry } from './types';

/** `rate` is the share of values that training drops; 0.5 by default. */
export interface DropoutOptions {
	readonly rate?: number;
}

export interface DropoutGeometry extends Geometry {
	readonly rate: number;
}

/** Dropout at inference: nothing is dropped. */
export const dropout = elementwise<DropoutOptions, Pick<DropoutGeometry, 'rate'>>({
	kind: 'dropout',
	role: 'dropout',
	form: 'copy',
	fields: { rate: 'number?' },
	resolve(options) {
		const fits = (value: number) => value >= 0 && value < 1;
		return { rate: checkNumber('rate', options.rate ?? 0.5, fits, 'from 0 to below 1', 0.5) };
	},
	apply: (x) => x,
	opsPerValue: 0
});
