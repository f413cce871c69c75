import type { Shape } from '$lib/ops';

/** What a map has in it. */
export interface MapSummary {
	readonly min: number;
	readonly max: number;
	/** Mean magnitude: how strongly the channel answers to the picture. */
	readonly strength: number;
	/** Where its largest magnitude is. */
	readonly peak: { readonly y: number; readonly x: number };
}

interface Values {
	readonly shape: Shape;
	readonly data: ArrayLike<number>;
}

/** Summaries of all maps of a tensor, by channel. Values that are not finite are left out. */
export function summarizeMaps({ shape, data }: Values): readonly MapSummary[] {
	const [height, width, channels] = shape;
	const min = new Float64Array(channels).fill(Infinity);
	const max = new Float64Array(channels).fill(-Infinity);
	const sum = new Float64Array(channels);
	const most = new Float64Array(channels).fill(-1);
	const peak = new Uint32Array(channels);
	for (let position = 0, i = 0; position < height * width; position++) {
		for (let c = 0; c < channels; c++, i++) {
			const value = data[i]!;
			if (!Number.isFinite(value)) continue;
			const magnitude = Math.abs(value);
			if (value < min[c]!) min[c] = value;
			if (value > max[c]!) max[c] = value;
			sum[c]! += magnitude;
			if (magnitude > most[c]!) {
				most[c] = magnitude;
				peak[c] = position;
			}
		}
	}
	return Array.from({ length: channels }, (_, c) => ({
		min: Number.isFinite(min[c]) ? min[c]! : 0,
		max: Number.isFinite(max[c]) ? max[c]! : 0,
		strength: sum[c]! / (height * width),
		peak: { y: Math.floor(peak[c]! / width), x: peak[c]! % width }
	}));
}

/** Share of the values that lie within the scale; the few beyond have its strongest colour. */
const within = 0.995;
const bins = 512;

/** The magnitude that gets the strongest colour: a few outliers do not make all else pale. */
export function scaleOf(data: ArrayLike<number>): number {
	let largest = 0;
	for (let i = 0; i < data.length; i++) {
		const magnitude = Math.abs(data[i]!);
		if (magnitude > largest && magnitude < Infinity) largest = magnitude;
	}
	if (largest === 0 || data.length < 1 / (1 - within)) return largest;
	const counts = new Uint32Array(bins);
	for (let i = 0; i < data.length; i++) {
		const bin = Math.floor((Math.abs(data[i]!) / largest) * bins);
		// Not a number counts as nothing, infinity as the largest.
		counts[Number.isNaN(bin) ? 0 : Math.min(bins - 1, bin)]!++;
	}
	// Of a sparse map nearly all values are zero: the share is of those that are not.
	let rest = (1 - within) * (data.length - counts[0]!);
	let bin = bins - 1;
	while (bin > 0 && rest >= counts[bin]!) rest -= counts[bin--]!;
	return (largest * (bin + 1)) / bins;
}

/** The same for each map of a tensor by itself, by channel. */
export function ownScales({ shape, data }: Values): readonly number[] {
	const [height, width, channels] = shape;
	const map = new Float32Array(height * width);
	return Array.from({ length: channels }, (_, c) => {
		for (let i = 0; i < map.length; i++) map[i] = data[i * channels + c]!;
		return scaleOf(map);
	});
}

export const mapSorts = ['channel', 'strength'] as const;
export type MapSort = (typeof mapSorts)[number];

/** Channels in the order in which they are shown; equally strong ones by channel. */
export function sortMaps(summaries: readonly MapSummary[], sort: MapSort): readonly number[] {
	const channels = summaries.map((_, channel) => channel);
	if (sort === 'channel') return channels;
	return channels.sort((a, b) => summaries[b]!.strength - summaries[a]!.strength || a - b);
}
