import {
	checkReportedResult,
	costByKind,
	countTotal,
	graphCost,
	houseConventions,
	networkById,
	resolveGraph,
	type KnobValues,
	type LayerKind,
	type NetworkId
} from '$lib/nets';
import { savingOf } from '$lib/viz/figures/ratio/saving';
import type { Texts } from '$lib/lessons/compiler/compile';
import { layer } from '../layer';
import { reported, printed } from '../printed';
import { counted, factor, percent, plain, type Text } from '../texts';
import { formatFactor } from '$lib/viz/words/format';

const resolved = (id: NetworkId, knobs: Partial<KnobValues> = {}) =>
	resolveGraph(networkById(id).build(knobs));
const costOf = (id: NetworkId, knobs: Partial<KnobValues> = {}) => graphCost(resolved(id, knobs)).total;
const macs = (id: NetworkId, knobs: Partial<KnobValues> = {}): Text => counted(costOf(id, knobs).macs);

/** A reported result, counted as its reasons say, in the unit of the print. */
function explained(...about: Parameters<typeof reported>): number {
	const { explained: value } = checkReportedResult(reported(...about));
	if (value === null) throw new Error(`${about.join(', ')} has no explanation that can be counted`);
	return value;
}
const millions = (value: number): Text => plain(`${Number(value.toPrecision(4))}M`);

const mobilenet = resolved('mobilenet');
const mobileParams = graphCost(mobilenet).total.params;
const kinds = costByKind(mobilenet);
const share = (wanted: LayerKind) =>
	kinds.filter(({ kind }) => kind === wanted).reduce((sum, kind) => sum + kind.macsShare, 0);
const printedShare = (model: string) => Number(reported('mobilenet', 'Table 2', model, 'macsShare').printed);
const tableSum = ['Conv 1×1', 'Conv DW 3×3', 'Conv 3×3', 'Fully Connected']
	.map(printedShare)
	.reduce((sum, value) => sum + value, 0);

/** Rows of the last depthwise layer's input, and what stride 2 would leave of them. */
const lastDepthwise = mobilenet.byId.get('conv_dw_13')!;
const [lastSide] = lastDepthwise.outputs[0]!.shape;

const shuffleWithout = (groups: number) =>
	countTotal(resolved('shufflenet', { groups }), { ...houseConventions.macs, classifier: false });
const shuffleFour = costOf('shufflenet', { groups: 4 }).macs;

/** A published figure, as it is printed and as it is counted here, in its unit. */
function pairOf(...about: Parameters<typeof reported>) {
	const result = reported(...about);
	const { computed } = checkReportedResult(result);
	if (typeof computed !== 'number') throw new Error(`${about.join(', ')} is not counted`);
	return { printed: Number(result.printed), counted: computed };
}
/** How many times the smaller of two figures goes into the larger. */
const timesApart = (printed: number, counted: number): Text => {
	const times = formatFactor(Math.max(printed / counted, counted / printed));
	return (language) => ({ en: `${times} times`, zh: `${times} 倍` })[language];
};
/** How far the printed figure is off, in percent of the counted one. */
const shareApart = (printed: number, counted: number): Text => percent(Math.abs(printed / counted - 1));

const squeezeTotal = pairOf('mobilenet', 'Table 9', 'Squeezenet', 'macs');
/** As it is printed here, so that a reader who divides finds how far apart the two are. */
const squeezeMegabytes = ((4 * costOf('squeezenet').params.trainable) / 2 ** 20).toFixed(1);
/** What the title promises, in megabytes. */
const promisedMegabytes = 0.5;
const google = pairOf('mobilenet', 'Table 8', 'GoogleNet', 'macs');
const slim = pairOf('slim', 'Pre-trained models', 'MobileNet_v1_0.25_192', 'macs');
const budget = pairOf('shufflenet', 'Table 2', 'ShuffleNet 1.0× g=1', 'macs');
const bypassParams = costOf('squeezenet', { bypass: 'complex' }).params.trainable;
const bypassImplied =
	(Number(reported('squeezenet', 'Table 3', 'SqueezeNet + Complex Bypass', 'modelSize').printed) * 2 ** 20) /
	4;
const printedPool = reported('squeezenet', 'Table 1', 'maxpool8', 'layerOutput');
const shapeText = (shape: string): Text => plain(shape.replaceAll('x', '×'));
const firstShare = {
	printed: printedShare('Conv 3×3'),
	counted: Number((100 * share('standard')).toFixed(2))
};
const pointsApart = Math.abs(firstShare.printed - firstShare.counted).toFixed(2);
const printedOf = (model: string, metric: 'params' | 'macs') =>
	Number(reported('mobilenet', 'Table 9', model, metric).printed);
const narrowName = '0.50 MobileNet-160';
const narrowListed = Number(
	reported('slim', 'Pre-trained models', 'MobileNet_v1_0.5_160', 'top1Accuracy').printed
);
/** The last depthwise layer with stride 2: it and the pointwise one after it at fewer places. */
const lastPairMacs = ['conv_dw_13', 'conv_pw_13'].reduce(
	(sum, id) => sum + graphCost(mobilenet).nodes[mobilenet.byId.get(id)!.index]!.macs,
	0
);
const halvedTotal =
	costOf('mobilenet').macs - lastPairMacs * (1 - Math.ceil(lastSide / 2) ** 2 / lastSide ** 2);
