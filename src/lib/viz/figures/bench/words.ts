import { m } from '$lib/i18n';
import type { Cell, Step, Term } from '$lib/ops/types';
import { formatNumber, subscript } from '../../layout/values';
import type { Moment } from './bench.svelte';
import type { Resolved } from './resolve';
import type { Stage } from './stage';
import { relatedTo, type Target, targetValue, weightPlace } from './targets';
import { kernelLetter, tensorLetter } from './views';

type Cells = Pick<Resolved, 'input' | 'stages'>;

/** `O₂[1,0]`: a cell of a tensor. */
export function cellText({ stages }: Cells, tensor: number, { y, x, channel }: Omit<Cell, 'tensor'>): string {
	const index = [y, x].map((n) => formatNumber(n)).join(',');
	return `${tensorLetter(tensor, stages.length + 1)}${subscript(channel)}[${index}]`;
}

/** `I₀[1,2]`, `W₂,₁[0,1]` (filter, input channel, row, column), `b₂`. */
export function placeText(bench: Resolved, target: Target): string {
	if (target.kind === 'cell') return cellText(bench, target.tensor, target);
	if (target.kind === 'bias') return `b${subscript(target.index)}`;
	const place = weightPlace(bench, target.stage, target.index);
	const { id } = bench.stages[target.stage]!;
	return place
		? `${kernelLetter(id)}${subscript(place.filter)},${subscript(place.channel)}[${place.ky},${place.kx}]`
		: '';
}

/** The value pointed at, and how much it is tied to. */
export function pointedText(bench: Resolved, target: Target): string {
	const value = `${placeText(bench, target)} = ${formatNumber(targetValue(bench, target) ?? 0)}`;
	const { cells } = relatedTo(bench, target);
	const counts = cells.map((list) => list.length);
	if (target.kind === 'cell' && target.tensor > 0) {
		const before = m.bench_point_reads({ count: counts[0]! });
		return target.tensor === bench.stages.length
			? `${value} · ${before}`
			: `${value} · ${before} · ${m.bench_point_feeds({ count: counts.at(-1)! })}`;
	}
	return `${value} · ${m.bench_point_feeds({ count: counts.at(-1)! })}`;
}

/** With more channels, a sentence names their number only. */
const manyChannels = 6;

/** A sum's terms: negative ones in brackets. */
const signed = (value: number) => (value < 0 ? `(${formatNumber(value)})` : formatNumber(value));

/** Sums of the products of a step by input channel, in the order of the trace. */
export function sumsByChannel(terms: readonly Term[]): { channel: number; sum: number }[] {
	const sums = new Map<number, number>();
	for (const { at, product } of terms) sums.set(at.channel, (sums.get(at.channel) ?? 0) + product);
	return [...sums].map(([channel, sum]) => ({ channel, sum }));
}

/** The moment in a sentence: what is read, what comes out. */
export function momentText(bench: Resolved, moment: Moment): string {
	const stage = bench.stages[moment.stage]!;
	if (moment.kind === 'move') return moveText(stage, moment);
	const { step } = moment;
	const output = cellText(bench, moment.stage + 1, step.output);
	switch (stage.layer.kind) {
		case 'maxPool':
		case 'avgPool':
		case 'globalAvgPool':
			return poolText(bench, stage, moment.stage, step, output);
		default:
			return step.grain === 'value'
				? valueText(bench, moment.stage, step, output)
				: multiplyText(bench, moment.stage, step, output);
	}
}

function valueText(bench: Resolved, stage: number, step: Step, output: string): string {
	const letter = (channel: number) => `${tensorLetter(stage, bench.stages.length + 1)}${subscript(channel)}`;
	const sums = sumsByChannel(step.terms);
	const parts =
		sums.length > manyChannels
			? [m.bench_step_from_many({ sum: signed(step.after), count: sums.length })]
			: sums.map(({ channel, sum }) => m.bench_step_from({ sum: signed(sum), channel: letter(channel) }));
	if ('bias' in bench.stages[stage]!.weights) parts.push(m.bench_step_bias({ bias: signed(step.bias) }));
	const result = formatNumber(step.writes ?? step.after);
	if (step.terms.length === 0) return `${m.bench_step_nothing()} ${output} = ${result}`;
	return `${output} = ${parts.join(' + ')} = ${result}`;
}

function multiplyText(bench: Resolved, stage: number, step: Step, output: string): string {
	const term = step.terms[0];
	if (!term || term.weight === null) return valueText(bench, stage, step, output);
	const read = term.input ? cellText(bench, stage, term.at) : m.bench_padding_cell();
	const weight = placeText(bench, { kind: 'weight', stage, index: term.weight });
	const product = `${read} × ${weight} = ${signed(term.inputValue)} × ${signed(term.weightValue ?? 0)} = ${formatNumber(term.product)}`;
	const sum = m.bench_step_sum({ sum: formatNumber(step.after) });
	if (step.writes === null) return `${product}${sum}`;
	const bias =
		'bias' in bench.stages[stage]!.weights ? ` + ${m.bench_step_bias({ bias: signed(step.bias) })}` : '';
	return `${product}${sum}${bias} → ${output} = ${formatNumber(step.writes)}`;
}

function poolText(bench: Resolved, stage: Stage, index: number, step: Step, output: string): string {
	const isMax = stage.layer.kind === 'maxPool';
	const values = step.terms.filter(({ input }) => input || !isMax).map(({ product }) => signed(product));
	if (step.grain === 'value') {
		const result = formatNumber(step.writes ?? step.after);
		if (isMax) return `${output} = max(${values.join(', ')}) = ${result}`;
		const shown = values.length > 12 ? m.bench_step_values({ count: values.length }) : values.join(' + ');
		return `${output} = (${shown}) ÷ ${stage.divisor?.(step.output)} = ${result}`;
	}
	const term = step.terms[0]!;
	const read = term.input ? cellText(bench, index, term.at) : m.bench_padding_cell();
	const value = term.input || !isMax ? ` = ${formatNumber(term.product)}` : '';
	const running = isMax
		? m.bench_step_max({ max: formatNumber(step.after) })
		: m.bench_step_sum({ sum: formatNumber(step.after) });
	const end = isMax ? '' : ` ÷ ${stage.divisor?.(step.output)}`;
	const written = step.writes === null ? '' : `${end} → ${output} = ${formatNumber(step.writes)}`;
	return `${read}${value}${running}${written}`;
}

function moveText(stage: Stage, moment: Moment & { kind: 'move' }): string {
	if (stage.layer.kind !== 'channelShuffle') return '';
	const { groups, channelsPerGroup: rest } = stage.layer.geometry;
	const text = {
		reshape: m.bench_move_reshape,
		transpose: m.bench_move_transpose,
		flatten: m.bench_move_flatten
	}[moment.move];
	return text({ groups, rest });
}
