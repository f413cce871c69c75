/** Knobs of the figure: channels few enough that their numbers can be read. */
export const fireStepsKnobs = {
	inChannels: { kind: 'number', min: 1, max: 6, step: 1, default: 4, whole: true },
	s1: { kind: 'number', min: 1, max: 3, step: 1, default: 2, whole: true },
	e1: { kind: 'number', min: 1, max: 4, step: 1, default: 2, whole: true },
	e3: { kind: 'number', min: 1, max: 4, step: 1, default: 2, whole: true }
} as const;

export const fireStages = ['squeeze1x1', 'expand1x1', 'expand3x3', 'concat'] as const;

/** Where a link or a phrase goes to: a stage, and a step of it. */
export const firePositionKnobs = {
	at: { kind: 'choice', choices: fireStages, default: 'squeeze1x1' },
	step: { kind: 'number', min: 1, max: 9999, step: 1, default: 1, whole: true }
} as const;
