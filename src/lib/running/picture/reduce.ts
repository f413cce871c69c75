import type { Picture } from '$lib/engine/client';

/** What can be drawn: of the page, or of a worker. */
type Source = Exclude<CanvasImageSource, SVGImageElement>;
type Sheet = HTMLCanvasElement | OffscreenCanvas;
type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Pixels a side that the page draws at most. */
const shownSide = 1024;
/** Side of the square that goes to the engine: more than any network here looks at, little enough to copy at once. */
const squareSide = 512;

/** A picture small enough to show and to hand on. */
export interface Reduced<S> {
	/** For the page to draw. */
	readonly shown: S;
	/** The square in its middle, for the networks. */
	readonly pixels: Picture;
}

/** Draws a picture of so many pixels small. @param sheetOf makes what is drawn on */
export function reduce<S extends Sheet>(
	source: Source,
	{ width, height }: { readonly width: number; readonly height: number },
	sheetOf: (width: number, height: number) => S
): Reduced<S> {
	const scale = Math.min(1, shownSide / Math.max(width, height));
	const shown = sheetOf(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
	const context = shown.getContext('2d') as Context;
	// The networks see what is transparent on white; so does the reader.
	context.fillStyle = 'white';
	context.fillRect(0, 0, shown.width, shown.height);
	context.imageSmoothingQuality = 'high';
	context.drawImage(source, 0, 0, shown.width, shown.height);
	return { shown, pixels: new SquareReader(squareSide, sheetOf).read(source, width, height) };
}

/** Reads the square in the middle of pictures; keeps its canvas, since a camera gives thirty a second. */
export class SquareReader {
	#context: Context | null = null;

	/** @param most pixels a side; smaller pictures keep their size */
	constructor(
		readonly most: number,
		readonly sheetOf: (width: number, height: number) => Sheet
	) {}

	read(source: Source, width: number, height: number): Picture {
		const short = Math.min(width, height);
		const side = Math.min(short, this.most);
		const context = (this.#context ??= this.sheetOf(side, side).getContext('2d', {
			willReadFrequently: true
		}) as Context);
		const { canvas } = context;
		if (canvas.width !== side || canvas.height !== side) [canvas.width, canvas.height] = [side, side];
		context.imageSmoothingQuality = 'high';
		context.clearRect(0, 0, side, side);
		const left = Math.floor((width - short) / 2);
		const top = Math.floor((height - short) / 2);
		context.drawImage(source, left, top, short, short, 0, 0, side, side);
		const { data } = context.getImageData(0, 0, side, side);
		return { width: side, height: side, data };
	}
}

/** A canvas of the page. */
export function pageSheet(width: number, height: number): HTMLCanvasElement {
	return Object.assign(document.createElement('canvas'), { width, height });
}

/**
 * A picture as EXIF's orientation, 1 to 8, wants it; itself where that is 1. Source: EXIF 2.32, section 4.6.4: 1 as it is, 2 mirrored,
 * 3 upside down, 4 both, 5 to 8 the same with rows for columns.
 */
export function turned<S extends Sheet>(
	source: ImageBitmap,
	orientation: number,
	sheetOf: (width: number, height: number) => S
): ImageBitmap | S {
	if (orientation === 1) return source;
	const { width: w, height: h } = source;
	const isAcross = orientation > 4;
	const sheet = isAcross ? sheetOf(h, w) : sheetOf(w, h);
	const context = sheet.getContext('2d') as Context;
	const [a, b, c, d, e, f] = {
		2: [-1, 0, 0, 1, w, 0],
		3: [-1, 0, 0, -1, w, h],
		4: [1, 0, 0, -1, 0, h],
		5: [0, 1, 1, 0, 0, 0],
		6: [0, 1, -1, 0, h, 0],
		7: [0, -1, -1, 0, h, w],
		8: [0, -1, 1, 0, 0, w]
	}[orientation] as [number, number, number, number, number, number];
	context.setTransform(a, b, c, d, e, f);
	context.drawImage(source, 0, 0);
	return sheet;
}
