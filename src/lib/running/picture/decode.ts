import type { Picture } from '$lib/engine/client';
import { callWorker } from '$lib/stored/callWorker';
import { Unloaded } from '$lib/stored/unloaded';
import type { Decode } from './decode.worker';
import script from './decode.worker.ts?worker&url';
import { inspect, PictureError } from './inspect';
import { endsEarly } from './pixelData';
import { pageSheet, reduce, turned } from './reduce';
import type { SizedSvg } from './svg';

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
/** More pixels than this are decoded and drawn small in a worker: they would hold the page up. */
const quickPixels = 2e6;
/** Milliseconds that decoding beside the page may take. */
const patience = 30_000;

/**
 * Reads a picture of any kind and size that the browser can read; turned upright as its EXIF data says. Its size is known, and that
 * it is whole, before any of it is decoded; it is decoded once, for the page to show and for the networks.
 * @throws PictureError; {@link Unloaded} where what decodes large ones did not load
 */
export async function decodePicture(file: File): Promise<Decoded> {
	const { name, size } = file;
	if (size > maxBytes) throw new PictureError('tooLarge', { name, size, max: maxBytes });
	const bytes = new Uint8Array(await file.arrayBuffer());
	const inspected = inspect(bytes, name);
	if (inspected.kind === 'drawing') return drawSvg(inspected.svg, name);
	const { count, orientation, plain } = inspected;
	const whole = plain === bytes ? file : new Blob([plain as BlobPart], { type: file.type });
	if (count > quickPixels && typeof OffscreenCanvas !== 'undefined')
		return decodeApart(whole, orientation, name);
	if (await endsEarly(bytes)) throw new PictureError('cutOff', { name });
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
	const { worker, remote, end } = callWorker<Decode>(script);
	let timer: ReturnType<typeof setTimeout> | undefined;
	try {
		const failed = new Promise<null>((done, fail) => {
			worker.addEventListener('error', ({ message }) => {
				if (message) done(null);
				else fail(new Unloaded('the decoder of pictures did not load'));
			});
			timer = setTimeout(() => fail(new PictureError('slow', { name })), patience);
		});
		const decoded = await Promise.race([remote(file, orientation).catch(() => null), failed]);
		if (!decoded) throw new PictureError('notAPicture', { name });
		if (decoded === 'cutOff') throw new PictureError('cutOff', { name });
		const { width, height, shown, pixels } = decoded;
		const canvas = pageSheet(shown.width, shown.height);
		canvas.getContext('bitmaprenderer')!.transferFromImageBitmap(shown);
		return { width, height, canvas, pixels };
	} finally {
		clearTimeout(timer);
		end();
	}
}

/** Draws an SVG once, at a size of its own; workers draw none. */
async function drawSvg({ text, width, height }: SizedSvg, name: string): Promise<Decoded> {
	const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
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
