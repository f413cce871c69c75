import { mostActivationBits } from '$lib/nets/quantization/integers';

/** Of the two ways to choose steps: with a zero point, or with as many integers below zero as above. */
const schemes = ['affine', 'symmetric'] as const;
export type Scheme = (typeof schemes)[number];

/**
 * A range, and a value that becomes an integer. Zero lies in every range, and integers stand for numbers up to half a step outside
 * of it, since zero is one of them: values go as far.
 */
export const quantizerKnobs = {
	low: { kind: 'number', min: -4, max: 0, step: 0.01, default: -1.21 },
	high: { kind: 'number', min: 0.5, max: 6.5, step: 0.01, default: 5.14 },
	value: { kind: 'number', min: -7, max: 8, step: 0.01, default: 1.03 },
	bits: { kind: 'number', min: 2, max: 8, step: 1, default: mostActivationBits, whole: true },
	scheme: { kind: 'choice', choices: schemes, default: 'affine' }
} as const;

/** A value beyond the range that the figure opens with. */
export const beyond = 6.02;
