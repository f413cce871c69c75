export const multiplierKnobs = {
	alpha: {
		kind: 'choice',
		choices: [0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1],
		default: 1,
		symbol: 'α'
	},
	/** ρ is this over 224. */
	resolution: { kind: 'choice', choices: [64, 96, 128, 160, 192, 224], default: 224, unit: 'px' }
} as const;

/** The network that both multipliers are 1 of. */
export const whole = { alpha: 1, resolution: 224 } as const;
