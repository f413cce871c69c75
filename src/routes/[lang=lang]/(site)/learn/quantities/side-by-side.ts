import { readFileSync } from 'node:fs';
import { extent } from 'd3-array';
import { parseCard, type RoundingFigures } from '$lib/engine/card';
import { parseSet } from '$lib/engine/sets';
import {
	graphCost,
	networkById,
	referenceCost,
	referenceNets,
	resolveGraph,
	type LayerKind,
	type NetworkId
} from '$lib/nets';
import { sizeOf } from '$lib/ops';
import { conv2d, type Conv2dOptions } from '$lib/ops/conv2d';
import type { Variant } from '$lib/nets/networks/oneBackbone';
import type { Shape } from '$lib/ops/types';
import type { Granularity } from '$lib/nets/quantization/kernel';
import { defaultKnobs } from '$lib/nets/knobs';
import { mostActivationBits } from '$lib/nets/quantization/integers';
import { largestInteger } from '$lib/nets/quantization/spread';
import { readWeightSets } from '$lib/running/weightSets';
import { spreadOf } from '$lib/nets/times/spread';
import { contenders, measuredComparison } from '$lib/viz/figures/convolutionComparison/measured';
import { recordedTiming, type RecordedNetwork } from '$lib/nets/times/recorded';
import { latencyByKind, latencyLayers, totalTime } from '$lib/nets/times/timing';
import { titleOf } from '$lib/viz/words/networkTitles';
import { beyond, quantizerKnobs } from '$lib/viz/figures/quantizer/knobs';
import { codingFor, store } from '$lib/viz/figures/quantizer/stored';
import { realText } from '$lib/viz/figures/quantizer/worked';
import { kindShares, peakOf, roofLayers } from '$lib/viz/figures/roofline/roof';
import type { Texts } from '$lib/lessons/compiler/compile';
import { integersOf } from '../../compression/integersOf';
import { harmsOf } from '../../compression/pick';
import { integersWithin, shufflenetTable4, xceptionSteps } from '../printedElsewhere';
import {
	counted,
	factor,
	inColumn,
	milliseconds,
	percent,
	plain,
	pointsBetween,
	rounded,
	type Text
} from '../texts';

/** A network of the site, as it is published. */
function counts(id: NetworkId) {
	const net = resolveGraph(networkById(id).build());
	const { params, macs } = graphCost(net).total;
	const joins = (op: 'add' | 'concat') => net.nodes.filter((node) => node.op === op).length;
	return { params: params.trainable, macs, adds: joins('add'), concats: joins('concat') };
}

/** A network of the chart: its accuracy and what it costs. */
function reference(name: string) {
	const facts = referenceNets.find((net) => net.name === name);
	const top1 = facts?.top1[0]?.value;
	if (!facts || top1 === undefined) throw new Error(`the chart has no accuracy of ${name}`);
	return { top1, year: facts.year, ...referenceCost(facts) };
}
const accuracy = (name: string) => plain(`${reference(name).top1.toFixed(1)}%`);
/** As the network's own paper has it, or another that quotes it; not of weights that were trained later. */
const paperAccuracy = (name: string) => {
	const found = referenceNets
		.find((net) => net.name === name)
		?.top1.find(({ source }) => /\bpaper\b/.test(source));
	if (!found) throw new Error(`no paper has an accuracy of ${name}`);
	return plain(`${found.value.toFixed(1)}%`);
};

const squeezenet = counts('squeezenet');
const mobilenet = counts('mobilenet');
const shufflenet = counts('shufflenet');
const xception = counts('xception');
const vgg = counts('vgg16');
const resnet50 = counts('resnet50');
/** Those of the table beside the chart. */
const charted = [squeezenet, mobilenet, shufflenet, xception, vgg, resnet50];
const chartParams = inColumn(charted.map(({ params }) => params));
const chartMacs = inColumn(charted.map(({ macs }) => macs));
const v2 = counts('mobilenet-v2');
const v3 = counts('mobilenet-v3-large');
const shuffleV2 = counts('shufflenet-v2');
const b0 = reference('EfficientNet-B0');

