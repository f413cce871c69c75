import type { Picture } from '$lib/engine/client';
import type { Decoded } from '$lib/running/picture/decode';
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

/**
 * Makes a file a picture to keep. One that is as the page keeps pictures stays what it is: encoded once more, a picture that the page
 * has saved itself would be another one, and not be known again.
 */
export async function keepFile(file: File, { width, height, pixels }: Decoded): Promise<Kept> {
	const bytes = new Uint8Array(await file.arrayBuffer());
	return isAsKept(bytes, { width, height })
		? keptOf(new Blob([bytes as BlobPart], { type: 'image/jpeg' }))
		: keep(pixels);
}

/** Whether a file is a JPEG of a small square. */
export const isAsKept = (
	bytes: Uint8Array,
	{ width, height }: { readonly width: number; readonly height: number }
): boolean => width === height && width <= keptSide && bytes[0] === 0xff && bytes[1] === 0xd8;

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
