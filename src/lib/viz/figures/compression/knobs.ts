/** Knobs of Deep Compression: what an address holds. */
export const compressionKnobs = {
	/** Percent of a layer's weights that are pruned. */
	prune: { kind: 'number', min: 0, max: 95, step: 1, default: 40, whole: true },
	/** Bits of a weight's code. */
	bits: { kind: 'number', min: 1, max: 8, step: 1, default: 5, whole: true }
} as const;
