import type { NetworkLayout, PlacedBox, PlacedItem } from './layout/network';
import type { Direction } from './layout/card';

type Position = PlacedItem | PlacedBox;

/** Where an arrow key goes: along the data, against it, or to what stands beside. */
export type Move = 'forward' | 'back' | 'before' | 'after';

/** The move that an arrow key stands for; `null` for other keys. */
export function moveOf(key: string, direction: Direction): Move | null {
	const isRight = direction === 'right';
	switch (key) {
		case 'ArrowRight':
			return isRight ? 'forward' : 'after';
		case 'ArrowLeft':
			return isRight ? 'back' : 'before';
		case 'ArrowDown':
			return isRight ? 'after' : 'forward';
		case 'ArrowUp':
			return isRight ? 'before' : 'back';
		default:
			return null;
	}
}

/**
 * Key of the item that a move goes to from another; `null` where there is none. Forward and back follow the lines, also into
 * open blocks and out of them; from what stands first in an open block, `before` goes to the block itself.
 */
export function neighbour(
	layout: NetworkLayout,
	key: string,
	move: Move,
	direction: Direction
): string | null {
	const items = new Map(layout.items.map((item) => [item.key, item]));
	const boxes = new Map(layout.boxes.map((box) => [box.key, box]));
	const here: Position | undefined = items.get(key) ?? boxes.get(key);
	if (!here) return null;
	if (move === 'forward' || move === 'back') {
		const isBox = boxes.has(key);
		if (isBox && move === 'forward') return firstInside(layout, key, direction);
		const next = along(layout, key, here.parent, move === 'forward');
		const ends = next.flatMap((found) =>
			boxes.has(found) ? endsOf(layout, found, move === 'forward') : [found]
		);
		return nearestAcross(here, ends.map((found) => items.get(found)).filter(isThere), direction);
	}
	const siblings = layout.items.filter((item) => item.parent === here.parent && item.key !== key);
	const found = nearestBeside(here, siblings, move, direction);
	if (found !== null) return found;
	if (move === 'before' && here.parent !== null) return here.parent;
	if (move === 'after' && boxes.has(key)) return firstInside(layout, key, direction);
	return nearestBeside(here, layout.items, move, direction);
}

/** Keys that lines lead to (or come from) in the same section; from the section's end on, those outside it. */
function along(layout: NetworkLayout, key: string, parent: string | null, forward: boolean): string[] {
	const section = layout.edges.filter((edge) => edge.section === parent);
	const found = section
		.filter((edge) => (forward ? edge.from : edge.to) === key)
		.map((edge) => (forward ? edge.to : edge.from));
	return found.flatMap((next) => {
		if (next !== null) return [next];
		const box = layout.boxes.find((candidate) => candidate.key === parent);
		return box ? along(layout, box.key, box.parent, forward) : [];
	});
}

/** Keys of the items that an open block's data reaches first (or leaves last). */
function endsOf(layout: NetworkLayout, box: string, first: boolean): string[] {
	const isBox = (key: string) => layout.boxes.some((candidate) => candidate.key === key);
	return layout.edges
		.filter((edge) => edge.section === box && (first ? edge.from : edge.to) === null)
		.map((edge) => (first ? edge.to : edge.from))
		.filter(isThere)
		.flatMap((key) => (isBox(key) ? endsOf(layout, key, first) : [key]));
}

function firstInside(layout: NetworkLayout, box: string, direction: Direction): string | null {
	const ends = endsOf(layout, box, true);
	const inside = layout.items.filter(({ key }) => ends.includes(key));
	const here = layout.boxes.find(({ key }) => key === box);
	return here ? nearestAcross(here, inside, direction) : null;
}

/** Middle along the data, and where across it data comes in; of an open block its middle. */
function middle(position: Position, direction: Direction): readonly [along: number, across: number] {
	const [x, y] = [position.x + position.width / 2, position.y + position.height / 2];
	const axis = 'card' in position ? position.card.axis : null;
	return direction === 'right'
		? [x, axis === null ? y : position.y + axis]
		: [y, axis === null ? x : position.x + axis];
}

function nearestAcross(
	here: Position,
	candidates: readonly PlacedItem[],
	direction: Direction
): string | null {
	const [, across] = middle(here, direction);
	return nearest(candidates, (item) => Math.abs(middle(item, direction)[1] - across));
}

function nearestBeside(
	here: Position,
	candidates: readonly PlacedItem[],
	move: 'before' | 'after',
	direction: Direction
): string | null {
	const [along, across] = middle(here, direction);
	const sign = move === 'after' ? 1 : -1;
	const beside = candidates.filter((item) => sign * (middle(item, direction)[1] - across) > 8);
	return nearest(beside, (item) => {
		const [itemAlong, itemAcross] = middle(item, direction);
		return 2 * Math.abs(itemAlong - along) + Math.abs(itemAcross - across);
	});
}

function nearest(candidates: readonly PlacedItem[], distance: (item: PlacedItem) => number): string | null {
	let best: PlacedItem | null = null;
	for (const item of candidates) if (!best || distance(item) < distance(best)) best = item;
	return best?.key ?? null;
}

function isThere<T>(value: T | null | undefined): value is T {
	return value !== null && value !== undefined;
}
