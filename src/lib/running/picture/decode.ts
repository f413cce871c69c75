import { wrap } from 'comlink';
import type { Picture } from '$lib/engine/client';
import { startWorker } from '$lib/stored/startWorker';
import type { Decode } from './decode.worker';
import script from './decode.worker.ts?worker&url';
import { dimensionsOf } from './dimensions';
import { pageSheet, reduce } from './reduce';

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
	/** For the page to draw, small. */
	readonly canvas: HTMLCanvasElement;
	/** The square in its middle, for the networks. */
	readonly pixels: Picture;
}

const maxBytes = 64e6;
const maxPixels = 150e6;
/** More pixels than this are decoded and drawn small in a worker: they would hold the page up. */
const quickPixels = 2e6;

/** Reads a picture of any kind and size that the browser can read; turned upright as its EXIF data says. @throws PictureError */
export async function decodePicture(file: File): Promise<Decoded> {
	const { name, size } = file;
	if (size === 0) throw new PictureError('empty', { name });
	if (size > maxBytes) throw new PictureError('tooLarge', { name, size, max: maxBytes });
	// Cameras write previews before the size; it stands in the first part all the same.
	const head = dimensionsOf(new Uint8Array(await file.slice(0, 1 << 20).arrayBuffer()));
	if (head && head.width * head.height > maxPixels)
		throw new PictureError('tooManyPixels', { name, ...head, max: maxPixels });
	if (!head || head.width * head.height > quickPixels) {
		const decoded = await decodeApart(file);
		if (decoded) return decoded;
	}
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
	const { shown, pixels } = reduce(source, { width, height }, pageSheet);
	return { width, height, canvas: shown, pixels };
}

/** `null` where the browser reads no picture in it there, or draws none beside the page. */
async function decodeApart(file: File): Promise<Decoded | null> {
	if (typeof OffscreenCanvas === 'undefined') return null;
	const worker = startWorker(script);
	try {
		const failed = new Promise<null>((done) => worker.addEventListener('error', () => done(null)));
		const decoded = await Promise.race([wrap<Decode>(worker)(file).catch(() => null), failed]);
		if (!decoded) return null;
		const { width, height, shown, pixels } = decoded;
		const canvas = pageSheet(shown.width, shown.height);
		canvas.getContext('bitmaprenderer')!.transferFromImageBitmap(shown);
		return { width, height, canvas, pixels };
	} finally {
		worker.terminate();
	}
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