const inceptionMacs = counts('inception-v3').macs;
const doubleWidth = graphCost(resolveGraph(networkById('shufflenet').build({ groups: 3, scale: 2 }))).total;
const error = (value: number) => plain(`${value.toFixed(1)}%`);
const budget = inColumn([140e6, 38e6, 13e6]);
/** Points between two errors as they are printed. */
const lead = (budget: keyof typeof shufflenetTable4) =>
	plain((shufflenetTable4[budget].resnext - shufflenetTable4[budget].shufflenet).toFixed(1));

/** FLOPs for each byte that a layer of ShuffleNet's stage 2 reads or writes. */
function intensity(options: Conv2dOptions) {
	const input: Shape = [28, 28, 240];
	const cost = conv2d.cost(conv2d.geometry([input], { bias: false, ...options }));
	return (2 * cost.macs) / (cost.bytesRead + cost.bytesWritten);
}
/** A separable layer of as many channels out as in: bytes that its two steps move one by one, and as one, with the map between never in memory. */
function fusedBytes(side: number, channels: number) {
	const input: Shape = [side, side, channels];
	const [depthwise, pointwise] = [
		conv2d.cost(
			conv2d.geometry([input], {
				kernelSize: 3,
				padding: 1,
				groups: channels,
				outChannels: channels,
				bias: false
			})
		),
		conv2d.cost(conv2d.geometry([input], { kernelSize: 1, outChannels: channels, bias: false }))
	];
	const apart = [depthwise, pointwise].reduce((sum, cost) => sum + cost.bytesRead + cost.bytesWritten, 0);
	// What the first writes, and the second reads.
	const fused = apart - depthwise.bytesWritten - bytesOfFloat32 * sizeOf(input);
	const megabytes = (bytes: number) => plain(`${(bytes / 1e6).toFixed(2)} MB`);
	return { apart: megabytes(apart), fused: megabytes(fused), fewer: percent(1 - fused / apart, 0) };
}
const bytesOfFloat32 = 4;
const [fusedSmall, fusedLarge] = [fusedBytes(14, 512), fusedBytes(56, 128)];

const wide = { outChannels: 240 };
const standardIntensity = intensity({ ...wide, kernelSize: 3, padding: 1 });
const pointwiseIntensity = intensity({ ...wide, kernelSize: 1 });
const groupedIntensity = intensity({ ...wide, kernelSize: 1, groups: 3 });
/** The same for a layer of MobileNet's longest run, with numbers of so many bytes and so many pictures at a time, whose weights are fetched once. */
function runIntensity(options: Conv2dOptions, { bytes = bytesOfFloat32, pictures = 1 } = {}) {
	const input: Shape = [14, 14, 512];
	const { macs, params } = conv2d.cost(conv2d.geometry([input], options));
	const weights = params.weight + params.bias;
	return (2 * pictures * macs) / (bytes * (pictures * 2 * sizeOf(input) + weights));
}
const runDepthwise = { outChannels: 512, kernelSize: 3, padding: 1, groups: 512 } as const;
const runPointwise = { outChannels: 512, kernelSize: 1 } as const;
const batch = 32;
/** Three digits, as the table has them: a reader who divides finds the ratio. */
const shown = (intensity: number) => Number(intensity.toPrecision(3));
const depthwiseIntensity = intensity({ ...wide, kernelSize: 3, padding: 1, groups: 240 });

/** Milliseconds of all layers, as recorded. */
const layersTime = (id: RecordedNetwork) =>
	totalTime(latencyLayers(resolveGraph(networkById(id).build()), recordedTiming(id)));

/** Milliseconds of a whole run, as recorded. */
const runTime = (id: RecordedNetwork) => spreadOf(recordedTiming(id).runs).median;

