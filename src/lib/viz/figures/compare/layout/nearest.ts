/** A point in pixels. */
export interface Spot {
	readonly id: string;
	readonly x: number;
	readonly y: number;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

const ahead: Readonly<Record<Direction, readonly [number, number]>> = {
	left: [-1, 0],
	right: [1, 0],
	up: [0, -1],
	down: [0, 1]
};

/**
 * The point that a step in this direction leads to: the nearest within 45° to both sides, or, where there is none, the one
 * that lies ahead with the smallest detour; `null` at the edge. Every step leads strictly on in its direction.
 */
export function nextSpot<S extends Spot>(
	from: { readonly x: number; readonly y: number },
	spots: readonly S[],
	direction: Direction
): S | null {
	const [rightwards, downwards] = ahead[direction];
	let best: S | null = null;
	let bestCost = Infinity;
	for (const spot of spots) {
		const [dx, dy] = [spot.x - from.x, spot.y - from.y];
		const along = dx * rightwards + dy * downwards;
		if (along <= 1e-9) continue;
		const across = Math.abs(dx * downwards) + Math.abs(dy * rightwards);
		// Beyond any distance on screen, so that all within 45° come before all others.
		const cost = across <= along ? Math.hypot(along, across) : 1e6 + along + 2 * across;
		if (cost < bestCost) [best, bestCost] = [spot, cost];
	}
	return best;
}

/** The point nearest to a place on the plane, if there is one within `reach`. */
export function nearestSpot<S extends Spot>(
	at: { readonly x: number; readonly y: number },
	spots: readonly S[],
	reach: number
): S | null {
	let best: S | null = null;
	let bestDistance = reach;
	for (const spot of spots) {
		const distance = Math.hypot(spot.x - at.x, spot.y - at.y);
		if (distance <= bestDistance) [best, bestDistance] = [spot, distance];
	}
	return best;
}
