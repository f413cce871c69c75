import type { CompressedLayer } from '$lib/nets/compression/layer';
import { linkPath } from '../../../plot/links';
import { scatterScale, scatterTicks, type Scale } from '../../../plot/scale';

/** How many weights are of about a value. */
export interface HistogramBar {
	readonly x: number;
	readonly width: number;
	/** Pixels above the line: of all weights, and of those that are kept. */
	readonly height: number;
	readonly storedHeight: number;
}

/** A value of the codebook. */
export interface Needle {
	readonly x: number;
	/** Pixels below the line. */
	readonly length: number;
	readonly value: number;
	/** Weights that have it. */
	readonly count: number;
}

/** Weights by value before, above a line, and after, below another; in pixels. */
export interface WeightHistogram {
	readonly width: number;
	readonly height: number;
	readonly x: Scale;
	readonly ticks: readonly number[];
	/** The two lines, and where ticks have their labels. */
	readonly above: number;
	readonly below: number;
	readonly bottom: number;
	/** Where the title of the lower half stands: beside the ties, where they leave it room, or else below all. */
	readonly title: number;
	readonly bars: readonly HistogramBar[];
	readonly needles: readonly Needle[];
	/** From where weights are to the value that they come to. */
	readonly ties: string;
	/** Pixels below the line of the weights that are pruned, which are zero. */
	readonly zeroLength: number;
}

const margin = 14;
const barsHeight = 150;
const between = 44;
const needlesHeight = 96;
const titles = 26;
/** That the title of the lower half takes, in any language. */
export const titleWidth = 160;

/** Lays out a layer's weights; bars and needles have each their own scale, with the most frequent at full height. */
export function layoutWeights(weights: Float32Array, layer: CompressedLayer, width: number): WeightHistogram {
	const largest = weights.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
	const x = scatterScale('linear', [-largest, largest], [margin, width - margin]);
	// An odd number, so that zero lies in the middle of one.
	const bins = 2 * Math.max(10, Math.min(60, Math.round(width / 14))) + 1;
	const binOf = (value: number) => Math.min(bins - 1, Math.floor(((value + largest) / (2 * largest)) * bins));
	const all = new Uint32Array(bins);
	const stored = new Uint32Array(bins);
	for (const value of weights) all[binOf(value)]!++;
	for (const at of layer.positions) stored[binOf(weights[at]!)]!++;
	const most = Math.max(...all, 1);
	const each = (width - 2 * margin) / bins;
	const above = titles + barsHeight;
	const below = above + between;
	const bars = Array.from(all, (count, bin) => ({
		x: margin + bin * each,
		width: each,
		height: (barsHeight * count) / most,
		storedHeight: (barsHeight * stored[bin]!) / most
	}));
	const counts = new Uint32Array(layer.codebook.length);
	for (const code of layer.codes) counts[code]!++;
	const mostShared = Math.max(...counts, 1);
	const needles = Array.from(layer.codebook, (value, code) => ({
		x: x(value),
		length: (needlesHeight * counts[code]!) / mostShared,
		value,
		count: counts[code]!
	}));
	const pruned = layer.count - layer.positions.length;
	const tied = tiedOf(bars, needles);
	const bottom = below + needlesHeight + titles + 16;
	const hasRoom = tied.every(({ from, to }) => Math.min(from, to) > titleWidth);
	return {
		...{ width, height: bottom + (hasRoom ? 6 : titles), x, bars, needles },
		ticks: scatterTicks('linear', [-largest, largest], width - 2 * margin, 80),
		...{ above, below, bottom, title: hasRoom ? below - 8 : bottom + titles - 6 },
		ties: tied.map(({ from, to }) => linkPath({ x: from, y: above }, { x: to, y: below }, 'column')).join(''),
		zeroLength: needlesHeight * Math.min(1, pruned / mostShared)
	};
}

/** From where each bar's weights come to the nearest value: pixels from the left. */
function tiedOf(bars: readonly HistogramBar[], needles: readonly Needle[]) {
	return bars
		.filter(({ storedHeight }) => storedHeight > 0)
		.map((bar) => {
			const from = bar.x + bar.width / 2;
			const to = needles.reduce(
				(best, { x }) => (Math.abs(x - from) < Math.abs(best - from) ? x : best),
				Infinity
			);
			return { from, to };
		});
}
