import type { Spread } from '$lib/nets/times/spread';

/** What the legend filters by: the four networks of the site, those that came after, and those to compare with. */
export const groups = [
	'squeezenet',
	'mobilenet',
	'shufflenet',
	'xception',
	'successor',
	'reference'
] as const;
export type Group = (typeof groups)[number];

/** An ImageNet top-1 accuracy in percent, and where it is printed. */
export interface Accuracy {
	readonly value: number;
	readonly source: string;
}

/** Parameters and multiply-adds as they are counted; `null` where only the total is known. */
export interface ModelCost {
	readonly macs: number;
	/** Trainable parameters. */
	readonly params: number;
	readonly bnTrainable: number | null;
	readonly bnStatistics: number | null;
}

/** One network, or variant of one, of the chart and the table. Its texts are in the language of the page. */
export interface Model extends ModelCost {
	/** Stands in addresses. */
	readonly id: string;
	/** In full, as in the table. */
	readonly name: string;
	/** As short as its neighbours in the chart allow. */
	readonly label: string;
	/** Which label comes first where there is room for one; 0 is the first. */
	readonly rank: number;
	readonly group: Group;
	readonly year: number;
	/** Side of the input picture in pixels. */
	readonly input: number;
	/** Best known first: the first one is drawn. */
	readonly top1: readonly Accuracy[];
	/** Counted on a graph of this site, or taken over as printed. */
	readonly origin: 'graph' | 'printed';
	/** Where the cost is from, where it is printed. */
	readonly costSource: string;
	readonly note: string;
	/** Time of one run on the reader's device; nothing where it was not timed. */
	readonly latency?: Spread;
	/** Its page: the network and the knobs that are not at their defaults. */
	readonly page: { readonly network: string; readonly search: string } | null;
}

/** A network that the reader brings. */
export interface OwnModel extends ModelCost {
	readonly name: string;
	/** Side of the input picture in pixels; `null` where it takes no square one. */
	readonly input: number | null;
	/** Layers whose multiply-adds are not known: with any, there are at least as many as were counted. */
	readonly uncounted: number;
	/** Layers whose parameters are not known: the same of them. */
	readonly unsized: number;
	/** Time of one run, where it ran. */
	readonly latency?: Spread;
}

/** Which of batch norm's numbers are counted as parameters: scale and shift; the moving statistics too; or none. */
export const batchNorms = ['trainable', 'all', 'none'] as const;
export type BatchNorm = (typeof batchNorms)[number];

export const counts = ['macs', 'flops'] as const;
export type Count = (typeof counts)[number];

/** Types in which weights are stored, and the bytes that each takes. */
export const weightTypes = { float32: 4, float16: 2, int8: 1 } as const;
export type WeightType = keyof typeof weightTypes;

/** What is counted, and how. */
export interface Counting {
	readonly count: Count;
	readonly batchNorm: BatchNorm;
	readonly weightType: WeightType;
}

/** Parameters by this convention; the trainable ones where only they are known. */
export function paramsOf(cost: ModelCost, batchNorm: BatchNorm): number {
	if (batchNorm === 'all') return cost.params + (cost.bnStatistics ?? 0);
	if (batchNorm === 'none') return cost.params - (cost.bnTrainable ?? 0);
	return cost.params;
}

/** Whether parameters are known by this convention: of printed networks only the trainable total is. */
export function isExact(cost: ModelCost, batchNorm: BatchNorm): boolean {
	return batchNorm === 'trainable' || cost.bnTrainable !== null;
}

/** MACs, or twice as many FLOPs. */
export function operationsOf({ macs }: { readonly macs: number }, count: Count): number {
	return count === 'flops' ? 2 * macs : macs;
}

/** Bytes of the parameters that are counted. */
export function bytesOf(cost: ModelCost, { batchNorm, weightType }: Counting): number {
	return paramsOf(cost, batchNorm) * weightTypes[weightType];
}

/** The accuracy that is drawn; `null` where none is published. */
export function accuracyOf({ top1 }: Pick<Model, 'top1'>): number | null {
	return top1[0]?.value ?? null;
}
