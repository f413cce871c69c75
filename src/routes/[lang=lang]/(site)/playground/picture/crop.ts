import type { Picture } from '$lib/engine/client';
import { cropPicture, greyAt } from '$lib/engine/picture';
import type { Shape } from '$lib/ops';

/** The pixels that a network gets of a picture, RGBA, before they are normalised: cut to its shape, and grey where it has one channel. */
export function cropOf(picture: Picture, [height, width, channels]: Shape, share?: number): ImageData {
	const rgb = cropPicture(picture, height, width, share);
	const image = new ImageData(width, height);
	for (let i = 0; i < height * width; i++) {
		const grey = channels === 1 ? greyAt(rgb, i) : null;
		for (let channel = 0; channel < 3; channel++) image.data[i * 4 + channel] = grey ?? rgb[i * 3 + channel]!;
		image.data[i * 4 + 3] = 255;
	}
	return image;
}
