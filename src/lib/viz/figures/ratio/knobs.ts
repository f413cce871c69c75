/** Knobs of the figure: what its address holds. */
export const ratioKnobs = {
	filters: { kind: 'number', min: 1, max: 1024, step: 1, default: 3, whole: true, symbol: 'N' },
	kernel: { kind: 'number', min: 1, max: 7, step: 1, default: 3, whole: true, symbol: 'k' }
} as const;