/** How many times as long a MAC takes in a network's layers of one kind as in those of another, as recorded. */
function slower(kind: LayerKind, other: LayerKind, id: RecordedNetwork = 'mobilenet'): number {
	const net = resolveGraph(networkById(id).build());
	const kinds = latencyByKind(latencyLayers(net, recordedTiming(id)));
	const speed = (of: LayerKind) => kinds.find(({ kind }) => kind === of)!.speed;
	return speed(other) / speed(kind);
}

/** Layers of a network under the roof of what they were timed on, which is taken to have this balance. */
function underRoof(id: RecordedNetwork, balance: number) {
	const layers = latencyLayers(resolveGraph(networkById(id).build()), recordedTiming(id));
	const under = roofLayers(layers, { peak: peakOf(layers), balance });
	const of = (kind: LayerKind) => kindShares(under).find((shares) => shares.kind === kind)!;
	const intensities = (kind: LayerKind) =>
		extent(under.filter((layer) => layer.kind === kind).map(({ intensity }) => intensity)) as [
			number,
			number
		];
	return { of, intensities };
}
const roofTen = underRoof('mobilenet', 10);
const [roofPointwiseLeast, roofPointwiseMost] = roofTen.intensities('pointwise');
const [roofDepthwiseLeast, roofDepthwiseMost] = roofTen.intensities('depthwise');
const shuffleKinds = latencyByKind(
	latencyLayers(resolveGraph(networkById('shufflenet').build()), recordedTiming('shufflenet'))
);

/** What was measured with one backbone, by the way of convolving. */
const fought = new Map(contenders(measuredComparison).map((contender) => [contender.variant, contender]));
const contender = (variant: Variant) => fought.get(variant)!;
const reached = (variant: Variant) => percent(contender(variant).accuracy.mean);
/** Points between the means of two. */
const points = (variant: Variant, other: Variant) =>
	pointsBetween(contender(variant).accuracy.mean, contender(other).accuracy.mean);

/** A set of the site's own weights as integers of 8 bits, with a scale for each output channel and with one for each layer. */
function asIntegers(network: NetworkId) {
	const read = (name: string) => readFileSync(`static/weights/cifar10-${network}/${name}`, 'utf8');
	const set = parseSet(read('set.json'));
	const { engineAccuracy, quantization } = parseCard(read('card.json'));
	if (!quantization || engineAccuracy === null)
		throw new Error(`card.json of cifar10-${network} has no accuracies as integers`);
	const { total } = graphCost(resolveGraph(networkById(set.network).build(set.knobs)));
	const at = ({ settings, calibration }: RoundingFigures, granularity: Granularity) =>
		settings.find((of) => of.bits === 8 && of.granularity === granularity && of.calibration === calibration)!;
	const plain = quantization.unequalized ?? quantization;
	const { trainable, bnStatistics } = total.params;
	return {
		title: ((language) => titleOf(networkById(network), language)) satisfies Text,
		trained: engineAccuracy,
		bytes: 4 * (trainable + bnStatistics),
		/** As the site runs it: equalised, where channels need it. */
		used: at(quantization, 'channel'),
		usedTensor: at(quantization, 'tensor').accuracy,
		channel: at(plain, 'channel').accuracy,
		tensor: at(plain, 'tensor').accuracy
	};
}
const integers = (['squeezenet', 'mobilenet', 'shufflenet', 'xception'] as const).map(asIntegers);
/** One without depthwise layers, and one whose depthwise layers bear one scale each. */
const [plainSet, mobileSet] = [asIntegers('squeezenet'), asIntegers('mobilenet')];
const integersSum = (of: (set: (typeof integers)[number]) => number) =>
	integers.reduce((sum, set) => sum + of(set), 0);
