import type { View } from './layout/view';
import type { KnobValue } from '$lib/nets/knobs';
import {
	accuracyOf,
	paramsOf,
	type BatchNorm,
	type Counting,
	type Group,
	type Model,
	type ModelCost
} from './model';

/** What an axis can show. The first that is on neither is shown by the area of the marks. */
export const quantities = ['macs', 'params', 'top1', 'latency'] as const;
export type Quantity = (typeof quantities)[number];

/** Columns of the table, and what it can be sorted by. */
export const columns = [
	'name',
	'year',
	'input',
	'params',
	'macs',
	'size',
	'top1',
	'latency',
	'origin'
] as const;
export type Column = (typeof columns)[number];

export interface Sorting {
	readonly column: Column;
	readonly descending: boolean;
}

/** Values of the knobs of one network, by name. */
export type KnobRecord = Readonly<Record<string, KnobValue>>;

/** All that the page shows, as plain data: what the address holds. */
export interface CompareSpec extends Counting {
	readonly x: Quantity;
	readonly y: Quantity;
	/** Groups that the legend has switched off. */
	readonly hidden: readonly Group[];
	/** Whether the Pareto front is drawn. */
	readonly front: boolean;
	/** The part of the plane that is shown, in MACs, parameters and percent; `null` for all. */
	readonly view: View | null;
	/** Id of the network whose card stays open. */
	readonly selected: string | null;
	/** The network that moves with the sliders, and all its knobs. */
	readonly network: string;
	readonly knobs: KnobRecord;
	readonly sorting: Sorting;
}

/** The quantity that the area of marks shows: not the time, which few networks have. */
export function sizeQuantity({ x, y }: Pick<CompareSpec, 'x' | 'y'>): Quantity {
	return quantities.find((quantity) => quantity !== x && quantity !== y) ?? 'top1';
}

/** A model's value of a quantity, counted in MACs; `null` where it is not known. */
export function valueOf(
	model: ModelCost & Pick<Model, 'top1' | 'latency'>,
	quantity: Quantity,
	batchNorm: BatchNorm
): number | null {
	if (quantity === 'macs') return model.macs;
	if (quantity === 'latency') return model.latency?.median ?? null;
	return quantity === 'params' ? paramsOf(model, batchNorm) : accuracyOf(model);
}
