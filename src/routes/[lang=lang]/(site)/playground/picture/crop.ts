import type { Picture } from '$lib/engine/client';
import { cropSquare } from '$lib/engine/picture';

/** The pixels that a network gets of a picture, RGBA, before they are normalised. */
export function cropOf(picture: Picture, size: number, share?: number): ImageData {
	const rgb = cropSquare(picture, size, share);
	const image = new ImageData(size, size);
	for (let i = 0; i < size * size; i++) {
		for (let channel = 0; channel < 3; channel++) image.data[i * 4 + channel] = rgb[i * 3 + channel]!;
		image.data[i * 4 + 3] = 255;
	}
	return image;
}
