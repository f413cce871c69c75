import { nice, ticks as tickValues } from 'd3-array';

/** What a layer costs, in two measures. */
export interface CostPair {
	readonly macs: number;
	readonly params: number;
}

/** Place of a layer's two bars: one up from the line between them, one down. */
export interface CostBar {
	readonly x: number;
	readonly width: number;
	/** Heights in px. */
	readonly macs: number;
	readonly params: number;
}

export interface CostBarsLayout {
	readonly bars: readonly CostBar[];
	/** Ticks of each measure with their distance from the line. */
	readonly ticks: Readonly<
		Record<keyof CostPair, readonly { readonly value: number; readonly distance: number }[]>
	>;
}

/** Thinnest bar of a layer that costs anything at all, in px: what is small must still be seen. */
const MIN_BAR = 1;

/**
 * Bars of all layers side by side in `width` px, each measure on its own scale over `height` px, so that both can be read along
 * the network.
 */
export function layoutCostBars(
	costs: readonly CostPair[],
	{ width, height }: { readonly width: number; readonly height: number }
): CostBarsLayout {
	const slot = width / Math.max(1, costs.length);
	const gap = Math.min(4, slot * 0.2);
	const top = (measure: keyof CostPair) => nice(0, Math.max(1, ...costs.map((cost) => cost[measure])), 3)[1];
	const tops = { macs: top('macs'), params: top('params') };
	const lengthOf = (measure: keyof CostPair, value: number) => (value / tops[measure]) * height;
	const bar = (measure: keyof CostPair, value: number) =>
		value === 0 ? 0 : Math.max(MIN_BAR, lengthOf(measure, value));
	// A scale of nothing has no marks.
	const isNone = (measure: keyof CostPair) => costs.every((cost) => cost[measure] === 0);
	const ticks = (measure: keyof CostPair) =>
		(isNone(measure) ? [] : tickValues(0, tops[measure], 3))
			.filter((value) => value > 0)
			.map((value) => ({ value, distance: lengthOf(measure, value) }));
	return {
		bars: costs.map((cost, i) => ({
			x: i * slot + gap / 2,
			width: slot - gap,
			macs: bar('macs', cost.macs),
			params: bar('params', cost.params)
		})),
		ticks: { macs: ticks('macs'), params: ticks('params') }
	};
}
