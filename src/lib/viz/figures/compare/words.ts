import { m } from '$lib/i18n';
import type { MarkShape } from './layout/symbols';
import { formatBytes, formatCount, formatShort, formatTick } from '../../words/format';
import {
	isExact,
	operationsOf,
	paramsOf,
	type BatchNorm,
	type Counting,
	type Group,
	type ModelCost
} from './model';
import type { Column, Quantity } from './spec';

/** How a group is called and drawn. */
interface GroupLook {
	readonly name: () => string;
	readonly shape: MarkShape;
	readonly color: string;
}

export const groupLooks: Readonly<Record<Group, GroupLook>> = {
	squeezenet: { name: () => 'SqueezeNet', shape: 'square', color: 'var(--net-squeezenet)' },
	mobilenet: { name: () => 'MobileNet v1', shape: 'circle', color: 'var(--net-mobilenet)' },
	shufflenet: { name: () => 'ShuffleNet v1', shape: 'triangle', color: 'var(--net-shufflenet)' },
	xception: { name: () => 'Xception', shape: 'diamond', color: 'var(--net-xception)' },
	successor: { name: m.compare_group_successor, shape: 'star', color: 'var(--ink-2)' },
	reference: { name: m.compare_group_reference, shape: 'cross', color: 'var(--net-reference)' }
};

/** A quantity by its name, as counted: `Multiply-adds (MACs)` or `FLOPs`. */
export function quantityName(
	quantity: Quantity,
	{ count, batchNorm }: Pick<Counting, 'count' | 'batchNorm'>
): string {
	if (quantity === 'top1') return m.compare_top1();
	if (quantity === 'latency') return m.latency_quantity();
	if (quantity === 'macs') return count === 'macs' ? m.compare_macs() : m.compare_flops();
	return batchNormName(batchNorm);
}

/** The same in one or two words, for buttons and heads of columns. */
export function quantityShortName(quantity: Quantity, { count }: Pick<Counting, 'count'>): string {
	if (quantity === 'top1') return m.compare_top1_short();
	if (quantity === 'latency') return m.latency_quantity_short();
	if (quantity === 'params') return m.compare_params_short();
	return count === 'macs' ? 'MACs' : 'FLOPs';
}

function batchNormName(batchNorm: BatchNorm): string {
	return {
		trainable: m.compare_params_trainable,
		all: m.compare_params_all,
		none: m.compare_params_none
	}[batchNorm]();
}

export const columnNames: Readonly<Record<Column, (counting: Counting) => string>> = {
	name: () => m.compare_column_name(),
	year: () => m.compare_column_year(),
	input: () => m.compare_column_input(),
	params: (counting) => quantityShortName('params', counting),
	macs: (counting) => quantityShortName('macs', counting),
	size: ({ weightType }) => m.compare_column_size({ type: weightType }),
	top1: () => m.compare_top1_short(),
	latency: () => m.latency_quantity_short(),
	origin: () => m.compare_column_origin()
};

/** A value of an axis, as its ticks have it. */
export function tickText(quantity: Quantity, value: number): string {
	if (quantity === 'top1') return `${Number(value.toFixed(2))}%`;
	return quantity === 'latency' ? String(Number(value.toPrecision(3))) : formatTick(value);
}

/** Percent with one digit, as papers print it. */
export function percentText(value: number): string {
	return `${value.toFixed(1)}%`;
}

/** Parameters as they are counted, with all digits; `≤` where batch norm's share is not known. */
export function paramsText(cost: ModelCost, { batchNorm }: Pick<Counting, 'batchNorm'>): string {
	return `${isExact(cost, batchNorm) ? '' : bound(batchNorm)}${formatCount(paramsOf(cost, batchNorm))}`;
}

/** The same with three digits. */
export function paramsShortText(cost: ModelCost, { batchNorm }: Pick<Counting, 'batchNorm'>): string {
	return `${isExact(cost, batchNorm) ? '' : bound(batchNorm)}${formatShort(paramsOf(cost, batchNorm))}`;
}

/** The trainable total is more than the parameters without batch norm, and less than those with its statistics. */
const bound = (batchNorm: BatchNorm) => (batchNorm === 'none' ? '≤\u00a0' : '≥\u00a0');

export function operationsText(cost: ModelCost, { count }: Pick<Counting, 'count'>): string {
	return formatCount(operationsOf(cost, count));
}

/** Size of the weights. */
export function sizeText(bytes: number): string {
	return formatBytes(bytes);
}
