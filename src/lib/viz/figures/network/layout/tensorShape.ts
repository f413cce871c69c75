import type { Shape } from '$lib/ops';

/** Pixels of a height or width of 1, and of a depth of 1 channel; all lengths grow with the square root. */
export const tensorScale = { side: 3.4, channel: 0.72 } as const;

/** How far a channel lies behind the one before it, in parts of its depth. */
const slope = { x: 0.8, y: 0.6 } as const;

/** A tensor drawn as a box: front side, and its channels behind it. */
export interface TensorShape {
	/** Of the front side. */
	readonly width: number;
	readonly height: number;
	/** How far the last channel lies to the right and up. */
	readonly shiftX: number;
	readonly shiftY: number;
	/** Of all of it. */
	readonly totalWidth: number;
	readonly totalHeight: number;
}

/** Size of a tensor on screen: twice as long means four times as many pixels or channels. */
export function tensorShape([height, width, channels]: Shape): TensorShape {
	const side = (length: number) => round(tensorScale.side * Math.sqrt(length));
	const depth = tensorScale.channel * Math.sqrt(channels);
	const [w, h, shiftX, shiftY] = [side(width), side(height), round(slope.x * depth), round(slope.y * depth)];
	return { width: w, height: h, shiftX, shiftY, totalWidth: w + shiftX, totalHeight: h + shiftY };
}

/** Outline of the box, front side at the lower left of a rectangle whose upper left corner is at (x, y). */
export function tensorOutline(t: TensorShape, x: number, y: number): string {
	return `M${x} ${round(y + t.shiftY)}l${t.shiftX} ${-t.shiftY}h${t.width}v${t.height}l${-t.shiftX} ${t.shiftY}h${-t.width}z`;
}

/** Edges of the front side and of a few of the channels behind it: one in every `apart` pixels, at most as many as there are. */
export function tensorEdges(t: TensorShape, channels: number, x: number, y: number, apart = 3): string {
	const top = y + t.shiftY;
	const planes = Math.min(channels - 1, Math.floor(Math.hypot(t.shiftX, t.shiftY) / apart));
	const behind = Array.from({ length: planes }, (_, i) => {
		const part = (i + 1) / planes;
		const [dx, dy] = [round(part * t.shiftX), round(part * t.shiftY)];
		return `M${round(x + dx)} ${round(top - dy)}h${t.width}v${t.height}`;
	});
	return `M${x} ${round(top)}h${t.width}v${t.height}h${-t.width}z${behind.join('')}`;
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
