import { area, curveBumpX, curveBumpY, link } from 'd3-shape';

/** The way that data runs: to the right, or down. */
export type Way = 'row' | 'column';

interface Point {
	readonly x: number;
	readonly y: number;
}

/** Where a band begins or ends along the way, and from where to where across it. */
type End = readonly [along: number, from: number, to: number];

const curves = { row: curveBumpX, column: curveBumpY } as const;

/** A curve from one point to another that leaves and arrives along the way that data runs. */
export function linkPath(source: Point, target: Point, way: Way): string {
	const through = link<unknown, { source: Point; target: Point }, Point>(curves[way]);
	return through
		.x(({ x }) => x)
		.y(({ y }) => y)
		.digits(1)({ source, target })!;
}

/** A band that leaves and arrives along the way that data runs. */
export function bandPath(start: End, end: End, way: Way, digits = 1): string {
	const band = area<End>().curve(curves[way]).digits(digits);
	const along = ([at]: End) => at;
	const [from, to] = [(at: End) => at[1], (at: End) => at[2]];
	const placed = way === 'row' ? band.x(along).y0(from).y1(to) : band.y(along).x0(from).x1(to);
	return placed([start, end])!;
}
