/** The scales of the paper's table 2, and the budgets that they stand for in millions of MACs ("MFLOPs" in the paper). */
export const budgets = [
	{ scale: 1, millions: 140 },
	{ scale: 0.5, millions: 38 },
	{ scale: 0.25, millions: 13 }
] as const;

export const groupWidthsKnobs = {
	scale: { kind: 'choice', choices: [1, 0.5, 0.25], default: 1, symbol: 's', unit: '×' }
} as const;
