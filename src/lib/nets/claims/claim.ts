import type { KnobValue } from '../knobs';
import type { NetworkId } from '../networks';

/** Where published figures are from. */
export const claimSources = {
	squeezenet: { title: 'SqueezeNet (arXiv 1602.07360v4)', url: 'https://arxiv.org/abs/1602.07360v4' },
	mobilenet: { title: 'MobileNets (arXiv 1704.04861v1)', url: 'https://arxiv.org/abs/1704.04861v1' },
	shufflenet: { title: 'ShuffleNet (arXiv 1707.01083v2)', url: 'https://arxiv.org/abs/1707.01083v2' },
	xception: { title: 'Xception (arXiv 1610.02357v3)', url: 'https://arxiv.org/abs/1610.02357v3' },
	slim: {
		title: 'tensorflow/models, research/slim/nets/mobilenet_v1.md',
		url: 'https://github.com/tensorflow/models/blob/master/research/slim/nets/mobilenet_v1.md'
	},
	megvii: {
		title: 'megvii-model/ShuffleNet-Series, README (retrained later)',
		url: 'https://github.com/megvii-model/ShuffleNet-Series'
	},
	keras: { title: 'Keras applications, model summary', url: 'https://keras.io/api/applications/xception/' }
} as const;
export type ClaimSource = keyof typeof claimSources;

/**
 * What is printed. `layerOutput` is height×width×channels; `stageChannels` the widths of stages 2 to 4; `separableSaving` how
 * many times fewer MACs a separable layer has than its standard twin; shares are of the whole network, by kind of layer.
 * Accuracies, errors, latency and what pruning leaves are not computed from a graph.
 */
export type Metric =
	| 'params'
	| 'macs'
	| 'modelSize'
	| 'macsShare'
	| 'paramsShare'
	| 'layerParams'
	| 'layerMacs'
	| 'layerOutput'
	| 'stageChannels'
	| 'separableSaving'
	| 'paramsAfterPruning'
	| 'compressedSize'
	| 'top1Accuracy'
	| 'top5Accuracy'
	| 'top1Error'
	| 'top5Error'
	| 'latency';

/**
 * Why a printed figure differs from the site's own count (pages have the words). The first group says how to count so that
 * the printed figure comes out; the second how it was rounded; the third says why it cannot.
 *
 * - `withoutBatchNorm`: batch norm's parameters are not counted
 * - `threeValuesPerBatchNorm`: batch norm counts as three values a channel (shift, moving mean, moving variance)
 * - `withStatistics`: batch norm's moving mean and variance are counted too
 * - `withoutClassifier`: the classifier is not counted
 * - `withoutFirstLayer`: the first convolution is not counted
 * - `thousandClasses`: counted with the 1000 classes of ImageNet, although the network has fewer
 * - `flopsNotMacs`: a multiply and an add are counted as two
 * - `mebibytes`: "MB" stands for 1,048,576 bytes
 * - `truncated`: cut rather than rounded
 * - `roundedCoarsely`: rounded to fewer digits than are printed
 * - `widthsRounded`: the printed widths do not divide into the groups; counted with widths rounded up
 * - `budget`: a budget that several networks were made to meet, not a count
 * - `misprint`: a printing error
 * - `otherVersion`: counted on another version of the network than the one here
 * - `unknownCounting`: no convention that is known gives it
 * - `deepCompression`: the size after pruning, quantisation and Huffman coding, which is not the architecture's doing
 * - `manyChannels`: holds for layers with many output channels only: the ratio is 1 / N + 1 / k²
 */
export const claimReasons = [
	'withoutBatchNorm',
	'threeValuesPerBatchNorm',
	'withStatistics',
	'withoutClassifier',
	'withoutFirstLayer',
	'thousandClasses',
	'flopsNotMacs',
	'mebibytes',
	'truncated',
	'roundedCoarsely',
	'widthsRounded',
	'budget',
	'misprint',
	'otherVersion',
	'unknownCounting',
	'deepCompression',
	'manyChannels'
] as const;
export type ClaimReason = (typeof claimReasons)[number];

export type ClaimUnit = '' | 'M' | '%' | 'MB' | 'ms' | '×';

/** A published figure and the graph that it speaks of. */
export interface Claim {
	readonly source: ClaimSource;
	/** Table or section of the source. */
	readonly table: string;
	/** Name of the network as it is printed. */
	readonly model: string;
	readonly network: NetworkId;
	readonly knobs: Readonly<Record<string, KnobValue>>;
	/** The block, node or kind of layer that the figure is about; `null` for the whole network. */
	readonly part: string | null;
	readonly metric: Metric;
	/** Digits as they are printed. */
	readonly printed: string;
	readonly unit: ClaimUnit;
	readonly reasons: readonly ClaimReason[];
	/** Whether the figure was read in the source for this list, or is quoted from memory of it. */
	readonly checked: 'read' | 'memory';
}

/** A printed figure with its unit (`'569M'`), and why it differs where it does. */
type Printed = string | readonly [text: string, ...reasons: ClaimReason[]];

/** The graph that a row speaks of, and the part of it. */
type About = readonly [network: NetworkId, knobs?: Readonly<Record<string, KnobValue>>, part?: string];

/** A table of a source as it is written down: a row a network, a figure a metric. */
export interface ClaimTable {
	readonly source: ClaimSource;
	readonly table: string;
	readonly checked: 'read' | 'memory';
	readonly rows: readonly (readonly [
		model: string,
		about: About,
		figures: Partial<Record<Metric, Printed>>
	])[];
}

/** The figures of some tables, one by one. */
export function claimsOf(tables: readonly ClaimTable[]): Claim[] {
	return tables.flatMap(({ rows, ...from }) =>
		rows.flatMap(([model, [network, knobs = {}, part = null], figures]) =>
			Object.entries(figures).map(([metric, printed]): Claim => {
				const [text, ...reasons] = typeof printed === 'string' ? [printed] : printed;
				const [, digits = text, unit = ''] = /^(.*?)(M|%|MB|ms|×)?$/.exec(text) ?? [];
				const about = { model, network, knobs, part, metric: metric as Metric };
				return { ...from, ...about, printed: digits, unit: unit as ClaimUnit, reasons };
			})
		)
	);
}
