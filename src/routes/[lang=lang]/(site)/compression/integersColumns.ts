import { m } from '$lib/i18n';
import { largestInteger, type LayerSpread } from '$lib/nets/quantization/spread';
import { textColumns, type Column } from '$lib/viz/ui/column';
import type { TextColumn } from '$lib/viz/ui/tableText';
import { formatBytes, formatDecimal, formatMilliseconds, formatShare } from '$lib/viz/words/format';
import { layerKindNames } from '$lib/viz/words/layerKinds';
import type { IntegersRow } from './integers.svelte';

export const calibrationNames = {
	max: m.integers_calibration_max,
	percentile: m.integers_calibration_percentile,
	squares: m.integers_calibration_squares
};
export const loweredNames = { both: m.integers_lowered_both, weights: m.integers_lowered_weights };
export const scaleNames = { channel: m.integers_scales_channel, tensor: m.integers_scales_tensor };

/** Points of accuracy that integers win or lose. */
export const points = ({ of, figures }: Pick<IntegersRow, 'of' | 'figures'>): number =>
	100 * (figures.accuracy - of.trained.accuracy);
/** With its sign, and as many digits as any other of its column; nothing has none. */
export function signed(value: number): string {
	const text = formatDecimal(Math.abs(value), 2);
	return Number(text) === 0 ? text : `${value < 0 ? '−' : '+'}${text}`;
}

/** As its line is drawn on the chart: whole, or dashed. */
const swatchOf = (hue: string, isDashed = false) =>
	isDashed ? `repeating-linear-gradient(90deg, ${hue} 0 4px, transparent 4px 6px)` : hue;

/** What is asked for first stands first: a phone shows no more of a table. */
export const integersColumns = (): readonly Column<IntegersRow>[] => [
	{
		key: 'network',
		title: m.integers_column_network(),
		kind: 'text',
		value: ({ of }) => of.name,
		swatch: ({ of }) => swatchOf(`var(--net-${of.family})`, of.isEqualized)
	},
	{
		key: 'integers',
		title: m.integers_column_accuracy_after(),
		value: ({ figures }) => figures.accuracy,
		text: ({ figures }) => formatShare(figures.accuracy, 2),
		isStrong: true
	},
	{
		key: 'change',
		title: m.integers_column_change(),
		value: (row) => Number(points(row).toFixed(2)),
		text: (row) => signed(points(row))
	},
	{
		key: 'time',
		title: m.integers_column_time_before(),
		detail: 'ms',
		value: ({ times }) => times?.times.float32.median ?? NaN,
		text: ({ times }) => (times ? formatMilliseconds(times.times.float32.median) : '–')
	},
	{
		key: 'timeAfter',
		title: m.integers_column_time_after(),
		detail: 'ms',
		value: ({ times }) => times?.times.integers.median ?? NaN,
		text: ({ times }) => (times ? formatMilliseconds(times.times.integers.median) : '–')
	},
	{
		key: 'before',
		title: m.integers_column_size_before(),
		detail: 'B',
		value: ({ of }) => of.trained.bytes,
		text: ({ of }) => formatBytes(of.trained.bytes)
	},
	{
		key: 'after',
		title: m.integers_column_size_after(),
		detail: 'B',
		value: ({ figures }) => figures.bytes,
		text: ({ figures }) => formatBytes(figures.bytes)
	},
	{
		key: 'accuracy',
		title: m.integers_column_accuracy_before(),
		value: ({ of }) => of.trained.accuracy,
		text: ({ of }) => formatShare(of.trained.accuracy, 2)
	},
	{
		key: 'same',
		title: m.integers_column_same(),
		value: ({ figures }) => figures.agreement,
		text: ({ figures }) => formatShare(figures.agreement)
	},
	{
		key: 'calibration',
		title: m.integers_column_calibration(),
		kind: 'text',
		value: ({ figures }) => calibrationNames[figures.calibration]()
	}
];

/** On a phone: what has room beside each other. */
export const narrowColumns = (): readonly Column<IntegersRow>[] =>
	integersColumns().filter(({ key }) => ['network', 'integers', 'change'].includes(key));

/** In a file, nothing else says what was chosen. */
export const integersFileColumns = (): readonly TextColumn<IntegersRow>[] => [
	...textColumns(integersColumns()),
	{ title: m.integers_bits(), value: ({ figures }) => figures.bits },
	{ title: m.integers_bits_activation(), value: ({ figures }) => figures.activationBits },
	{ title: m.integers_scales(), value: ({ figures }) => scaleNames[figures.granularity]() }
];

/** What one scale for all channels of a layer, or one for each, costs it. @param bits of a weight */
export function layerColumns(layers: readonly LayerSpread[], bits: number): readonly Column<LayerSpread>[] {
	const most = largestInteger(bits);
	const largest = Math.max(...layers.map(({ errors }) => errors[bits]!.tensor));
	const bar = (share: number) => [{ share: share / largest, color: 'var(--tone-3)' }];
	return [
		{ key: 'layer', title: m.compression_table_layer(), kind: 'code', value: (of) => of.id },
		{ key: 'kind', title: m.integers_column_kind(), kind: 'text', value: (of) => layerKindNames[of.kind]() },
		{ key: 'channels', title: m.integers_column_channels(), value: (of) => of.channels },
		{
			key: 'narrowest',
			title: m.integers_column_narrowest(),
			value: (of) => Math.round(most * of.largest.at(-1)!)
		},
		{
			...{
				key: 'tensor',
				title: m.integers_column_tensor(),
				value: (of: LayerSpread) => of.errors[bits]!.tensor
			},
			...{
				text: (of: LayerSpread) => formatShare(of.errors[bits]!.tensor),
				bars: (of: LayerSpread) => bar(of.errors[bits]!.tensor)
			}
		},
		{
			...{
				key: 'channel',
				title: m.integers_column_channel(),
				value: (of: LayerSpread) => of.errors[bits]!.channel
			},
			...{
				text: (of: LayerSpread) => formatShare(of.errors[bits]!.channel),
				bars: (of: LayerSpread) => bar(of.errors[bits]!.channel)
			}
		}
	];
}
