import type { Box } from '../../../plot/labels';

interface Size {
	readonly width: number;
	readonly height: number;
}

/**
 * Top left corner of a card about a mark: beside it where there is room, else above or below it; always inside the bounds as
 * far as it fits.
 */
export function placeCard(
	mark: { readonly x: number; readonly y: number; readonly r: number },
	card: Size,
	bounds: Box
): { readonly x: number; readonly y: number } {
	const gap = mark.r + 10;
	const right = bounds.x + bounds.width;
	const bottom = bounds.y + bounds.height;
	const fit = (value: number, from: number, to: number) => Math.max(from, Math.min(value, to));
	const besideY = fit(mark.y - card.height / 2, bounds.y, bottom - card.height);
	if (mark.x + gap + card.width <= right) return { x: mark.x + gap, y: besideY };
	if (mark.x - gap - card.width >= bounds.x) return { x: mark.x - gap - card.width, y: besideY };
	const x = fit(mark.x - card.width / 2, bounds.x, right - card.width);
	const above = mark.y - bounds.y;
	const below = bottom - mark.y;
	return above > below
		? { x, y: fit(mark.y - gap - card.height, bounds.y, bottom - card.height) }
		: { x, y: fit(mark.y + gap, bounds.y, Math.max(bounds.y, bottom - card.height)) };
}
