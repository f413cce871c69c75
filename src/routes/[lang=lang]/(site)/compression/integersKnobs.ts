import { activationBitsFor, mostActivationBits } from '$lib/nets/quantization/integers';
import type { Granularity } from '$lib/nets/quantization/kernel';

/** What gets fewer bits. */
const lowerings = ['both', 'weights'] as const;
export type Lowered = (typeof lowerings)[number];

const scales = ['channel', 'tensor'] as const satisfies readonly Granularity[];

/** How networks become integers: what an address holds. */
export const integersKnobs = {
	/** Bits of a weight. */
	width: { kind: 'number', min: 2, max: 8, step: 1, default: 8, whole: true },
	/** Whether activations get as few bits as weights, or keep all that they have at 8. */
	lowered: { kind: 'choice', choices: lowerings, default: 'both' },
	/** Whether each output channel has its own scale. */
	scales: { kind: 'choice', choices: scales, default: 'channel' }
} as const;

/** Bits of an activation, where weights have so many. */
export const activationBitsOf = (bits: number, lowered: Lowered): number =>
	lowered === 'both' ? activationBitsFor(bits) : mostActivationBits;
