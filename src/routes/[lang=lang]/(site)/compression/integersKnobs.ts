import type { Granularity } from '$lib/nets/quantization/kernel';

const scales = ['channel', 'tensor'] as const satisfies readonly Granularity[];

/** How networks become integers: what an address holds. */
export const integersKnobs = {
	/** Bits of a weight. */
	width: { kind: 'number', min: 2, max: 8, step: 1, default: 8, whole: true },
	/** Whether each output channel has its own scale. */
	scales: { kind: 'choice', choices: scales, default: 'channel' }
} as const;
