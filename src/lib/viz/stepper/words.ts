import { m } from '$lib/i18n';
import { formatNumber, formatTerm, subscript } from '../tensor/values';
import { manyChannels, sumsByChannel } from '../tensor/channelSums';
import type { StepLetters } from './scene';
import { activated, type ConvStage, type StepGraph, type CurrentStep } from './stages';

/** The moment in a sentence: what is read, what comes out. */
export function stepText(graph: StepGraph, current: CurrentStep, letters: StepLetters): string {
	const name = (tensor: number, channel: number) => letters.tensors[tensor]! + subscript(channel);
	const { output } = current.stage;
	if (current.kind === 'copy') {
		const from = current.stage.channels[current.channel]!;
		return m.squeezenet_steps_copy({
			from: name(from.tensor, from.channel),
			to: name(output, current.channel)
		});
	}
	const { stage, step } = current;
	const source = stage.inputs[0]!;
	const at = ({ y, x }: { y: number; x: number }) => `[${formatNumber(y)},${formatNumber(x)}]`;
	const cell = name(output, step.output.channel) + at(step.output);
	const bias = stage.geometry.bias ? [m.bench_step_bias({ bias: formatTerm(step.bias) })] : [];
	if (step.granularity === 'value') {
		const sums = sumsByChannel(step.terms);
		const parts =
			sums.length > manyChannels
				? [m.bench_step_from_many({ sum: formatTerm(step.after), count: sums.length })]
				: sums.map(({ channel, sum }) =>
						m.bench_step_from({ sum: formatTerm(sum), channel: name(source, channel) })
					);
		return `${cell} = ${[...parts, ...bias].join(' + ')} = ${result(stage, step.writes ?? step.after)}`;
	}
	const term = step.terms[0]!;
	const read = term.input ? name(source, term.at.channel) + at(term.at) : m.bench_padding_cell();
	const letter = letters.kernels[graph.stages.indexOf(stage)]! + subscript(step.output.channel);
	const product = `${read} × ${letter} = ${formatTerm(term.inputValue)} × ${formatTerm(term.weightValue ?? 0)} = ${formatNumber(term.product)}`;
	const sum = m.bench_step_sum({ sum: formatNumber(step.after) });
	if (step.writes === null) return product + sum;
	return `${product}${sum}${bias.map((text) => ` + ${text}`).join('')} → ${cell} = ${result(stage, step.writes)}`;
}

function result(stage: ConvStage, value: number): string {
	return stage.relu
		? `${formatNumber(value)} → ReLU → ${formatNumber(activated(stage, value))}`
		: formatNumber(value);
}
