/** Channels of every layer: many numbers of groups divide them, and every line between two can be drawn. */
export const channels = 12;

export const blockedFlowKnobs = {
	groups: { kind: 'choice', choices: [1, 2, 3, 4, 6], default: 3, symbol: 'g' },
	/** Group convolutions one after the other. */
	layers: { kind: 'number', min: 1, max: 4, step: 1, default: 2, whole: true },
	mix: { kind: 'choice', choices: ['shuffle', 'noShuffle', 'pointwise'], default: 'shuffle' }
} as const;
