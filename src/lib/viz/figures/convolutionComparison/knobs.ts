/** Knobs of the figure: what its address holds. */
export const comparisonKnobs = {
	/** What the chart puts beside the accuracy. */
	x: { kind: 'choice', choices: ['macs', 'params', 'time'], default: 'macs' }
} as const;
export type ComparisonAxis = (typeof comparisonKnobs.x.choices)[number];
