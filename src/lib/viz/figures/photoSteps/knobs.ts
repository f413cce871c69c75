import { filterNames } from './filters';

/** What the figure shows: one step of the way, each from the map before. */
export const photoStages = ['slide', 'norm', 'relu', 'pool'] as const;
export type PhotoStage = (typeof photoStages)[number];

export const photoKnobs = {
	show: { kind: 'choice', choices: photoStages, default: 'slide' },
	filter: { kind: 'choice', choices: filterNames, default: 'vertical' },
	/** Where the window stands, or how many values of the map are looked back at: places of the output, row by row. */
	place: { kind: 'number', min: 1, max: 3844, step: 1, default: 1579, whole: true }
} as const;
