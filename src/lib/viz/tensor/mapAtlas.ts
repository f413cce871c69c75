import type { Shape } from '$lib/ops';

/** A colour as a canvas has it. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Colours from the strongest negative value through zero to the strongest positive one, packed as RGBA in memory order. */
export type ColourTable = Uint32Array;

/** Shades between two neighbouring colours of the scale: maps have more to tell than cells with numbers. */
const shades = 8;

/** Pixels of an image, RGBA. */
export interface Pixels {
	readonly width: number;
	readonly height: number;
	readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** Makes a table of an odd number of colours, of which the middle one is zero's. */
export function colourTable(colours: readonly Rgb[]): ColourTable {
	const count = (colours.length - 1) * shades + 1;
	const bytes = new Uint8ClampedArray(count * 4);
	for (let i = 0; i < count; i++) {
		const from = colours[Math.floor(i / shades)]!;
		const to = colours[Math.min(colours.length - 1, Math.floor(i / shades) + 1)]!;
		const share = (i % shades) / shades;
		for (let c = 0; c < 3; c++) bytes[4 * i + c] = Math.round(from[c]! + share * (to[c]! - from[c]!));
		bytes[4 * i + 3] = 255;
	}
	return new Uint32Array(bytes.buffer);
}

/** All maps of a layer side by side on one image: map `c` at column `c % columns`, row `⌊c / columns⌋`. */
export interface Atlas extends Pixels {
	readonly columns: number;
	readonly tileWidth: number;
	readonly tileHeight: number;
}

/** Columns of an atlas that is about as high as wide. */
export function atlasColumns([height, width, channels]: Shape): number {
	return Math.max(1, Math.min(channels, Math.round(Math.sqrt((channels * height) / width))));
}

/**
 * Paints all maps of a tensor by a table of colours.
 * @param largest the value with the strongest colour, for all maps or one for each
 */
export function paintAtlas(
	{ shape, data }: { readonly shape: Shape; readonly data: ArrayLike<number> },
	table: ColourTable,
	largest: number | readonly number[]
): Atlas {
	const [height, width, channels] = shape;
	const columns = atlasColumns(shape);
	const rows = Math.ceil(channels / columns);
	const atlasWidth = columns * width;
	const pixels = new Uint32Array(atlasWidth * rows * height);
	const middle = (table.length - 1) / 2;
	const factors = Float64Array.from({ length: channels }, (_, c) => {
		const most = typeof largest === 'number' ? largest : largest[c]!;
		return most > 0 ? middle / most : 0;
	});
	const corners = Uint32Array.from(
		{ length: channels },
		(_, c) => Math.floor(c / columns) * height * atlasWidth + (c % columns) * width
	);
	let i = 0;
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			const at = y * atlasWidth + x;
			for (let c = 0; c < channels; c++, i++) {
				const scaled = Math.round(data[i]! * factors[c]!);
				// What is not a number fails both comparisons and comes out as zero.
				const step = scaled > middle ? middle : scaled < -middle ? -middle : scaled || 0;
				pixels[corners[c]! + at] = table[middle + step]!;
			}
		}
	}
	return {
		width: atlasWidth,
		height: rows * height,
		data: new Uint8ClampedArray(pixels.buffer),
		columns,
		tileWidth: width,
		tileHeight: height
	};
}

/** A map with each edge once more around it, so that what is stretched over a picture does not end before the picture does. */
export function withEdges(
	data: ArrayLike<number>,
	[height, width]: readonly [height: number, width: number, ...rest: number[]]
): { readonly shape: Shape; readonly data: Float64Array } {
	const inside = (n: number, count: number) => Math.max(0, Math.min(count - 1, n - 1));
	const columns = width + 2;
	return {
		shape: [height + 2, columns, 1],
		data: Float64Array.from(
			{ length: (height + 2) * columns },
			(_, i) => data[inside(Math.floor(i / columns), height) * width + inside(i % columns, width)]!
		)
	};
}

/** Paints one map to lie over a picture: what there is little of, or less than nothing, is dimmed by the colour of zero. */
export function paintDimming(
	map: { readonly shape: Shape; readonly data: ArrayLike<number> },
	table: ColourTable,
	largest: number
): Atlas {
	const atlas = paintAtlas(
		map,
		table.map(() => table[(table.length - 1) / 2]!),
		largest
	);
	for (let i = 0; i < map.data.length; i++) {
		const share = largest > 0 ? Math.max(0, Math.min(1, map.data[i]! / largest)) : 0;
		atlas.data[4 * i + 3] = Math.round(255 * most * (1 - share));
	}
	return atlas;
}

/** Of the colour of zero over a picture, which still shows through. */
const most = 0.8;

/**
 * Paints kernels over a picture's three channels as pictures: no weight is grey, the strongest of all filters is full colour.
 * @param kernel `[kh, kw, 3, filters]`
 */
export function paintFilters(
	{ shape, data }: { readonly shape: readonly number[]; readonly data: ArrayLike<number> },
	order: 'rgb' | 'bgr'
): Atlas {
	const [height = 1, width = 1, , filters = 1] = shape;
	let largest = 0;
	for (let i = 0; i < data.length; i++) largest = Math.max(largest, Math.abs(data[i]!));
	const columns = atlasColumns([height, width, filters]);
	const rows = Math.ceil(filters / columns);
	const pixels = new Uint8ClampedArray(columns * width * rows * height * 4);
	for (let f = 0; f < filters; f++) {
		for (let y = 0; y < height; y++) {
			for (let x = 0; x < width; x++) {
				const row = Math.floor(f / columns) * height + y;
				const at = 4 * (row * columns * width + (f % columns) * width + x);
				for (let c = 0; c < 3; c++) {
					const from = order === 'rgb' ? c : 2 - c;
					const weight = data[((y * width + x) * 3 + from) * filters + f]!;
					pixels[at + c] = Math.round(127.5 + (largest > 0 ? (127.5 * weight) / largest : 0));
				}
				pixels[at + 3] = 255;
			}
		}
	}
	return {
		width: columns * width,
		height: rows * height,
		data: pixels,
		columns,
		tileWidth: width,
		tileHeight: height
	};
}

/** Corner of a map on its atlas. */
export function atlasCorner(
	{ columns, tileWidth, tileHeight }: Atlas,
	channel: number
): { readonly x: number; readonly y: number } {
	return { x: (channel % columns) * tileWidth, y: Math.floor(channel / columns) * tileHeight };
}
