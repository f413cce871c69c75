import { m } from '$lib/i18n';
import type { Cell, Step } from '$lib/ops/types';
import { formatNumber, formatTerm, subscript } from '../../tensor/values';
import { manyChannels, sumsByChannel } from '../../tensor/channelSums';
import type { Patch } from './fixes';
import { fieldName } from './names';
import type { Problem } from './problems';
import type { Resolved } from './resolve';
import { type BenchSpec, fieldsOf } from './spec';
import { type Target, weightPosition } from './targets';
import type { CurrentStep } from './timeline';
import { kernelLetter, tensorLetter } from './views';

type Cells = Pick<Resolved, 'input' | 'stages'>;

/** `O₂[1,0]`: a cell of a tensor. */
export function cellText({ stages }: Cells, tensor: number, { y, x, channel }: Omit<Cell, 'tensor'>): string {
	const index = [y, x].map((n) => formatNumber(n)).join(',');
	return `${tensorLetter(tensor, stages.length + 1)}${subscript(channel)}[${index}]`;
}

/** `I₀[1,2]`, `W₂,₁[0,1]` (filter, input channel, row, column), `b₂`. */
export function positionText(bench: Resolved, target: Target): string {
	if (target.kind === 'cell') return cellText(bench, target.tensor, target);
	if (target.kind === 'bias') return `b${subscript(target.index)}`;
	const position = weightPosition(bench, target.stage, target.index);
	const { id } = bench.stages[target.stage]!;
	return position
		? `${kernelLetter(id)}${subscript(position.filter)},${subscript(position.channel)}[${position.ky},${position.kx}]`
		: '';
}

/** The moment in a sentence: what is read, what comes out. */
export function currentStepText(bench: Resolved, current: CurrentStep): string {
	const stage = bench.stages[current.stage]!;
	const step = current.kind === 'arithmetic' ? current.step : null;
	if (stage.tell) {
		return stage.tell({ step, local: current.local }, (cell, of) =>
			cellText(bench, current.stage + (of === 'output' ? 1 : 0), cell)
		);
	}
	if (!step) return '';
	const output = cellText(bench, current.stage + 1, step.output);
	return step.granularity === 'value'
		? valueText(bench, current.stage, step, output)
		: multiplyText(bench, current.stage, step, output);
}

function valueText(bench: Resolved, stage: number, step: Step, output: string): string {
	const letter = (channel: number) => `${tensorLetter(stage, bench.stages.length + 1)}${subscript(channel)}`;
	const sums = sumsByChannel(step.terms);
	const parts =
		sums.length > manyChannels
			? [m.bench_step_from_many({ sum: formatTerm(step.after), count: sums.length })]
			: sums.map(({ channel, sum }) => m.bench_step_from({ sum: formatTerm(sum), channel: letter(channel) }));
	if ('bias' in bench.stages[stage]!.weights) parts.push(m.bench_step_bias({ bias: formatTerm(step.bias) }));
	const result = formatNumber(step.writes ?? step.after);
	if (step.terms.length === 0) return `${m.bench_step_nothing()} ${output} = ${result}`;
	return `${output} = ${parts.join(' + ')} = ${result}`;
}

function multiplyText(bench: Resolved, stage: number, step: Step, output: string): string {
	const term = step.terms[0];
	if (!term || term.weight === null) return valueText(bench, stage, step, output);
	const read = term.input ? cellText(bench, stage, term.at) : m.bench_padding_cell();
	const weight = positionText(bench, { kind: 'weight', stage, index: term.weight });
	const product = `${read} × ${weight} = ${formatTerm(term.inputValue)} × ${formatTerm(term.weightValue ?? 0)} = ${formatNumber(term.product)}`;
	const sum = m.bench_step_sum({ sum: formatNumber(step.after) });
	if (step.writes === null) return `${product}${sum}`;
	const bias =
		'bias' in bench.stages[stage]!.weights ? ` + ${m.bench_step_bias({ bias: formatTerm(step.bias) })}` : '';
	return `${product}${sum}${bias} → ${output} = ${formatNumber(step.writes)}`;
}

/** What is wrong, in a sentence. */
export function problemText({ field, code, params }: Problem): string {
	const text = (key: string) => String(params[key] ?? '');
	switch (code) {
		case 'range':
			return m.bench_problem_range({ field: fieldName(field), min: text('min'), max: text('max') });
		case 'groups': {
			const of = params.of === 'inChannels' ? m.bench_channels_in() : m.bench_channels_out();
			return m.bench_problem_groups({ groups: text('groups'), total: text('total'), of });
		}
		case 'kernelTooLarge':
			return (params.axis === 'height' ? m.bench_problem_kernel_rows : m.bench_problem_kernel_columns)({
				span: text('span'),
				size: text('size')
			});
		case 'poolPadding':
			return m.bench_problem_pool_padding({ max: text('max') });
		case 'cropTooLarge':
			return m.bench_problem_crop();
		case 'outputPadding':
			return m.bench_problem_output_padding();
		case 'outputTooLarge':
			return m.bench_problem_output({
				shape: `${text('height')}×${text('width')}×${text('channels')}`,
				side: text('side'),
				channels: text('maxChannels')
			});
	}
}

/** A fix as its button says it. */
export function fixText(spec: BenchSpec, fix: Patch): string {
	const fields = fieldsOf(spec).filter((field) => field in fix);
	if (fields.length > 2) return m.bench_fix_default();
	const [first] = fields;
	if (!first) return '';
	const value = fix[first];
	if (first === 'kernelHeight' && fields.length === 2) return `${m.bench_field_kernel()} ${String(value)}`;
	if (first === 'height' && fields.length === 2) return `${m.bench_field_size()} ${String(value)}`;
	if (first === 'padding') {
		return typeof value === 'string' ? `${fieldName(first)}: ${value}` : m.bench_fix_clamp();
	}
	return `${fieldName(first)} ${String(value)}`;
}
