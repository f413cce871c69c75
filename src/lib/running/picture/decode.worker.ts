import { expose, transfer } from 'comlink';
import { endsEarly } from './pixelData';
import { reduce, turned, type Reduced } from './reduce';

/** What a worker hands to the page. */
export interface DecodedApart extends Reduced<ImageBitmap> {
	/** As it was, turned upright. */
	readonly width: number;
	readonly height: number;
}

/** Decodes a picture and draws it small, beside the page; `null` where the browser reads none in it here, `cutOff` where a part is missing. */
async function decode(file: Blob, orientation: number): Promise<DecodedApart | 'cutOff' | null> {
	if (await endsEarly(new Uint8Array(await file.arrayBuffer()))) return 'cutOff';
	const sheetOf = (w: number, h: number) => new OffscreenCanvas(w, h);
	const bitmap = await createImageBitmap(file).catch(() => null);
	if (!bitmap) return null;
	const source = turned(bitmap, orientation, sheetOf);
	const { width, height } = source;
	const { shown, pixels } = reduce(source, source, sheetOf);
	bitmap.close();
	const sent = shown.transferToImageBitmap();
	return transfer({ width, height, shown: sent, pixels }, [sent, pixels.data.buffer]);
}

export type Decode = typeof decode;

expose(decode);
