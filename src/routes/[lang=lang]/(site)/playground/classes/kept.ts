import type { Picture } from '$lib/engine/client';
import { pageSheet, SquareReader } from '$lib/running/picture/reduce';
import { printOf } from './print';

/** Pixels a side of the pictures that are kept: what networks of ImageNet look at, and a little more. */
export const keptSide = 256;

/** A picture of a class: the square in the middle of what was given, small, as the page keeps and shows it. */
export interface Kept {
	readonly id: number;
	readonly blob: Blob;
	/** Address of the blob in this page; has to be let go of. */
	readonly url: string;
	/** Of the blob's bytes: pictures with the same one are copies. */
	readonly print: string;
}

let nextId = 1;

/** A picture that was read before, as it was kept. */
export async function keptOf(blob: Blob): Promise<Kept> {
	const print = printOf(new Uint8Array(await blob.arrayBuffer()));
	return { id: nextId++, blob, url: URL.createObjectURL(blob), print };
}

export function letGo(pictures: readonly Kept[]): void {
	for (const { url } of pictures) URL.revokeObjectURL(url);
}

/** Makes a square of pixels, transparent ones on white, a picture to keep. */
export async function keep({ width, height, data }: Picture): Promise<Kept> {
	const given = pageSheet(width, height);
	given.getContext('2d')!.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
	const side = Math.min(keptSide, width, height);
	const sheet = pageSheet(side, side);
	const context = sheet.getContext('2d')!;
	context.fillStyle = 'white';
	context.fillRect(0, 0, side, side);
	context.imageSmoothingQuality = 'high';
	context.drawImage(given, 0, 0, side, side);
	const blob = await new Promise<Blob | null>((done) => sheet.toBlob(done, 'image/jpeg', 0.92));
	if (!blob) throw new Error('the browser made no file of a picture');
	return keptOf(blob);
}

const reader = new SquareReader(keptSide, pageSheet);

/** Its pixels: what networks are shown is what the page shows. */
export async function pixelsOf({ blob }: Pick<Kept, 'blob'>): Promise<Picture> {
	const bitmap = await createImageBitmap(blob);
	try {
		return reader.read(bitmap, bitmap.width, bitmap.height);
	} finally {
		bitmap.close();
	}
}
