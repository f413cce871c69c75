import type { Picture } from '$lib/engine/client';
import { dimensionsOf } from './dimensions';

/**
 * Why a file gives no picture.
 *
 * - `empty`: it has no bytes
 * - `tooLarge` (`size`, `max`, bytes): too many bytes to read here
 * - `tooManyPixels` (`width`, `height`): too many pixels to decode here
 * - `notAPicture` (`name`): the browser reads no picture in it
 */
export type PictureErrorCode = 'empty' | 'tooLarge' | 'tooManyPixels' | 'notAPicture';

export class PictureError extends Error {
	override readonly name = 'PictureError';

	constructor(
		readonly code: PictureErrorCode,
		readonly params: Readonly<Record<string, string | number>>
	) {
		super(code);
	}
}

/** A picture as the page shows it and as the networks get it. */
export interface Decoded {
	/** As it was, turned upright. */
	readonly width: number;
	readonly height: number;
	/** For the page to draw: at most {@link shownSide} pixels a side. */
	readonly canvas: HTMLCanvasElement;
	/** The square in its middle, for the networks. */
	readonly pixels: Picture;
}

const maxBytes = 64e6;
const maxPixels = 150e6;
const shownSide = 1024;
/** Side of the square that goes to the engine: more than any network here looks at, little enough to copy at once. */
const squareSide = 768;

/** Reads a picture of any kind and size that the browser can read; turned upright as its EXIF data says. @throws PictureError */
export async function decodePicture(file: File): Promise<Decoded> {
	const { name, size } = file;
	if (size === 0) throw new PictureError('empty', { name });
	if (size > maxBytes) throw new PictureError('tooLarge', { name, size, max: maxBytes });
	// Cameras write previews before the size; it stands in the first part all the same.
	const head = dimensionsOf(new Uint8Array(await file.slice(0, 1 << 20).arrayBuffer()));
	if (head && head.width * head.height > maxPixels)
		throw new PictureError('tooManyPixels', { name, ...head, max: maxPixels });
	const source = await createImageBitmap(file).catch(() => readElement(file));
	if (!source) throw new PictureError('notAPicture', { name });
	try {
		return draw(source);
	} catch {
		// An SVG may hold what no canvas shows again.
		throw new PictureError('notAPicture', { name });
	} finally {
		if (source instanceof ImageBitmap) source.close();
	}
}

/** A picture that is drawn already, or a video's present frame. */
export function draw(source: ImageBitmap | HTMLImageElement | HTMLCanvasElement): Decoded {
	const [width, height] =
		source instanceof HTMLImageElement
			? [source.naturalWidth, source.naturalHeight]
			: [source.width, source.height];
	const scale = Math.min(1, shownSide / Math.max(width, height));
	const canvas = document.createElement('canvas');
	canvas.width = Math.max(1, Math.round(width * scale));
	canvas.height = Math.max(1, Math.round(height * scale));
	const context = canvas.getContext('2d')!;
	context.imageSmoothingQuality = 'high';
	context.drawImage(source, 0, 0, canvas.width, canvas.height);
	return { width, height, canvas, pixels: new SquareReader(squareSide).read(source, width, height) };
}

/** What `createImageBitmap` does not read, such as SVG. */
async function readElement(file: File): Promise<HTMLImageElement | null> {
	const url = URL.createObjectURL(file);
	try {
		const image = new Image();
		image.src = url;
		await image.decode();
		return image.naturalWidth > 0 && image.naturalHeight > 0 ? image : null;
	} catch {
		return null;
	} finally {
		URL.revokeObjectURL(url);
	}
}

/** Reads the square in the middle of pictures; keeps its canvas, since a camera gives thirty a second. */
export class SquareReader {
	#context: CanvasRenderingContext2D | null = null;

	/** @param most pixels a side; smaller pictures keep their size */
	constructor(readonly most: number) {}

	read(source: CanvasImageSource, width: number, height: number): Picture {
		const context = (this.#context ??= document
			.createElement('canvas')
			.getContext('2d', { willReadFrequently: true })!);
		const short = Math.min(width, height);
		const side = Math.min(short, this.most);
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
