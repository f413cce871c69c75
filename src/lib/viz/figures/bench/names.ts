import { m } from '$lib/i18n';
import type { PartShape } from '../../tensor/tensors';
import { type Resolved, tensorsOf } from './resolve';
import type { BenchOp, BenchSpec, Field, StageId } from './spec';
import type { Subject } from './targets';

/** What an operation is called. */
export function opName(op: BenchOp): string {
	const labels: Record<BenchOp, () => string> = {
		standard: m.bench_op_standard,
		pointwise: m.bench_op_pointwise,
		depthwise: m.bench_op_depthwise,
		separable: m.bench_op_separable,
		group: m.bench_op_group,
		shuffle: m.bench_op_shuffle,
		transposed: m.bench_op_transposed,
		pooling: m.bench_op_pooling
	};
	return labels[op]();
}

const stageNames: Readonly<Record<StageId, () => string>> = {
	conv: m.bench_stage_conv,
	depthwise: m.bench_stage_depthwise,
	pointwise: m.bench_stage_pointwise,
	first: m.bench_stage_first,
	shuffle: m.bench_stage_shuffle,
	second: m.bench_stage_second,
	transposed: m.bench_stage_transposed,
	pool: m.bench_stage_pool
};

/** A layer of the bench in the reader's language. */
export const stageName = (id: StageId) => stageNames[id]();

/** A field's name as its control shows it. */
export function fieldName(field: Field): string {
	const labels: Record<Field, () => string> = {
		height: m.bench_field_height,
		width: m.bench_field_width,
		channels: m.bench_field_channels,
		filters: m.bench_field_filters,
		multiplier: m.bench_field_multiplier,
		kernelHeight: m.bench_field_kernel_height,
		kernelWidth: m.bench_field_kernel_width,
		stride: m.bench_field_stride,
		dilation: m.bench_field_dilation,
		groups: m.bench_field_groups,
		padding: m.bench_field_padding,
		outputPadding: m.bench_field_output_padding,
		bias: m.bench_field_bias,
		shuffle: m.bench_field_shuffle,
		pool: m.bench_field_pool,
		ceil: m.bench_field_ceil,
		countPadding: m.bench_field_count_padding,
		inputPreset: m.bench_field_input_preset,
		weightPreset: m.bench_field_weight_preset,
		seed: m.bench_field_seed
	};
	return labels[field]();
}

/** What this number of groups makes of a convolution. */
export function groupsName({ groups, channels }: Pick<BenchSpec, 'groups' | 'channels'>): string {
	if (groups === 1) return m.bench_groups_standard();
	return groups === channels ? m.bench_groups_depthwise() : m.bench_groups_group({ groups });
}

/** What stands over a part of the figure: its name and its shape. */
export interface PartTitle {
	readonly name: string;
	readonly shape: string;
}

export function partTitle(
	bench: Resolved,
	{ subject, part }: { readonly subject: Subject; readonly part: PartShape }
): PartTitle {
	if (part.kind === 'tensor') {
		const shape = tensorsOf(bench)[subject.index]!.shape.join('×');
		if (subject.index === 0) return { name: m.bench_input(), shape };
		const isLast = subject.index === bench.stages.length;
		return { name: isLast ? m.bench_output() : m.bench_between(), shape };
	}
	if (part.kind === 'shuffle') {
		return {
			name: m.bench_shuffle(),
			shape: m.bench_shuffle_groups({ groups: part.groups, rest: part.channels / part.groups })
		};
	}
	const { id } = bench.stages[subject.index]!;
	const shape = `${part.rows}×${part.columns}×${part.planes}`;
	const names = {
		depthwise: m.bench_filters_depthwise,
		pointwise: m.bench_filters_pointwise
	};
	const name = id === 'depthwise' || id === 'pointwise' ? names[id] : m.bench_filters;
	return {
		name: name({ count: part.filters }),
		shape: m.bench_filters_shape({ shape, count: part.filters })
	};
}
