import type { Step } from '$lib/ops/types';
import { subscript } from '../../layout/values';
import type { Resolved } from './resolve';
import { kernelLetter, tensorLetter } from './views';

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

/** The terms of an output value by input channel, in the order of the trace. */
export function channelSums(bench: Resolved, stage: number, whole: Step): ChannelSum[] {
	const letter = tensorLetter(stage, bench.stages.length + 1);
	const kernel = kernelLetter(bench.stages[stage]!.id);
	const sums: (ChannelSum & { terms: ChannelSum['terms'][number][] })[] = [];
	for (const [n, term] of whole.terms.entries()) {
		const { channel, y } = term.at;
		let sum = sums.at(-1);
		if (sum?.channel !== channel) {
			const columns = whole.terms.filter(({ at }) => at.channel === channel && at.y === y).length;
			sum = {
				channel,
				input: letter + subscript(channel),
				kernel: kernel && `${kernel}${subscript(whole.output.channel)},${subscript(channel)}`,
				columns,
				terms: [],
				start: n
			};
			sums.push(sum);
		}
		sum.terms.push({
			value: term.inputValue,
			isPadding: term.input === null,
			weight: term.weightValue,
			product: term.product
		});
	}
	return sums;
}

/** What a channel has brought once the first `done` terms of the output value are in; for a maximum, the largest. */
export function partialSum({ terms, start }: ChannelSum, done: number, isMax: boolean): number {
	const products = terms.slice(0, Math.max(0, done - start)).map(({ product }) => product);
	return isMax ? Math.max(...products) : products.reduce((sum, product) => sum + product, 0);
}
