import { readFileSync } from 'node:fs';
import { parseCard } from '$lib/engine/card';
import { graphCost, networkById, networks, referenceNets, resolveGraph } from '$lib/nets';
import { bytesAfter, compressLayer } from '$lib/nets/compression/layer';
import { defaultKnobs } from '$lib/nets/knobs';
import { formatProduct } from '$lib/viz/words/format';
import { compressionKnobs } from '$lib/viz/figures/compression/knobs';
import { squeezenetLayer } from '$lib/viz/figures/compression/squeezenetLayer';
import { costOfFire, squeezenetModules } from '$lib/viz/figures/fire/modules';
import { workedLayers, workedNet, workedTotal } from '$lib/viz/figures/worked/modules';
import type { Texts } from '$lib/lessons/compiler/compile';
import { layer } from '../layer';
import { reported, printed } from '../printed';
import { deepCompression, squeezeRatios } from '../printedElsewhere';
import { counted, factor, percent, plain, rounded } from '../texts';

const info = networks.squeezenet;
/** What the paper's title says of the size. */
const promised = /<[\d.]+MB/.exec(info.paper.title)![0];

const totals = (id: 'squeezenet' | 'alexnet', knobs: Record<string, string | number> = {}) => {
	const { params, macs } = graphCost(resolveGraph(networkById(id).build(knobs))).total;
	return { params: params.trainable, macs };
};
const squeezenet = totals('squeezenet');
const newer = totals('squeezenet', { version: '1.1' });
const complex = totals('squeezenet', { bypass: 'complex' });
const alexnet = totals('alexnet');
const [older224, newer224] = ['1.0', '1.1'].map((version) =>
	totals('squeezenet', { version, resolution: 224 })
);
const wideRatio = totals('squeezenet', { squeezeRatio: squeezeRatios.best.ratio });
/** Of one library's weights of both versions. */
const libraryTop1 = (version: string) => {
	const found = referenceNets
		.find(({ name }) => name === `SqueezeNet v${version}`)
		?.top1.find(({ source }) => source.startsWith('torchvision'));
	if (!found) throw new Error(`torchvision has no SqueezeNet v${version}`);
	return plain(`${found.value.toFixed(1)}%`);
};

const resolved = resolveGraph(networkById('squeezenet').build());
const paramsIn = (id: string) => graphCost(resolved).nodes[resolved.byId.get(id)!.index]!.params;
const paramsOf = (id: string) => paramsIn(id).trainable;
const weightsOf = (id: string) => paramsIn(id).weights;
const conv10 = resolved.byId.get('conv10')!;
const [conv10Rows, conv10Columns, conv10Classes] = conv10.outputs[0]!.shape;
const conv10Macs = graphCost(resolved).nodes[conv10.index]!.macs;

const module = (name: string) => {
	const { module: of } = squeezenetModules().find((one) => one.name === name)!;
	return { of, ...costOfFire(of) };
};
const fire2 = module('fire2');
const fire9 = module('fire9');

const size = {
	alexnet: Number(reported('squeezenet', 'Table 2', 'AlexNet, 32 bit', 'modelSize').printed),
	squeezenet: Number(reported('squeezenet', 'Table 2', 'SqueezeNet, 32 bit', 'modelSize').printed),
	alexnetCompressed: Number(
		reported('squeezenet', 'Table 2', 'AlexNet, Deep Compression, 5–8 bit', 'compressedSize').printed
	),
	six: Number(
		reported('squeezenet', 'Table 2', 'SqueezeNet, Deep Compression, 6 bit', 'compressedSize').printed
	)
};

/** The lab's layer with knobs of its figure. */
const lab = (given: { readonly prune?: number; readonly bits?: number } = {}) => {
	const { prune, bits } = { ...defaultKnobs(compressionKnobs), ...given };
	const pressed = compressLayer(squeezenetLayer().values, { prune: prune / 100, bits });
	return {
		count: pressed.count,
		placeBits: counted(Math.ceil(Math.log2(pressed.count))),
		gapBits: counted(pressed.gapBits),
		gaps: counted(pressed.gaps.length),
		pressed,
		fillers: counted(pressed.gaps.length - pressed.positions.length),
		prune: percent(prune / 100, 0),
		values: counted(pressed.codebook.length),
		pruned: percent(pressed.error.pruned / pressed.scale, 0),
		shared: percent(pressed.error.shared / pressed.scale, 0),
		times: factor(bytesAfter(pressed).float32 / bytesAfter(pressed).huffman)
	};
};
const labOpens = lab();
/** Bits of codes, differences and codebook, before Huffman's code and without what says how long they are. */
const labSum = (({ positions, bits, gaps, gapBits, codebook, numberBits }) =>
	positions.length * bits + gaps.length * gapBits + codebook.length * numberBits)(labOpens.pressed);
