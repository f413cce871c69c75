import { checkNumber } from './check';
import { elementwise } from './elementwise';
import type { Geometry, Operator } from './types';

/** `rate` is the share of values that training drops; 0.5 by default. */
export interface DropoutOptions {
	readonly rate?: number;
}

export interface DropoutGeometry extends Geometry {
	readonly rate: number;
}

const identity = elementwise('dropout', (x) => x, 0);

/** Dropout at inference: nothing is dropped. */
export const dropout: Operator<DropoutOptions, DropoutGeometry> = {
	...identity,
	geometry(inputs, options) {
		const rate = checkNumber(
			'rate',
			options.rate ?? 0.5,
			(value) => value >= 0 && value < 1,
			'from 0 to below 1',
			0.5
		);
		return { ...identity.geometry(inputs, options), rate };
	}
};
