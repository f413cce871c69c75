import { contours } from 'd3-contour';

/** Shares of the strongest place at which lines stand, on either side of nothing. */
export const contourLevels = [0.25, 0.5, 0.75] as const;

/** A line around all places that have as much, in the picture's own pixels. */
export interface ContourLine {
	readonly level: number;
	readonly path: string;
}

/** Cells in which a map's lines are looked for, for each of its own: between these it is taken to be even. */
const finer = 4;

/**
 * Lines of a map that lies over a picture, where it has any.
 * @param map values row by row, an edge around them included
 * @param frame where it lies on the picture
 * @param largest the magnitude of which the levels are shares
 */
export function layoutContours(
	map: {
		readonly shape: readonly [height: number, width: number, ...rest: number[]];
		readonly data: ArrayLike<number>;
	},
	frame: { readonly y: number; readonly x: number; readonly height: number; readonly width: number },
	largest: number
): ContourLine[] {
	const [height, width] = map.shape;
	const fine = refined(map.data, width, height);
	const found = contours().size([width * finer, height * finer]);
	const scale = { x: frame.width / (width * finer), y: frame.height / (height * finer) };
	const round = (n: number) => Math.round(n * 100) / 100;
	return [...contourLevels.toReversed().map((share) => -share), ...contourLevels].flatMap((level) => {
		// What is below a level is looked for as what is above its opposite, so that lines lie around it too.
		const side = fine.map((value) => Math.sign(level) * value);
		const { coordinates } = found.contour(side, Math.abs(level) * largest);
		const path = coordinates
			.flat()
			.map(
				(ring) =>
					`M${ring.map(([x = 0, y = 0]) => `${round(frame.x + x * scale.x)} ${round(frame.y + y * scale.y)}`).join('L')}Z`
			)
			.join('');
		return path === '' || largest === 0 ? [] : [{ level, path }];
	});
}

/** A map with more cells, each between its four neighbours as near as it is to them. */
function refined(data: ArrayLike<number>, width: number, height: number): number[] {
	const at = (y: number, x: number) =>
		data[Math.max(0, Math.min(height - 1, y)) * width + Math.max(0, Math.min(width - 1, x))]!;
	return Array.from({ length: width * finer * height * finer }, (_, i) => {
		const y = (Math.floor(i / (width * finer)) + 0.5) / finer - 0.5;
		const x = ((i % (width * finer)) + 0.5) / finer - 0.5;
		const [top, left] = [Math.floor(y), Math.floor(x)];
		const [down, right] = [y - top, x - left];
		const row = (n: number) => at(n, left) * (1 - right) + at(n, left + 1) * right;
		return row(top) * (1 - down) + row(top + 1) * down;
	});
}
