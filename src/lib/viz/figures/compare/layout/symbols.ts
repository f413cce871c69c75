import {
	symbol,
	symbolCircle,
	symbolCross,
	symbolDiamond,
	symbolSquare,
	symbolStar,
	symbolTriangle,
	type SymbolType
} from 'd3-shape';

/** Shapes of marks: what colour says is said by shape too. */
export const markShapes = ['square', 'circle', 'triangle', 'diamond', 'star', 'cross'] as const;
export type MarkShape = (typeof markShapes)[number];

const symbols: Readonly<Record<MarkShape, SymbolType>> = {
	square: symbolSquare,
	circle: symbolCircle,
	triangle: symbolTriangle,
	diamond: symbolDiamond,
	star: symbolStar,
	cross: symbolCross
};

/** Outline of a mark of this area in px² about the origin, to a thousandth of a pixel. */
export function markPath(shape: MarkShape, area: number): string {
	return symbol(symbols[shape], area)()!;
}

/** Distance from the middle to the farthest corner, over the root of the area. */
const reaches: Readonly<Record<MarkShape, number>> = {
	square: 0.71,
	circle: 0.57,
	triangle: 0.88,
	diamond: 0.94,
	star: 0.95,
	cross: 0.71
};

/** Radius of the disc that a mark of this area lies in. */
export function markRadius(shape: MarkShape, area: number): number {
	return reaches[shape] * Math.sqrt(area);
}
