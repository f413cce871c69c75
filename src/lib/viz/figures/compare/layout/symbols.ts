/**
 * Corners of outlines of area 1 about the origin. They are d3-shape's (a test holds them to it): the library comes as one file,
 * of which a page that draws six marks would load four kilobytes.
 */
const corners = {
	triangle: triangle(),
	diamond: diamond(),
	star: star(),
	cross: cross()
} satisfies Record<string, readonly Corner[]>;
type Corner = readonly [x: number, y: number];

/** Shapes of marks: what colour says is said by shape too. */
export const markShapes = ['square', 'circle', 'triangle', 'diamond', 'star', 'cross'] as const;
export type MarkShape = (typeof markShapes)[number];

/** Outline of a mark of this area in px² about the origin, to a thousandth of a pixel. */
export function markPath(shape: MarkShape, area: number): string {
	if (shape === 'circle') {
		const r = round(Math.sqrt(area / Math.PI));
		return `M${r},0A${r},${r},0,1,1,${-r},0A${r},${r},0,1,1,${r},0`;
	}
	const side = Math.sqrt(area);
	if (shape === 'square') {
		const [half, whole] = [round(-side / 2), round(side)];
		return `M${half},${half}h${whole}v${whole}h${-whole}Z`;
	}
	return `M${corners[shape].map(([x, y]) => `${round(x * side)},${round(y * side)}`).join('L')}Z`;
}

const round = (value: number) => Math.round(value * 1000) / 1000;

function triangle(): readonly Corner[] {
	const y = Math.sqrt(1 / (Math.sqrt(3) * 3));
	return [
		[0, -2 * y],
		[Math.sqrt(3) * y, y],
		[-Math.sqrt(3) * y, y]
	];
}

function diamond(): readonly Corner[] {
	const slope = Math.sqrt(1 / 3);
	const y = Math.sqrt(1 / (2 * slope));
	const x = y * slope;
	return [
		[0, -y],
		[x, 0],
		[0, y],
		[-x, 0]
	];
}

/** Five points; its inner corners lie where the lines between every second point cross. */
function star(): readonly Corner[] {
	const inner = Math.sin(Math.PI / 10) / Math.sin((7 * Math.PI) / 10);
	// A star of radius 1 has the area 5 · inner · sin(π / 5).
	const radius = Math.sqrt(1 / (5 * inner * Math.sin(Math.PI / 5)));
	return Array.from({ length: 10 }, (_, i) => {
		const angle = (i * Math.PI) / 5;
		const r = i % 2 === 0 ? radius : radius * inner;
		return [r * Math.sin(angle), -r * Math.cos(angle)];
	});
}

/** Five squares. */
function cross(): readonly Corner[] {
	const r = Math.sqrt(1 / 5) / 2;
	const steps: readonly Corner[] = [
		[-3, -1],
		[-1, -1],
		[-1, -3],
		[1, -3],
		[1, -1],
		[3, -1],
		[3, 1],
		[1, 1],
		[1, 3],
		[-1, 3],
		[-1, 1],
		[-3, 1]
	];
	return steps.map(([x, y]) => [x * r, y * r]);
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
