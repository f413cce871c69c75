import type { Shape } from '$lib/ops';
import type { Pixels } from './mapAtlas';

/** Rows and columns of the photograph. */
export const photographSize = 64;

/** The square of Chelsea the cat (`static/pictures/chelsea.webp`) that it is made from. */
export const photographCrop = { left: 75, top: 0, side: 300 } as const;

export interface Photograph {
	/** Height × width × red, green, blue: whole numbers from 0 to 255. */
	readonly shape: Shape;
	readonly data: Uint8Array;
}

/** The photograph from its text. */
export function decodePhotograph(base64: string): Photograph {
	const data = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
	return { shape: [photographSize, photographSize, 3], data };
}

/** As a screen shows it: all colours, or the light of some channels only. */
export function photographPixels(
	{ shape, data }: Photograph,
	channels: readonly number[] = [0, 1, 2]
): Pixels {
	const [height, width, count] = shape;
	const pixels = new Uint8ClampedArray(height * width * 4);
	for (let i = 0; i < height * width; i++) {
		for (const c of channels) pixels[4 * i + c] = data[count * i + c]!;
		pixels[4 * i + 3] = 255;
	}
	return { height, width, data: pixels };
}

/** Brightnesses from 0 to 255 as a screen shows them. */
export function brightnessPixels(
	values: ArrayLike<number>,
	[height, width]: readonly [height: number, width: number, ...rest: number[]]
): Pixels {
	const pixels = new Uint8ClampedArray(height * width * 4);
	for (let i = 0; i < height * width; i++) {
		for (let c = 0; c < 3; c++) pixels[4 * i + c] = values[i]!;
		pixels[4 * i + 3] = 255;
	}
	return { height, width, data: pixels };
}

/** The mean of the three colours at each place, rounded. */
export function brightness({ shape: [height, width, count], data }: Photograph): Float64Array {
	return Float64Array.from({ length: height * width }, (_, i) => {
		let sum = 0;
		for (let c = 0; c < count; c++) sum += data[count * i + c]!;
		return Math.round(sum / count);
	});
}
