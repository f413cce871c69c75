import { m } from '$lib/i18n';
import { avgPool, divisorOf } from '$lib/ops/avgPool';
import { globalAvgPool } from '$lib/ops/globalAvgPool';
import { maxPool } from '$lib/ops/maxPool';
import { formatNumber, formatTerm } from '../../../tensor/values';
import type { BenchSpec } from '../spec';
import { planStage, type PlannedStage, type StageExtras } from '../stage';
import { inputOf, windowOf } from './convolutions';

export function planPooling(spec: BenchSpec): PlannedStage[] {
	const inputs = [inputOf(spec)];
	const options = { ...windowOf(spec), ceil: spec.ceil };
	switch (spec.pool) {
		case 'max': {
			const geometry = maxPool.geometry(inputs, options);
			return [planStage('pool', maxPool, { kind: 'maxPool', options, geometry }, { tell: tellMaximum })];
		}
		case 'average': {
			const counting = { ...options, countPadding: spec.countPadding };
			const geometry = avgPool.geometry(inputs, counting);
			const divisor = (output: { readonly y: number; readonly x: number }) => divisorOf(geometry, output);
			return [
				planStage('pool', avgPool, { kind: 'avgPool', options: counting, geometry }, averaging(divisor))
			];
		}
		case 'global': {
			const geometry = globalAvgPool.geometry(inputs, {});
			const divisor = () => spec.height * spec.width;
			const layer = { kind: 'globalAvgPool', options: {}, geometry } as const;
			return [planStage('pool', globalAvgPool, layer, averaging(divisor))];
		}
	}
}

type Tell = NonNullable<StageExtras['tell']>;

/** More values than these are only counted. */
const manyValues = 12;

const tellMaximum: Tell = ({ step }, name) => {
	if (!step) return '';
	const output = name(step.output, 'output');
	const written = step.writes === null ? '' : formatNumber(step.writes);
	if (step.granularity === 'value') {
		const values = step.terms.filter(({ input }) => input).map(({ product }) => formatTerm(product));
		return `${output} = max(${values.join(', ')}) = ${written}`;
	}
	const [term] = step.terms;
	const read = term?.input
		? `${name(term.at, 'input')} = ${formatNumber(term.product)}`
		: m.bench_padding_cell();
	const largest = m.bench_step_max({ max: formatNumber(step.after) });
	return `${read}${largest}${written && ` → ${output} = ${written}`}`;
};

function averaging(divisor: NonNullable<StageExtras['divisor']>): StageExtras {
	const tell: Tell = ({ step }, name) => {
		if (!step) return '';
		const output = name(step.output, 'output');
		const end = step.writes === null ? '' : ` ÷ ${divisor(step.output)}`;
		const written = step.writes === null ? '' : formatNumber(step.writes);
		if (step.granularity === 'value') {
			const values = step.terms.map(({ product }) => formatTerm(product));
			const sum =
				values.length > manyValues ? m.bench_step_values({ count: values.length }) : values.join(' + ');
			return `${output} = (${sum})${end} = ${written}`;
		}
		const [term] = step.terms;
		const read = term?.input ? name(term.at, 'input') : m.bench_padding_cell();
		const sum = m.bench_step_sum({ sum: formatNumber(step.after) });
		return `${read} = ${formatNumber(term?.product ?? 0)}${sum}${written && `${end} → ${output} = ${written}`}`;
	};
	return { divisor, tell };
}