const labFew = lab({ bits: 2 });
const labMore = lab({ prune: 80 });

/** Accuracies of the lab's whole network, measured with the knobs that the lab opens with. */
const whole = (() => {
	const { accuracy, compression } = parseCard(
		readFileSync('static/weights/cifar10-squeezenet/card.json', 'utf8')
	);
	const { prune, bits } = defaultKnobs(compressionKnobs);
	if (compression?.prune !== prune / 100 || compression.bits !== bits)
		throw new Error(
			`card.json of cifar10-squeezenet has no accuracies for ${prune}% pruned and ${bits} bits`
		);
	return { before: accuracy, after: compression.steps.at(-1)!.accuracy };
})();

/** Megabytes of 1,000,000 bytes, four to a parameter. */
const megabytes = (params: number) => plain(`${Number(((4 * params) / 1e6).toPrecision(3))} MB`);

const worked = workedLayers(workedNet('fire'));
const workedSum = workedTotal(worked);
const workedNode = worked[0]!.node;
const workedPlain = layer(workedNode.inputs[0].shape, { outChannels: 256, kernelSize: 3, padding: 1 });

export default {
	workedParams: counted(workedSum.params),
	workedMacs: counted(workedSum.macs),
	workedIn: plain(formatProduct(...workedNode.inputs[0].shape)),
	workedSqueeze: counted(workedNode.outputs[0]!.shape[2]),
	workedPlainParams: counted(workedPlain.params),
	workedPlainMacs: counted(workedPlain.macs),
	expandTimes: factor(weightsOf('fire3/expand3x3') / weightsOf('fire3/expand1x1')),
	params: counted(squeezenet.params),
	classes: plain(info.knobs.classes.default),
	promised: plain(promised),
	alexParams: rounded(alexnet.params),
	paramTimes: factor(alexnet.params / squeezenet.params),
	macs: rounded(squeezenet.macs),
	alexMacs: rounded(alexnet.macs),
	macTimes: factor(squeezenet.macs / alexnet.macs),
	newerParams: counted(newer.params),
	newerMacs: rounded(newer.macs),
	newerTimes: factor(squeezenet.macs / newer.macs),
	conv10Params: counted(paramsOf('conv10')),
	conv10Weights: counted(conv10.inputs[0].shape[2] * conv10Classes),
	conv10Places: counted(conv10Rows * conv10Columns),
	conv10Macs: rounded(conv10Macs),
	conv10MacShare: percent(conv10Macs / squeezenet.macs, 0),
	conv10Pooled: rounded(conv10.inputs[0].shape[2] * conv10Classes),
	older224: rounded(older224!.macs),
	newer224: rounded(newer224!.macs),
	times224: factor(older224!.macs / newer224!.macs),
	olderTop1: libraryTop1('1.0'),
	newerTop1: libraryTop1('1.1'),
	wideRatioParams: rounded(wideRatio.params),
	wideRatioBytes: megabytes(wideRatio.params),
	bothCompressedTimes: factor(size.alexnetCompressed / size.six),
	conv10Share: percent(paramsOf('conv10') / squeezenet.params, 0),
	fire2Params: counted(fire2.total.params),
	fire2Plain: counted(fire2.plain.params),
	fire2Times: factor(fire2.plain.params / fire2.total.params),
	doubleTimes: factor(
		costOfFire({ ...fire2.of, s1: 2 * fire2.of.s1, e1: 2 * fire2.of.e1, e3: 2 * fire2.of.e3 }).total.params /
			fire2.total.params
	),
	windowTimes: factor(
		costOfFire({ ...fire2.of, e1: 1, e3: fire2.of.e1 + fire2.of.e3 - 1 }).total.params / fire2.total.params
	),
	openTimes: factor(costOfFire({ ...fire2.of, s1: fire2.of.inChannels }).total.params / fire2.total.params),
	ratioFrom: plain(squeezeRatios.published.ratio),
	ratioFromTop5: plain(`${squeezeRatios.published.top5.toFixed(1)}%`),
	ratioFromSize: plain(`${squeezeRatios.published.megabytes} MB`),
	ratioBest: plain(squeezeRatios.best.ratio),
	ratioBestTop5: plain(`${squeezeRatios.best.top5.toFixed(1)}%`),
	ratioBestSize: plain(`${squeezeRatios.best.megabytes} MB`),
	shareTop5: plain(`${squeezeRatios.halfExpand3x3.top5.toFixed(1)}%`),
	shareTop5Drawn: plain(`${squeezeRatios.halfExpand3x3.top5InFigure.toFixed(1)}%`),
	prunedLeast: counted(deepCompression.pruned.least),
	prunedMost: counted(deepCompression.pruned.most),
	alexCompressedTimes: counted(deepCompression.alexnet.times),
	vggCompressed: plain(`${deepCompression.vgg16.to} MB`),
	vggCompressedTimes: counted(deepCompression.vgg16.times),
	wideSqueeze: counted(fire2.of.e1),
	wideTimes: factor(fire2.plain.params / costOfFire({ ...fire2.of, s1: fire2.of.e1 }).total.params),
	fire9Params: counted(fire9.total.params),
	lateSide: plain(formatProduct(...fire2.output.slice(0, 2))),
	complexMore: counted(complex.params - squeezenet.params),
	vanillaTop1: printed('squeezenet', 'Table 3', 'Vanilla SqueezeNet', 'top1Accuracy'),
	simpleTop1: printed('squeezenet', 'Table 3', 'SqueezeNet + Simple Bypass', 'top1Accuracy'),
	complexTop1: printed('squeezenet', 'Table 3', 'SqueezeNet + Complex Bypass', 'top1Accuracy'),
	vanillaTop5: printed('squeezenet', 'Table 3', 'Vanilla SqueezeNet', 'top5Accuracy'),
	simpleTop5: printed('squeezenet', 'Table 3', 'SqueezeNet + Simple Bypass', 'top5Accuracy'),
	complexTop5: printed('squeezenet', 'Table 3', 'SqueezeNet + Complex Bypass', 'top5Accuracy'),
	alexSize: printed('squeezenet', 'Table 2', 'AlexNet, 32 bit', 'modelSize'),
	alexTop1: printed('squeezenet', 'Table 2', 'AlexNet, 32 bit', 'top1Accuracy'),
	alexTop5: printed('squeezenet', 'Table 2', 'AlexNet, 32 bit', 'top5Accuracy'),
	size: printed('squeezenet', 'Table 2', 'SqueezeNet, 32 bit', 'modelSize'),
	size8: printed('squeezenet', 'Table 2', 'SqueezeNet, Deep Compression, 8 bit', 'compressedSize'),
	size6: printed('squeezenet', 'Table 2', 'SqueezeNet, Deep Compression, 6 bit', 'compressedSize'),
	alexCompressed: printed('squeezenet', 'Table 2', 'AlexNet, Deep Compression, 5–8 bit', 'compressedSize'),
	labCount: counted(labOpens.count),
	labPrune: labOpens.prune,
	labValues: labOpens.values,
	labMost: counted(2 ** compressionKnobs.bits.default),
	labPruned: labOpens.pruned,
	labShared: labOpens.shared,
	labTimes: labOpens.times,
	labFewValues: labFew.values,
	labFewTimes: labFew.times,
	labFewShared: labFew.shared,
	labMorePrune: labMore.prune,
	labPlaceBits: labOpens.placeBits,
	labGapBits: labOpens.gapBits,
	labStored: counted(labOpens.pressed.positions.length),
	labBits: counted(labOpens.pressed.bits),
	labNumberBits: counted(labOpens.pressed.numberBits),
	labSumBits: counted(labSum),
	labSumBytes: counted(Math.ceil(labSum / 8)),
	labPlainBytes: counted(4 * labOpens.count),
	labSumTimes: factor((4 * labOpens.count) / Math.ceil(labSum / 8)),
	labGaps: labOpens.gaps,
	labFillers: labOpens.fillers,
	labMoreGaps: labMore.gaps,
	labMoreFillers: labMore.fillers,
	labMoreShared: labMore.shared,
	wholeBefore: percent(whole.before),
	wholeAfter: percent(whole.after),
	/** The README of v1.1, in its authors' repository. */
	authorsTimes: plain('2.4'),
	alexBytes: megabytes(alexnet.params),
	squeezeBytes: megabytes(squeezenet.params),
	bytesTimes: factor(alexnet.params / squeezenet.params),
	sizeTimes: factor(size.alexnet / size.squeezenet),
	compressionTimes: factor(size.squeezenet / size.six)
} satisfies Texts;
