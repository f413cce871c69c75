import { wrap } from 'comlink';
import type { Picture } from '$lib/engine/client';
import { startWorker } from '$lib/stored/startWorker';
import type { Decode } from './decode.worker';
import script from './decode.worker.ts?worker&url';
import { dimensionsOf } from './dimensions';
import { pageSheet, reduce, turned } from './reduce';
import { isSvg, mostElements, sizedSvg } from './svg';
import { isCutOff, turnOf } from './wholeness';

/**
 * Why a file gives no picture.
 *
 * - `empty`: it has no bytes
 * - `tooLarge` (`size`, `max`, bytes): too many bytes to read here
 * - `tooManyPixels` (`width`, `height`): too many pixels to decode here
 * - `tooManyParts` (`max`): an SVG that would be drawn from too many elements, each as often as it is used
 * - `cutOff`: the file ends before the picture does
 * - `sample`: a picture of the site's did not load
 * - `notAPicture` (`name`): the browser reads no picture in it
 */
export type PictureErrorCode =
	'empty' | 'tooLarge' | 'tooManyPixels' | 'tooManyParts' | 'cutOff' | 'sample' | 'notAPicture';

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
/** Milliseconds that decoding beside the page may take. */
const patience = 30_000;

/**
 * Reads a picture of any kind and size that the browser can read; turned upright as its EXIF data says. Its size is known, and that
 * it is whole, before any of it is decoded; it is decoded once, for the page to show and for the networks.
 * @throws PictureError
 */
export async function decodePicture(file: File): Promise<Decoded> {
	const { name, size } = file;
	if (size === 0) throw new PictureError('empty', { name });
	if (size > maxBytes) throw new PictureError('tooLarge', { name, size, max: maxBytes });
	const bytes = new Uint8Array(await file.arrayBuffer());
	const head = new TextDecoder().decode(bytes.subarray(0, 1 << 16));
	if (isSvg(head)) return drawSvg(new TextDecoder().decode(bytes), name);
	const dimensions = dimensionsOf(bytes);
	if (!dimensions) throw new PictureError('notAPicture', { name });
	const pixels = dimensions.width * dimensions.height;
	if (pixels > maxPixels) throw new PictureError('tooManyPixels', { name, ...dimensions, max: maxPixels });
	if (isCutOff(bytes)) throw new PictureError('cutOff', { name });
	const { orientation, plain } = turnOf(bytes);
	const whole = plain === bytes ? file : new Blob([plain as BlobPart], { type: file.type });
	if (pixels > quickPixels && typeof OffscreenCanvas !== 'undefined')
		return decodeApart(whole, orientation, name);
	const source = await createImageBitmap(whole).catch(() => null);
	if (!source) throw new PictureError('notAPicture', { name });
	try {
		return draw(turned(source, orientation, pageSheet));
	} finally {
		source.close();
	}
}

/** A picture that is drawn already. */
export function draw(source: ImageBitmap | HTMLCanvasElement): Decoded {
	const { width, height } = source;
	const { shown, pixels } = reduce(source, { width, height }, pageSheet);
	return { width, height, canvas: shown, pixels };
}

async function decodeApart(file: Blob, orientation: number, name: string): Promise<Decoded> {
	const worker = startWorker(script);
	let timer: ReturnType<typeof setTimeout> | undefined;
	try {
		const failed = new Promise<null>((done) => {
			worker.addEventListener('error', () => done(null));
			timer = setTimeout(() => done(null), patience);
		});
		const decoded = await Promise.race([wrap<Decode>(worker)(file, orientation).catch(() => null), failed]);
		if (!decoded) throw new PictureError('notAPicture', { name });
		const { width, height, shown, pixels } = decoded;
		const canvas = pageSheet(shown.width, shown.height);
		canvas.getContext('bitmaprenderer')!.transferFromImageBitmap(shown);
		return { width, height, canvas, pixels };
	} finally {
		clearTimeout(timer);
		worker.terminate();
	}
}

/** Draws an SVG once, at a size of its own; workers draw none. */
async function drawSvg(text: string, name: string): Promise<Decoded> {
	const sized = sizedSvg(text);
	if (!sized) throw new PictureError('tooManyParts', { name, max: mostElements });
	const { width, height } = sized;
	const url = URL.createObjectURL(new Blob([sized.text], { type: 'image/svg+xml' }));
	try {
		const image = new Image(width, height);
		image.src = url;
		await image.decode();
		const sheet = pageSheet(width, height);
		sheet.getContext('2d')!.drawImage(image, 0, 0, width, height);
		return draw(sheet);
	} catch {
		// It is broken, or holds what no canvas shows again.
		throw new PictureError('notAPicture', { name });
	} finally {
		URL.revokeObjectURL(url);
	}
}
