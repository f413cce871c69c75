import { nice, ticks as tickValues } from 'd3-array';

/** A layer's time as measured, and as its MACs alone would have it, in milliseconds. */
export interface LatencyPair {
	readonly measured: number;
	readonly predicted: number;
}

/** Place of a layer's two bars: one up from the line between them, one down. */
export interface LatencyBar {
	readonly x: number;
	readonly width: number;
	/** Heights in px. */
	readonly measured: number;
	readonly predicted: number;
}

export interface LatencyBarsLayout {
	readonly bars: readonly LatencyBar[];
	/** Milliseconds to label, with their distance from the line in px, on both sides alike. */
	readonly ticks: readonly { readonly value: number; readonly distance: number }[];
}

/** Thinnest bar of a layer that takes any time at all, in px: what is small must still be seen. */
const MIN_BAR = 1;

/** Bars of all layers side by side in `width` px, both times on one scale over `height` px, so that a layer that is out of proportion shows. */
export function layoutLatencyBars(
	pairs: readonly LatencyPair[],
	{ width, height }: { readonly width: number; readonly height: number }
): LatencyBarsLayout {
	const slot = width / Math.max(1, pairs.length);
	const gap = Math.min(4, slot * 0.2);
	const most = Math.max(0, ...pairs.flatMap(({ measured, predicted }) => [measured, predicted]));
	const top = most === 0 ? 1 : nice(0, most, 3)[1];
	const length = (value: number) => (value === 0 ? 0 : Math.max(MIN_BAR, (value / top) * height));
	return {
		bars: pairs.map(({ measured, predicted }, i) => ({
			x: i * slot + gap / 2,
			width: slot - gap,
			measured: length(measured),
			predicted: length(predicted)
		})),
		ticks: tickValues(0, top, 3)
			.filter((value) => value > 0)
			.map((value) => ({ value, distance: (value / top) * height }))
	};
}