const integersTimes = integersSum(({ bytes }) => bytes) / integersSum(({ used }) => used.bytes);
/** Points between what is printed of both. */
const integersChanges = integers.map(({ trained, used }) =>
	Math.abs(Number((100 * (used.accuracy - trained)).toFixed(2)))
);
/** The one that one scale for each layer harms most. */
const hit = integers.reduce((worst, set) =>
	set.tensor - set.trained < worst.tensor - worst.trained ? set : worst
);
/** What rounding does to the layers of all four. */
const harms = harmsOf(
	readWeightSets('static/weights')
		.filter(({ id }) => id.startsWith('cifar10-'))
		.flatMap((set) => integersOf('static/weights', set, 'en'))
);
const fewerParams = contender('standard').params / contender('separable').params;

/**
 * The figure's range as integers, and values of it: each figure as it is printed and the next worked out from that.
 */
const codes = (() => {
	const { low, high, value, bits } = defaultKnobs(quantizerKnobs);
	const coding = codingFor({ low, high }, bits, 'affine');
	const symmetric = codingFor({ low, high }, bits, 'symmetric');
	const at = (value: number) => {
		const stored = store(value, coding);
		return { ...stored, back: Number(stored.back.toFixed(4)) };
	};
	return {
		...{ low, high, ...at(value), scale: Number(coding.scale.toFixed(6)), zero: coding.zeroPoint },
		zeroExact: -low / coding.scale,
		/** What one step is in the symmetric kind, over what it is here. */
		symmetric: symmetric.scale / coding.scale,
		beyond: at(beyond)
	};
})();

/** A number as the figure prints it. */
const asInFigure = (value: number) => plain(realText(value));

