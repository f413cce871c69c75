import { m } from '$lib/i18n';
import type { Patch } from './fixes';
import type { Problem } from './problems';
import { type BenchSpec, type Field, fieldsOf } from './spec';

/** A field's name as its control shows it. */
export function fieldLabel(field: Field): string {
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
export function groupsLabel({ groups, channels }: Pick<BenchSpec, 'groups' | 'channels'>): string {
	if (groups === 1) return m.bench_groups_standard();
	return groups === channels ? m.bench_groups_depthwise() : m.bench_groups_group({ groups });
}

/** What is wrong, in a sentence. */
export function problemText({ field, code, params }: Problem): string {
	const text = (key: string) => String(params[key] ?? '');
	switch (code) {
		case 'range':
			return m.bench_problem_range({ field: fieldLabel(field), min: text('min'), max: text('max') });
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
		return typeof value === 'string' ? `${fieldLabel(first)}: ${value}` : m.bench_fix_clamp();
	}
	return `${fieldLabel(first)} ${String(value)}`;
}
