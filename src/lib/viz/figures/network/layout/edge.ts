import type { Direction } from './card';

/** A point along the direction that data runs in, and across it. */
export type Point = readonly [along: number, across: number];

/** Radius of a corner on the way to a new row. */
const corner = 8;

/** A line through the points: corners rounded on the way to a new row, curves that set out and arrive along the direction. */
export function edgePath(turn: readonly Point[], points: readonly Point[], direction: Direction): string {
	const write = ([along, across]: Point) => {
		const [x, y] = direction === 'right' ? [along, across] : [across, along];
		return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
	};
	const begin = turn[0] ?? points[0];
	if (!begin) return '';
	let path = `M${write(begin)}`;
	const bends = turn.length === 0 ? [] : [...turn, points[1] ?? points[0]!];
	for (let i = 1; i + 1 < bends.length; i++) {
		const [before, here, after] = [bends[i - 1]!, bends[i]!, bends[i + 1]!];
		path += `L${write(towards(here, before))}Q${write(here)} ${write(towards(here, after))}`;
	}
	for (let i = 1; i < points.length; i++) {
		const [[a0, c0], [a1, c1]] = [points[i - 1]!, points[i]!];
		if (Math.abs(c0 - c1) < 0.05) path += `L${write([a1, c1])}`;
		else path += `C${write([(a0 + a1) / 2, c0])} ${write([(a0 + a1) / 2, c1])} ${write([a1, c1])}`;
	}
	return path;
}

/** The point a corner's radius away from one, in the direction of another. */
function towards([along, across]: Point, [toAlong, toAcross]: Point): Point {
	const distance = Math.hypot(toAlong - along, toAcross - across);
	const part = distance === 0 ? 0 : Math.min(corner, distance / 2) / distance;
	return [along + (toAlong - along) * part, across + (toAcross - across) * part];
}
