import type { Preprocessing } from '../formats/format';
import { preprocessings } from '../formats/preprocessing';
import type { Shape } from '../ops';

/** Pixels as a canvas gives them: RGBA, row-major, 4 bytes each. */
export interface Picture {
	readonly width: number;
	readonly height: number;
	readonly data: Uint8ClampedArray | Uint8Array;
}

export { preprocessings, type Preprocessing };

/**
 * A network's input from RGB pixels, row-major, 3 bytes each.
 * @returns as many values, in the network's order of channels
 */
export function normalize(rgb: Uint8Array, { order, mean, deviation }: Preprocessing): Float32Array {
	const values = new Float32Array(rgb.length);
	for (let channel = 0; channel < 3; channel++) {
		const from = order === 'rgb' ? channel : 2 - channel;
		for (let i = 0; i < rgb.length; i += 3)
			values[i + channel] = (rgb[i + from]! - mean[channel]!) / deviation[channel]!;
	}
	return values;
}

/** The middle of a picture, cut to a network's height and width, as RGB pixels. */
export function cropPicture(picture: Picture, height: number, width: number, share?: number): Uint8Array {
	const side = Math.max(height, width);
	const square = cropSquare(picture, side, share);
	const [top, left] = [Math.floor((side - height) / 2), Math.floor((side - width) / 2)];
	if (height === width) return square;
	return Uint8Array.from({ length: height * width * 3 }, (_, i) => {
		const position = Math.floor(i / 3);
		const y = top + Math.floor(position / width);
		return square[(y * side + left + (position % width)) * 3 + (i % 3)]!;
	});
}

/** Brightness of RGB pixel `i`. Source: Rec. ITU-R BT.601. */
export const greyAt = (rgb: Uint8Array, i: number): number =>
	0.299 * rgb[3 * i]! + 0.587 * rgb[3 * i + 1]! + 0.114 * rgb[3 * i + 2]!;

/**
 * What a network that takes `[height, width, 3 or 1]` is given of a picture: the middle, cut to its shape; grey by brightness, with
 * the first channel's mean and deviation.
 */
export function pictureInput(
	picture: Picture,
	[height, width, channels]: Shape,
	preprocessing: Preprocessing,
	share?: number
): Float32Array {
	const rgb = cropPicture(picture, height, width, share);
	if (channels === 3) return normalize(rgb, preprocessing);
	const { mean, deviation } = preprocessing;
	return Float32Array.from({ length: height * width }, (_, i) => (greyAt(rgb, i) - mean[0]) / deviation[0]);
}

/** Share of the short side that is cut out of the middle: 224 of 256 pixels, as networks are tested on ImageNet. */
const usualShare = 0.875;

/**
 * The square in the middle of a picture, as RGB pixels of `size` × `size`: the short side is resized to `size / share`, and
 * the middle of that cut out; transparent pixels are on white. Sizes and offsets are whole pixels.
 */
export function cropSquare(picture: Picture, size: number, share = usualShare): Uint8Array {
	const { width, height } = picture;
	const short = Math.round(size / share);
	const cut = (side: number) => {
		const resized = Math.round((side * short) / Math.min(width, height));
		const scale = side / resized;
		return { start: Math.floor((resized - size) / 2) * scale, length: size * scale };
	};
	const rows = { count: height, step: 1, stride: width };
	const columns = { count: size, step: size, stride: 1 };
	const narrow = resample(flatten(picture), rows, cut(width), size);
	const square = resample(narrow, columns, cut(height), size);
	return Uint8Array.from(square, (value) => Math.min(255, Math.max(0, Math.round(value))));
}

/** RGB on white. */
function flatten({ width, height, data }: Picture): Float32Array {
	const rgb = new Float32Array(width * height * 3);
	for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
		const alpha = data[from + 3]! / 255;
		const white = 255 * (1 - alpha);
		rgb[to] = data[from]! * alpha + white;
		rgb[to + 1] = data[from + 1]! * alpha + white;
		rgb[to + 2] = data[from + 2]! * alpha + white;
	}
	return rgb;
}

/** Where the lines of pixels lie that are resampled: `count` of them, `stride` apart, their pixels `step` apart. */
interface Lines {
	readonly count: number;
	readonly step: number;
	readonly stride: number;
}

/**
 * Resamples a stretch of each line to `size` pixels, by a triangle as wide as two pixels of the result, or of the source
 * where that is finer: Pillow's bilinear filter. Lines of the result lie as those of the source do.
 */
function resample(
	rgb: Float32Array,
	{ count, step, stride }: Lines,
	{ start, length }: { readonly start: number; readonly length: number },
	size: number
): Float32Array {
	const isRow = step === 1;
	const pixels = isRow ? stride : rgb.length / 3 / step;
	const scale = length / size;
	const reach = Math.max(1, scale);
	const windows = Array.from({ length: size }, (_, to) => {
		const centre = start + (to + 0.5) * scale;
		const first = Math.max(0, Math.floor(centre - reach + 0.5));
		const last = Math.min(pixels, Math.floor(centre + reach + 0.5));
		const weights = Float64Array.from({ length: last - first }, (_, i) =>
			Math.max(0, 1 - Math.abs((first + i + 0.5 - centre) / reach))
		);
		return { first, weights, sum: weights.reduce((total, weight) => total + weight, 0) };
	});
	const result = new Float32Array(count * size * 3);
	// Line by line, so that what is read lies together; three sums at a time, since this may run beside the page's own work.
	for (let line = 0; line < count; line++) {
		for (let to = 0; to < size; to++) {
			const { first, weights, sum } = windows[to]!;
			let red = 0;
			let green = 0;
			let blue = 0;
			for (let i = 0; i < weights.length; i++) {
				const from = (line * stride + (first + i) * step) * 3;
				const weight = weights[i]!;
				red += weight * rgb[from]!;
				green += weight * rgb[from + 1]!;
				blue += weight * rgb[from + 2]!;
			}
			const target = (isRow ? line * size + to : to * count + line) * 3;
			result[target] = red / sum;
			result[target + 1] = green / sum;
			result[target + 2] = blue / sum;
		}
	}
	return result;
}
