/** Knobs of the figure: what its address holds. */
export const fightKnobs = {
	/** What the chart puts beside the accuracy. */
	x: { kind: 'choice', choices: ['macs', 'params', 'time'], default: 'macs' }
} as const;
export type FightAxis = (typeof fightKnobs.x.choices)[number];
