import { costByKind, graphCost, networkById, resolveGraph } from '$lib/nets';
import { formatProduct } from '$lib/viz/words/format';
import { morphCost } from '$lib/viz/figures/inceptionMorph/modules';
import { factsOf } from '$lib/viz/figures/xceptionOrder/layers';
import { workedLayers, workedNet, workedTotal } from '$lib/viz/figures/worked/modules';
import type { Texts } from '$lib/lessons/compiler/compile';
import { layer } from '../layer';
import { reported, printed } from '../printed';
import { xceptionJft, xceptionSteps } from '../printedElsewhere';
import { shareOfKind } from '../shareOfKind';
import { counted, factor, percent, plain, rounded } from '../texts';

const resolved = resolveGraph(networkById('xception').build());
const costs = graphCost(resolved);
const inception = graphCost(resolveGraph(networkById('inception-v3').build())).total;

/** The number of the block that a node is in; NaN outside of them. */
const blockOf = (id: string) => Number(/^block(\d+)_/.exec(id)?.[1]);

/** Layers as the paper counts them: a separable convolution is one, and the shortcuts are left out. */
export const layers = resolved.nodes.flatMap(({ op, id }) =>
	op === 'conv2d' && !/_(dw|shortcut)$/.test(id) ? [blockOf(id)] : []
);
const between = (first: number, last: number) =>
	layers.filter((block) => block >= first && block <= last).length;
/** Share of the MACs in blocks of these numbers. */
export const macsBetween = (first: number, last: number) =>
	resolved.nodes.reduce((sum, { id }, i) => {
		const isIn = blockOf(id) >= first && blockOf(id) <= last;
		return isIn ? sum + costs.nodes[i]!.macs : sum;
	}, 0) / costs.total.macs;
const shortcuts = resolved.nodes.filter(({ op, id }) => op === 'conv2d' && id.endsWith('_shortcut')).length;
const share = (suffix: string, of: 'params' | 'macs') => {
	const value = (cost: typeof costs.total) => (of === 'macs' ? cost.macs : cost.params.trainable);
	const part = resolved.nodes.reduce(
		(sum, { id }, i) => sum + (id.endsWith(suffix) ? value(costs.nodes[i]!) : 0),
		0
	);
	return part / value(costs.total);
};

const layersOf = (order: 'pointwiseFirst' | 'depthwiseFirst') => factsOf({ order, relu: false, filters: 3 });
const [pointwiseFirst, depthwiseFirst] = [layersOf('pointwiseFirst'), layersOf('depthwiseFirst')];
const [inputSide] = resolved.tensors[0]!.shape;
const [outputSide, , outputChannels] = resolved.byRef.get('block14_sepconv2_act')!.shape;

const worked = workedLayers(workedNet('xception-block'));
const workedSum = workedTotal(worked);

const jft = xceptionJft;
const top1Of = (model: string) => Number(reported('xception', 'Table 1', model, 'top1Accuracy').printed);

/** A layer of MobileNet's longest run and its separable stand-ins, by how many planes each input channel has. */
const wide = {
	shape: [14, 14, 512] as const,
	outChannels: 512,
	kernelSize: 3,
	padding: 1,
	bias: false
} as const;
const standardWeights = layer(wide.shape, wide).weights;
const separableWeights = (planes: number) =>
	layer(wide.shape, { ...wide, outChannels: planes * 512, groups: 512 }).weights +
	layer([14, 14, planes * 512], { outChannels: 512, kernelSize: 1, bias: false }).weights;

export default {
	wideChannels: counted(wide.outChannels),
	standardWeights: counted(standardWeights),
	separableWeights: counted(separableWeights(1)),
	allPlanes: counted(wide.kernelSize ** 2),
	allPlanesWeights: counted(separableWeights(wide.kernelSize ** 2)),
	allPlanesMore: percent(separableWeights(wide.kernelSize ** 2) / standardWeights - 1),
	workedParams: counted(workedSum.params),
	workedMacs: counted(workedSum.macs),
	workedTimes: counted(Math.round(worked[1]!.params.value / worked[0]!.params.value)),
	one: counted(morphCost('segments', 1).params.windows),
	finest: counted(morphCost('extreme', 1).params.windows),
	joinedTotal: counted(morphCost('segments', 3).params.total),
	pointwiseFirstParams: counted(pointwiseFirst.params),
	depthwiseFirstParams: counted(depthwiseFirst.params),
	layers: counted(layers.length),
	entry: counted(between(1, 4)),
	middle: counted(between(5, 12)),
	exit: counted(between(13, 14)),
	modules: counted(new Set(layers).size),
	shortcuts: counted(shortcuts),
	entryMacs: percent(macsBetween(1, 4), 0),
	middleMacs: percent(macsBetween(5, 12), 0),
	inputSize: plain(formatProduct(inputSide, inputSide)),
	outputSize: plain(formatProduct(outputSide, outputSide)),
	outputChannels: counted(outputChannels),
	depthwiseParams: percent(share('_dw', 'params')),
	depthwiseMacs: percent(share('_dw', 'macs')),
	pointwiseMacs: percent(share('_pw', 'macs')),
	allPointwiseMacs: percent(shareOfKind(costByKind(resolved), 'pointwise', 'macsShare')),
	jftXception: plain(jft.withLayers.xception.toFixed(2)),
	jftInception: plain(jft.withLayers.inceptionV3.toFixed(2)),
	jftPlainXception: plain(jft.without.xception.toFixed(2)),
	jftPlainInception: plain(jft.without.inceptionV3.toFixed(2)),
	jftGain: percent(jft.withLayers.xception / jft.withLayers.inceptionV3 - 1),
	jftPlainGain: percent(jft.without.xception / jft.without.inceptionV3 - 1),
	xceptionSteps: counted(xceptionSteps.xception),
	inceptionSteps: counted(xceptionSteps.inceptionV3),
	params: counted(costs.total.params.trainable),
	macs: rounded(costs.total.macs),
	inceptionParams: counted(inception.params.trainable),
	inceptionPrinted: counted(Number(reported('xception', 'Table 3', 'Inception V3', 'params').printed)),
	inceptionMacs: rounded(inception.macs),
	paramTimes: factor(
		costs.total.params.trainable / Number(reported('xception', 'Table 3', 'Inception V3', 'params').printed)
	),
	macTimes: factor(costs.total.macs / inception.macs),
	fewerMacTimes: factor(inception.macs / costs.total.macs),
	top1: printed('xception', 'Table 1', 'Xception', 'top1Accuracy'),
	top5: printed('xception', 'Table 1', 'Xception', 'top5Accuracy'),
	top1Gain: plain((top1Of('Xception') - top1Of('Inception V3')).toFixed(1)),
	inceptionTop1: printed('xception', 'Table 1', 'Inception V3', 'top1Accuracy'),
	inceptionTop5: printed('xception', 'Table 1', 'Inception V3', 'top5Accuracy')
} satisfies Texts;