export default {
	codesLow: plain(`−${-codes.low}`),
	codesHigh: plain(codes.high),
	codesScale: plain(codes.scale),
	codesZeroExact: plain(codes.zeroExact.toFixed(2)),
	codesZero: counted(codes.zero),
	codesValue: plain(codes.value),
	codesSteps: plain(codes.steps.toFixed(2)),
	codesWhole: counted(codes.whole),
	codesCode: counted(codes.integer),
	codesBack: plain(codes.back),
	codesError: asInFigure(codes.back - codes.value),
	codesBeyond: plain(codes.beyond.value),
	codesBeyondSteps: plain(codes.beyond.steps.toFixed(2)),
	codesBeyondWhole: counted(codes.beyond.whole),
	codesBeyondSum: counted(codes.beyond.unclipped),
	codesBeyondCode: counted(codes.beyond.integer),
	codesBeyondBack: plain(codes.beyond.back),
	codesBeyondError: asInFigure(codes.beyond.back - codes.beyond.value),
	codesHalf: asInFigure(codes.scale / 2),
	codesSymmetricTimes: factor(codes.symmetric),
	squeezeParams: chartParams(squeezenet.params),
	squeezeMacs: chartMacs(squeezenet.macs),
	squeezeTop1: accuracy('SqueezeNet v1.0'),
	squeezeConcats: counted(squeezenet.concats),
	squeezeAdds: counted(squeezenet.adds),
	mobileParams: chartParams(mobilenet.params),
	mobileMacs: chartMacs(mobilenet.macs),
	mobileTop1: accuracy('MobileNet v1 1.0 224'),
	mobileConcats: counted(mobilenet.concats),
	mobileAdds: counted(mobilenet.adds),
	shuffleParams: chartParams(shufflenet.params),
	shuffleMacs: chartMacs(shufflenet.macs),
	shuffleTop1: accuracy('ShuffleNet v1 1.0× g=3'),
	shuffleConcats: counted(shufflenet.concats),
	shuffleAdds: counted(shufflenet.adds),
	xceptionParams: chartParams(xception.params),
	xceptionMacs: chartMacs(xception.macs),
	xceptionTop1: accuracy('Xception'),
	xceptionConcats: counted(xception.concats),
	xceptionAdds: counted(xception.adds),
	vggParams: chartParams(vgg.params),
	vggMacs: chartMacs(vgg.macs),
	vggTop1: paperAccuracy('VGG-16'),
	vggCharted: accuracy('VGG-16'),
	vggAdds: counted(vgg.adds),
	resnetParams: chartParams(resnet50.params),
	resnetMacs: chartMacs(resnet50.macs),
	resnetTop1: accuracy('ResNet-50'),
	resnetAdds: counted(resnet50.adds),
	fewerParams: factor(mobilenet.params / squeezenet.params),
	moreMacs: factor(squeezenet.macs / mobilenet.macs),
	fewerVggParams: factor(vgg.params / mobilenet.params),
	fewerVggMacs: factor(vgg.macs / mobilenet.macs),
	fewerShuffleMacs: factor(mobilenet.macs / shufflenet.macs),
	integersTimes: factor(integersTimes),
	integersLeast: plain(Math.min(...integersChanges).toFixed(2)),
	integersMost: plain(Math.max(...integersChanges).toFixed(2)),
	integersHitNetwork: hit.title,
	integersHitTensor: percent(hit.tensor),
	integersHitTrained: percent(hit.trained),
	integersPlainTrained: percent(plainSet.trained, 2),
	integersPlainTensor: percent(plainSet.tensor, 2),
	integersMobileTrained: percent(mobileSet.trained, 2),
	integersMobileTensor: percent(mobileSet.tensor, 2),
	integersHitChannel: percent(hit.channel),
	integersHitUsed: percent(hit.used.accuracy),
	integersHitEqualized: percent(hit.usedTensor),
	integersFewerParams: factor(fewerParams),
	// As a reader multiplies them.
	integersProduct: factor(shown(fewerParams) * shown(integersTimes)),
	integersDepthwise: percent(harms.depthwise.channel),
	integersPointwise: percent(harms.pointwise.channel),
	integersDepthwiseOne: percent(harms.depthwise.tensor),
	integersPointwiseOne: percent(harms.pointwise.tensor),
	integersWithin: percent(integersWithin, 0),
	integersHitLayer: plain(harms.hit.layer),
	integersHitError: percent(harms.hit.error),
	pairSumOfFiles: counted(2 * largestInteger(8) * (2 ** 8 - 1)),
	pairSum: counted(2 * largestInteger(8) * (2 ** mostActivationBits - 1)),
	comparedSeeds: counted(measuredComparison.recipe.seeds.length),
	comparedStandard: reached('standard'),
	comparedDepthwise: reached('depthwise'),
	comparedPointwiseGain: points('separable', 'depthwise'),
	comparedSeparableFewer: factor(contender('standard').macs / contender('separable').macs),
	comparedDepthwiseFewer: factor(contender('standard').macs / contender('depthwise').macs),
	comparedDepthwiseFaster: factor(contender('standard').time.median / contender('depthwise').time.median),
	comparedSeparableMore: factor(contender('separable').macs / contender('depthwise').macs),
	comparedDepthwiseTime: milliseconds(contender('depthwise').time.median, 3),
	comparedSeparableTime: milliseconds(contender('separable').time.median, 3),
	comparedSeparable: reached('separable'),
	comparedGap: points('standard', 'depthwise'),
	comparedGroup: reached('group'),
	comparedShuffle: reached('groupShuffle'),
	comparedShuffleGain: points('groupShuffle', 'group'),
	comparedPointwiseFirst: reached('pointwiseFirst'),
	comparedPointwiseFirstRelu: reached('pointwiseFirstRelu'),
	depthwiseSlower: factor(slower('depthwise', 'pointwise')),
	winogradFaster: factor(slower('pointwise', 'standard', 'squeezenet')),
	shuffleRunFaster: factor(runTime('mobilenet') / runTime('shufflenet')),
	shuffleFaster: factor(layersTime('mobilenet') / layersTime('shufflenet')),
	standardIntensity: plain(shown(standardIntensity)),
	pointwiseIntensity: plain(shown(pointwiseIntensity)),
	groupedIntensity: plain(shown(groupedIntensity)),
	depthwiseIntensity: plain(shown(depthwiseIntensity)),
	runDepthwise: plain(runIntensity(runDepthwise).toFixed(1)),
	runDepthwiseInt8: plain(runIntensity(runDepthwise, { bytes: 1 }).toFixed(1)),
	runPointwise: counted(runIntensity(runPointwise)),
	runPointwiseBatch: counted(runIntensity(runPointwise, { pictures: batch })),
	batch: counted(batch),
	fusedSmallApart: fusedSmall.apart,
	fusedSmall: fusedSmall.fused,
	fusedSmallFewer: fusedSmall.fewer,
	fusedLargeApart: fusedLarge.apart,
	fusedLarge: fusedLarge.fused,
	fusedLargeFewer: fusedLarge.fewer,
	indexValues: counted(2 ** 8),
	thinner: factor(pointwiseIntensity / depthwiseIntensity),
	roofDepthwiseMacs: percent(roofTen.of('depthwise').flops),
	roofDepthwiseTen: percent(roofTen.of('depthwise').roof, 0),
	roofDenseTen: percent(roofTen.of('dense').roof),
	roofDepthwiseClock: percent(roofTen.of('depthwise').measured),
	roofDepthwiseSixty: percent(underRoof('mobilenet', 60).of('depthwise').roof, 0),
	roofDepthwiseLeast: plain(roofDepthwiseLeast.toFixed(1)),
	roofDepthwiseMost: plain(roofDepthwiseMost.toFixed(1)),
	roofPointwiseLeast: plain(Math.round(roofPointwiseLeast)),
	roofPointwiseMost: plain(Math.round(roofPointwiseMost)),
	shuffleRest: percent(shuffleKinds.find(({ kind }) => kind === 'rest')!.timeShare, 0),
	papersBudget1: budget(140e6),
	papersBudget2: budget(38e6),
	papersBudget3: budget(13e6),
	vgg140: error(shufflenetTable4[140].vgg),
	res140: error(shufflenetTable4[140].resnet),
	xce140: error(shufflenetTable4[140].xception),
	rxt140: error(shufflenetTable4[140].resnext),
	shu140: error(shufflenetTable4[140].shufflenet),
	res38: error(shufflenetTable4[38].resnet),
	xce38: error(shufflenetTable4[38].xception),
	rxt38: error(shufflenetTable4[38].resnext),
	shu38: error(shufflenetTable4[38].shufflenet),
	res13: error(shufflenetTable4[13].resnet),
	xce13: error(shufflenetTable4[13].xception),
	rxt13: error(shufflenetTable4[13].resnext),
	shu13: error(shufflenetTable4[13].shufflenet),
	lead140: lead(140),
	lead13: lead(13),
	doubleParams: rounded(doubleWidth.params.trainable),
	xceptionTimesMacs: factor(xception.macs / inceptionMacs),
	xceptionSteps: counted(xceptionSteps.xception),
	inceptionSteps: counted(xceptionSteps.inceptionV3),
	v2Year: plain(networkById('mobilenet-v2').year),
	v2Params: rounded(v2.params),
	v2Macs: rounded(v2.macs),
	v2Top1: paperAccuracy('MobileNetV2 1.0'),
	v3Year: plain(networkById('mobilenet-v3-large').year),
	v3Params: rounded(v3.params),
	v3Macs: rounded(v3.macs),
	v3Top1: paperAccuracy('MobileNetV3-Large 1.0'),
	shuffleV2Year: plain(networkById('shufflenet-v2').year),
	shuffleV2Params: rounded(shuffleV2.params),
	shuffleV2Macs: rounded(shuffleV2.macs),
	shuffleV2Top1: paperAccuracy('ShuffleNetV2 1.0×'),
	b0Year: plain(b0.year),
	b0Params: rounded(b0.params),
	b0Macs: rounded(b0.macs),
	b0Top1: paperAccuracy('EfficientNet-B0')
} satisfies Texts;
