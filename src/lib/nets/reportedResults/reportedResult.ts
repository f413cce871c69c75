import type { KnobValue } from '../knobs';
import type { NetworkId } from '../networks';

/** Where published figures are from. */
export const reportedSources = {
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
export type ReportedSource = keyof typeof reportedSources;

/**
 * What is printed. `layerOutput` is height×width×channels; `stageChannels` the widths of stages 2 to 4; `separableSaving` how
 * many times fewer MACs a separable layer has than its standard twin; shares are of the whole network, by kind of layer.
 * Accuracies, errors, latency and what pruning leaves are not computed from a graph.
 */
export const reportedMetrics = [
	'params',
	'macs',
	'modelSize',
	'macsShare',
	'paramsShare',
	'layerParams',
	'layerMacs',
	'layerOutput',
	'stageChannels',
	'separableSaving',
	'paramsAfterPruning',
	'compressedSize',
	'top1Accuracy',
	'top5Accuracy',
	'top1Error',
	'top5Error',
	'latency'
] as const;
export type Metric = (typeof reportedMetrics)[number];

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
export const reportedReasons = [
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
export type ReportedReason = (typeof reportedReasons)[number];

export type ReportedUnit = '' | 'M' | '%' | 'MB' | 'ms' | '×';

/** A published figure, as it was read in its source, and the graph that it speaks of. */
export interface ReportedResult {
	readonly source: ReportedSource;
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
	readonly unit: ReportedUnit;
	readonly reasons: readonly ReportedReason[];
}

/** A row of a source's table as `rows/*.json` have it: a network, and a figure a metric. What was not read in its source has no row. */
export interface ReportedRow
	extends
		Pick<ReportedResult, 'source' | 'table' | 'model' | 'network'>,
		Partial<Pick<ReportedResult, 'knobs'>> {
	readonly part?: string;
	/** A printed figure with its unit (`'569M'`), and why it differs where it does. */
	readonly figures: Readonly<
		Partial<Record<Metric, string | readonly [text: string, ...reasons: ReportedReason[]]>>
	>;
	/** For who reads the rows. */
	readonly note?: string;
}

/** The figures of some rows, one by one. JSON's words are strings to TypeScript; a test has checked them. */
export function reportedResultsIn(rows: readonly unknown[]): ReportedResult[] {
	return (rows as readonly ReportedRow[]).flatMap(
		({ source, table, model, network, knobs = {}, part = null, figures }) =>
			Object.entries(figures).map(([metric, printed]): ReportedResult => {
				const [text, ...reasons] = typeof printed === 'string' ? [printed] : printed;
				const [, digits = text, unit = ''] = /^(.*?)(M|%|MB|ms|×)?$/.exec(text) ?? [];
				const about = { source, table, model, network, knobs, part, metric: metric as Metric };
				return { ...about, printed: digits, unit: unit as ReportedUnit, reasons };
			})
	);
}