const half160 = resolved('mobilenet', { alpha: 0.5, resolution: 160 });
const standardTwin = resolved('mobilenet', { convolution: 'standard' });
/** The paper's words on its table 9, in points of accuracy (section 4.2). */
const claimedPoints = 4;
/** The same words, of AlexNet: how many times fewer parameters and multiply-adds. */
const claimedFewer = { params: 45, macs: 9.4 } as const;
const printedTop1 = (model: string) =>
	Number(reported('mobilenet', 'Table 9', model, 'top1Accuracy').printed);
const narrowTop1 = printedTop1('0.50 MobileNet-160');
const pointsText =
	(points: number): Text =>
	(language) => {
		const shown = Number(points.toFixed(1));
		return { en: `${shown} points`, zh: `${shown} 个百分点` }[language];
	};
const withoutClassifier = (graph: typeof mobilenet) =>
	countTotal(graph, { ...houseConventions.macs, classifier: false }) / 1e6;
const hundredths = (value: number): Text => plain(`${value.toFixed(2)}M`);

const xception = resolved('xception');
const convolutionsOf = (isShortcut: boolean) =>
	xception.nodes.filter(
		({ op, id }) => op === 'conv2d' && !id.endsWith('_dw') && id.endsWith('_shortcut') === isShortcut
	).length;

const { printed: claimedSaving } = reported(
	'mobilenet',
	'Section 3.1',
	'3×3 depthwise separable',
	'separableSaving'
);

/** The bench's layer, whose output is smaller than its input, and the same with the input's side in the formula. */
const surveyLayer = { outChannels: 3, kernelSize: 3, bias: false } as const;
const alexnetLayers = resolved('alexnet').nodes.filter(({ op }) => op === 'conv2d' || op === 'dense').length;

