/** Units of the paper's figure 2: (a) with a depthwise convolution, (b) with group pointwise ones and shuffle, (c) with stride 2. */
export const unitStages = ['bottleneck', 'grouped', 'strided'] as const;
export type UnitStage = (typeof unitStages)[number];

export const unitKnobs = {
	stage: { kind: 'choice', choices: unitStages, default: 'bottleneck' },
	groups: { kind: 'choice', choices: [1, 2, 3, 4], default: 3, symbol: 'g' }
} as const;

/** The most groups, for as many of which there is always a shape. */
export const maxGroups = 4;
