/** Filters of 3×3 for a picture's brightness, row by row. */
export const photoFilters = {
	/** Bright to the right and dark to the left: positive; the other way round: negative. */
	vertical: [-1, 0, 1, -2, 0, 2, -1, 0, 1],
	horizontal: [-1, -2, -1, 0, 0, 0, 1, 2, 1],
	/** What differs from its surroundings. */
	spot: [-1, -1, -1, -1, 8, -1, -1, -1, -1],
	/** Nothing but a mean, times nine. */
	blur: [1, 1, 1, 1, 1, 1, 1, 1, 1]
} as const;

export type FilterName = keyof typeof photoFilters;
export const filterNames = Object.keys(photoFilters) as readonly FilterName[];