export default {
	alexLayers: counted(alexnetLayers),
	surveyRight: counted(layer([5, 5, 2], surveyLayer).macs),
	surveyWrong: counted(layer([5, 5, 2], { ...surveyLayer, padding: 'same' }).macs),
	surveyTimes: factor(costOf('googlenet').macs / costOf('mobilenet').macs),
	surveyVggTimes: factor(costOf('vgg16').macs / costOf('mobilenet').macs),
	squeezeOverAlex: factor(costOf('squeezenet').macs / costOf('alexnet').macs),
	squeezeOverAlexPrinted: factor(
		squeezeTotal.printed / Number(reported('mobilenet', 'Table 9', 'AlexNet', 'macs').printed)
	),
	squeezePrinted: printed('mobilenet', 'Table 9', 'Squeezenet', 'macs'),
	squeezeMacs: macs('squeezenet'),
	squeezeFlops: counted(2 * costOf('squeezenet').macs),
	squeezePadded: macs('squeezenet', { conv10Padding: 1 }),
	squeezePaddedFlops: counted(2 * costOf('squeezenet', { conv10Padding: 1 }).macs),
	squeezeSmall: macs('squeezenet', { resolution: 224 }),
	squeezeParams: counted(costOf('squeezenet').params.trainable),
	squeezeBytes: plain(`${squeezeMegabytes} MB`),
	compressed: printed('squeezenet', 'Table 2', 'SqueezeNet, Deep Compression, 6 bit', 'compressedSize'),
	uncompressed: printed('squeezenet', 'Table 2', 'SqueezeNet, 32 bit', 'modelSize'),
	mobilePrinted: printed('mobilenet', 'Table 8', '1.0 MobileNet-224', 'macs'),
	mobileMacs: macs('mobilenet'),
	mobileParams: printed('mobilenet', 'Table 8', '1.0 MobileNet-224', 'params'),
	mobileWithout: counted(mobileParams.weights + mobileParams.biases),
	mobileTrainable: counted(mobileParams.trainable),
	mobileWith: counted(mobileParams.trainable + mobileParams.bnStatistics),
	lastSide: counted(lastSide),
	lastHalved: counted(Math.ceil(lastSide / 2)),
	standardPrinted: printed('mobilenet', 'Table 2', 'Conv 3×3', 'macsShare'),
	standardShare: percent(share('standard'), 2),
	tableSum: percent(tableSum / 100, 2),
	tableMended: percent((tableSum - printedShare('Conv 3×3')) / 100 + share('standard'), 2),
	truncatedPrinted: printed('mobilenet', 'Table 9', '0.50 MobileNet-160', 'macs'),
	truncated: millions(explained('mobilenet', 'Table 9', '0.50 MobileNet-160', 'macs')),
	claimedSaving: (language) =>
		({ en: `${claimedSaving} times`, zh: `${claimedSaving.replace(' to ', ' 到 ')} 倍` })[language],
	savingExample: factor(savingOf({ filters: 3, kernel: 3 })),
	savingMany: factor(savingOf({ filters: 512, kernel: 3 })),
	savingLimit: counted(3 ** 2),
	shareApart: (language) => ({ en: `${pointsApart} points`, zh: `${pointsApart} 个百分点` })[language],
	narrowGain: pointsText(narrowTop1 - printedTop1('Squeezenet')),
	narrowGainAlexnet: pointsText(narrowTop1 - printedTop1('AlexNet')),
	narrowTop1: printed('mobilenet', 'Table 9', '0.50 MobileNet-160', 'top1Accuracy'),
	narrowClaimed: pointsText(claimedPoints),
	narrowClaimedShare: plain(`${claimedPoints}%`),
	narrowApart: pointsText(claimedPoints - Number((narrowTop1 - printedTop1('Squeezenet')).toFixed(1))),
	narrowFewerPrinted: factor(
		Math.round(
			squeezeTotal.printed / Number(reported('mobilenet', 'Table 9', '0.50 MobileNet-160', 'macs').printed)
		)
	),
	narrowSmallerPrinted: plain(claimedFewer.params),
	narrowLessPrinted: plain(claimedFewer.macs),
	narrowSmaller: factor(printedOf('AlexNet', 'params') / printedOf(narrowName, 'params')),
	narrowSmallerFrom: plain(printedOf('AlexNet', 'params')),
	narrowSmallerTo: plain(printedOf(narrowName, 'params')),
	narrowLess: factor(printedOf('AlexNet', 'macs') / printedOf(narrowName, 'macs')),
	narrowLessFrom: counted(printedOf('AlexNet', 'macs')),
	narrowLessTo: counted(printedOf(narrowName, 'macs')),
	narrowRelative: percent(narrowTop1 / printedTop1('Squeezenet') - 1),
	narrowRelativeAlexnet: percent(narrowTop1 / printedTop1('AlexNet') - 1),
	narrowListed: plain(`${narrowListed.toFixed(1)}%`),
	narrowListedGain: plain((narrowListed - printedTop1('Squeezenet')).toFixed(1)),
	narrowListedGainAlexnet: plain((narrowListed - printedTop1('AlexNet')).toFixed(1)),
	strideMacs: hundredths(costOf('mobilenet').macs / 1e6),
	halvedMacs: hundredths(halvedTotal / 1e6),
	narrowFewer: factor(costOf('squeezenet').macs / graphCost(half160).total.macs),
	squeezeMillions: millions(squeezeTotal.counted),
	squeezeApart: timesApart(squeezeTotal.printed, squeezeTotal.counted),
	halfApart: timesApart(promisedMegabytes, Number(squeezeMegabytes)),
	rowsApart: timesApart(lastSide, Math.ceil(lastSide / 2)),
	poolPrinted: shapeText(printedPool.printed),
	poolCounted: shapeText(String(checkReportedResult(printedPool).computed)),
	budgetCounted: millions(budget.counted),
	budgetApart: shareApart(budget.printed, budget.counted),
	googlenetPrinted: printed('mobilenet', 'Table 8', 'GoogleNet', 'macs'),
	googlenetCounted: millions(google.counted),
	googlenetApart: shareApart(google.printed, google.counted),
	bypassSize: printed('squeezenet', 'Table 3', 'SqueezeNet + Complex Bypass', 'modelSize'),
	bypassImplied: hundredths(bypassImplied / 1e6),
	bypassCounted: hundredths(bypassParams / 1e6),
	bypassApart: timesApart(bypassImplied, bypassParams),
	slimPrinted: printed('slim', 'Pre-trained models', 'MobileNet_v1_0.25_192', 'macs'),
	slimCounted: millions(slim.counted),
	slimApart: shareApart(slim.printed, slim.counted),
	truncatedWithout: hundredths(withoutClassifier(half160)),
	twinPrinted: printed('mobilenet', 'Table 4', 'Conv MobileNet', 'macs'),
	twinCounted: hundredths(costOf('mobilenet', { convolution: 'standard' }).macs / 1e6),
	twinWithout: hundredths(withoutClassifier(standardTwin)),
	shuffleFour: hundredths(shuffleFour / 1e6),
	shuffleFourWithout: hundredths(shuffleWithout(4) / 1e6),
	doublePrinted: printed('shufflenet', 'Table 5', 'ShuffleNet 2× (g = 3)', 'macs'),
	doubleCounted: hundredths(costOf('shufflenet', { groups: 3, scale: 2 }).macs / 1e6),
	eightCounted: hundredths(costOf('shufflenet', { groups: 8 }).macs / 1e6),
	shuffleMost: printed('shufflenet', 'Table 1', 'ShuffleNet 1× (g = 1)', 'macs'),
	shuffleLeast: printed('shufflenet', 'Table 1', 'ShuffleNet 1× (g = 4)', 'macs'),
	budget: printed('shufflenet', 'Table 2', 'ShuffleNet 1.0× g=3', 'macs'),
	halfWidth: counted(272 / 2),
	xceptionLayers: counted(convolutionsOf(false)),
	xceptionShortcuts: counted(convolutionsOf(true)),
	xceptionParams: printed('xception', 'Table 3', 'Xception', 'params'),
	kerasParams: printed('keras', 'Xception', 'Xception', 'params')
} satisfies Texts;
