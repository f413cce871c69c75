/** Channels divide into every number of groups, and so does a quarter of them. */
export const equalCostKnobs = {
	channels: { kind: 'choice', choices: [96, 192, 288, 384, 480, 768, 960], default: 480, symbol: 'c' },
	groups: { kind: 'choice', choices: [1, 2, 3, 4, 8], default: 3, symbol: 'g' }
} as const;
