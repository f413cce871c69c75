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
