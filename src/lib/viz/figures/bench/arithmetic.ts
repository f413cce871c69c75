import type { Step } from '$lib/ops/types';
import { subscript } from '../../tensor/values';
import type { ChannelSum } from '../../tensor/channelSums';
import type { Resolved } from './resolve';
import { kernelLetter, tensorLetter } from './views';

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
