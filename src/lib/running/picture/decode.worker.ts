import { expose, transfer } from 'comlink';
import { reduce, type Reduced } from './reduce';

/** What a worker hands to the page. */
export interface DecodedApart extends Reduced<ImageBitmap> {
	/** As it was, turned upright. */
	readonly width: number;
	readonly height: number;
}

/** Decodes a picture and draws it small, beside the page; `null` where the browser reads none in it here. */
async function decode(file: Blob): Promise<DecodedApart | null> {
	const source = await createImageBitmap(file).catch(() => null);
	if (!source) return null;
	const { width, height } = source;
	const { shown, pixels } = reduce(source, source, (w, h) => new OffscreenCanvas(w, h));
	source.close();
	const bitmap = shown.transferToImageBitmap();
	return transfer({ width, height, shown: bitmap, pixels }, [bitmap, pixels.data.buffer]);
}

export type Decode = typeof decode;

expose(decode);
