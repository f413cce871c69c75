import { checkChoice, resizeBy, resizeFields, type ResizeOptions, type Share } from './resize';

const roundings = ['roundDown', 'roundUp', 'floor', 'ceil'] as const;

export interface ResizeNearestOptions extends ResizeOptions {
	/** How a place between two is rounded; `roundDown` (halves down) by default. */
	readonly round?: string;
}

const round = {
	roundDown: (place: number) => Math.ceil(place - 0.5),
	roundUp: (place: number) => Math.floor(place + 0.5),
	floor: Math.floor,
	ceil: Math.ceil
} as const;

/** Resizes height and width; each value is that of the nearest place. */
export const resizeNearest = resizeBy<ResizeNearestOptions>(
	'resizeNearest',
	'copy',
	{ ...resizeFields, round: 'text?' },
	(options) => {
		const rounding = round[checkChoice('round', options.round ?? 'roundDown', roundings)];
		return (place, size): Share[] => [{ at: Math.min(size - 1, Math.max(0, rounding(place))), share: 1 }];
	}
);
