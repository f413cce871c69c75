import type { Box } from '$lib/viz/tensor/tensors';

interface Point {
	readonly x: number;
	readonly y: number;
}

/** Points along a path of lines and quadratic curves, a pixel or less apart. */
export function pointsOf(path: string): Point[] {
	const points: Point[] = [];
	for (const [, letter, numbers] of path.matchAll(/([MLQ])([^MLQ]*)/g)) {
		const at = numbers!.trim().split(/[ ,]+/).map(Number);
		const to = { x: at.at(-2)!, y: at.at(-1)! };
		const from = points.at(-1);
		if (letter === 'M' || !from) {
			points.push(to);
			continue;
		}
		const turn =
			letter === 'Q' ? { x: at[0]!, y: at[1]! } : { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
		const count = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y)));
		for (let i = 1; i <= count; i++) {
			const t = i / count;
			const mix = (a: number, b: number, c: number) => (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t * t * c;
			points.push({ x: mix(from.x, turn.x, to.x), y: mix(from.y, turn.y, to.y) });
		}
	}
	return points;
}

/** The boxes that a line of some width along the points comes into; `by` is half of it. */
export function crossed(points: readonly Point[], boxes: readonly Box[], by = 0): Box[] {
	return boxes.filter(({ x, y, width, height }) =>
		points.some(
			(point) => point.x > x - by && point.x < x + width + by && point.y > y - by && point.y < y + height + by
		)
	);
}
