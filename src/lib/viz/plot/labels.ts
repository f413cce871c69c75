/** An axis-parallel box in pixels. */
export interface Box {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** A mark that labels must not cover: a disc. */
export interface Disc {
	readonly x: number;
	readonly y: number;
	readonly r: number;
}

/** A mark that would like a label of this size. */
export interface LabelWish extends Disc {
	readonly id: string;
	readonly width: number;
	readonly height: number;
	/** Lower comes first; ties go by id. */
	readonly rank: number;
}

/** A label and where it stands. */
export interface PlacedLabel extends Box {
	readonly id: string;
	/** A line from the mark to the label, where it stands away from it. */
	readonly leader: {
		readonly x1: number;
		readonly y1: number;
		readonly x2: number;
		readonly y2: number;
	} | null;
}

/** Pixels between a mark and its label, and between two labels. */
const gap = 3;

/** Labels of this rank and below must not be missing: they may stand away from their mark, with a line to it. */
const important = 1;
const distances = [14, 28, 44, 64, 88];

/** Where a label may stand beside its mark, best first: x and y of the label's centre, from −1 (left, above) to 1. */
const sides: readonly Side[] = [
	[1, 0],
	[-1, 0],
	[0, -1],
	[0, 1],
	[0.8, -0.8],
	[0.8, 0.8],
	[-0.8, -0.8],
	[-0.8, 0.8]
];
type Side = readonly [right: number, down: number];

/** Directions from the right on, the upper and lower ones in turn. */
const around: readonly Side[] = Array.from({ length: 16 }, (_, i) => {
	const angle = ((i % 2 === 0 ? 1 : -1) * Math.ceil(i / 2) * Math.PI) / 8;
	return [Math.cos(angle), Math.sin(angle)];
});

/**
 * Places labels beside their marks, those of low rank first: each at the first place where it lies within the bounds and
 * covers neither a mark nor a label. Those that find no room are left out. The order of the wishes does not matter.
 */
export function placeLabels(
	wishes: readonly LabelWish[],
	marks: readonly Disc[],
	bounds: Box
): PlacedLabel[] {
	const placed: PlacedLabel[] = [];
	const isFree = (box: Box) =>
		contains(bounds, box) &&
		!placed.some((other) => overlap(box, other, gap)) &&
		!marks.some((mark) => covers(box, mark));
	const inOrder = wishes.toSorted((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1));
	for (const wish of inOrder) {
		const near = sides.map((side) => beside(wish, side, 0)).find(isFree);
		if (near) {
			placed.push({ id: wish.id, ...near, leader: null });
			continue;
		}
		const far = wish.rank <= important && farPlaces(wish).find(isFree);
		if (far) placed.push({ id: wish.id, ...far, leader: leaderTo(far, wish) });
	}
	return placed;
}

function beside({ x, y, r, width, height }: LabelWish, [right, down]: Side, distance: number): Box {
	const away = r + gap + distance;
	// On a diagonal the label's corner is near the mark, otherwise the middle of its edge.
	const centreX = x + right * away + (toEdge(right) * width) / 2;
	const centreY = y + down * away + (toEdge(down) * height) / 2;
	return { x: centreX - width / 2, y: centreY - height / 2, width, height };
}

const toEdge = (part: number) => Math.max(-1, Math.min(1, part * 1.5));

function farPlaces(wish: LabelWish): Box[] {
	return distances.flatMap((distance) => around.map((side) => beside(wish, side, distance)));
}

/** From the mark's rim to the label's nearest point. */
export function leaderTo(box: Box, { x, y, r }: Disc): PlacedLabel['leader'] {
	const x2 = Math.min(box.x + box.width, Math.max(box.x, x));
	const y2 = Math.min(box.y + box.height, Math.max(box.y, y));
	const part = r / Math.max(r, Math.hypot(x2 - x, y2 - y));
	return { x1: x + (x2 - x) * part, y1: y + (y2 - y) * part, x2, y2 };
}

/** Whether the boxes come nearer to each other than `distance`. */
export function overlap(a: Box, b: Box, distance = 0): boolean {
	return (
		a.x < b.x + b.width + distance &&
		b.x < a.x + a.width + distance &&
		a.y < b.y + b.height + distance &&
		b.y < a.y + a.height + distance
	);
}

/** Whether the box lies over a part of the disc. */
export function covers(box: Box, { x, y, r }: Disc): boolean {
	const dx = x - Math.min(box.x + box.width, Math.max(box.x, x));
	const dy = y - Math.min(box.y + box.height, Math.max(box.y, y));
	return dx * dx + dy * dy < r * r;
}

export function contains(outer: Box, inner: Box): boolean {
	return (
		inner.x >= outer.x &&
		inner.y >= outer.y &&
		inner.x + inner.width <= outer.x + outer.width &&
		inner.y + inner.height <= outer.y + outer.height
	);
}

/** Widths of Inter's letters at 1 px, rounded up to a twentieth; wider letters than any listed are taken as 汉字, 1 px. */
const letterWidths: readonly (readonly [letters: RegExp, width: number])[] = [
	[/[ .,:;|!'’·il()[\]]/, 0.31],
	[/[fjrtI/-]/, 0.4],
	[/[mMwW%@]/, 0.9],
	[/[A-LN-VX-Z]/, 0.72],
	[/[0-9+=<>~×αρ]/, 0.66],
	[/[a-z]/, 0.61]
];

/** A text's width in pixels, a little more than what it takes: labels are placed before anything is drawn. */
export function textWidth(text: string, fontSize: number): number {
	let width = 0;
	for (const letter of text) width += letterWidths.find(([letters]) => letters.test(letter))?.[1] ?? 1;
	return width * fontSize;
}

/**
 * The width in pixels of numbers in the mono face, of which each sign is as wide as the others, on some screens a whole number of
 * pixels; one of Chinese stands as wide as high.
 */
export function monoWidth(text: string, fontSize: number): number {
	const wide = text.match(/\p{Script=Han}/gu)?.length ?? 0;
	const sign = Math.max(0.6 * fontSize, Math.round(0.6 * fontSize));
	return sign * (text.length - wide) + wide * fontSize;
}

/** As much of a text as goes into a width in pixels, with a sign that there is more. */
export function fittedText(text: string, fontSize: number, width: number): string {
	if (textWidth(text, fontSize) <= width) return text;
	let letters = [...text];
	while (letters.length > 1 && textWidth(`${letters.join('')}…`, fontSize) > width)
		letters = letters.slice(0, -1);
	return `${letters.join('').trimEnd()}…`;
}
