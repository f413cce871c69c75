import type { Term } from '$lib/ops/types';

/** What one input channel brings to an output value. */
export interface ChannelSum {
	readonly channel: number;
	/** `I₀` and `W₂,₀`; the second is empty without weights. */
	readonly input: string;
	readonly kernel: string;
	/** In rows of so many. */
	readonly columns: number;
	readonly terms: readonly {
		readonly value: number;
		readonly isPadding: boolean;
		readonly weight: number | null;
		readonly product: number;
	}[];
	/** Place of its first term among those of the output value. */
	readonly start: number;
}

/** What a channel has brought once the first `done` terms of the output value are in; for a maximum, the largest. */
export function partialSum({ terms, start }: ChannelSum, done: number, isMax: boolean): number {
	const products = terms.slice(0, Math.max(0, done - start)).map(({ product }) => product);
	return isMax ? Math.max(...products) : products.reduce((sum, product) => sum + product, 0);
}

/** With more channels, a sentence names their number only. */
export const manyChannels = 6;

/** Sums of the products of a step by input channel, in the order of the trace. */
export function sumsByChannel(terms: readonly Term[]): { channel: number; sum: number }[] {
	const sums = new Map<number, number>();
	for (const { at, product } of terms) sums.set(at.channel, (sums.get(at.channel) ?? 0) + product);
	return [...sums].map(([channel, sum]) => ({ channel, sum }));
}
