import { costByKind, graphCost, networkById, resolveGraph, type Metric } from '$lib/nets';
import type { Shape } from '$lib/ops/types';
import { countedMacs, middleOf, widestWithin } from '$lib/viz/figures/equalCost/bottlenecks';
import { equalCostKnobs } from '$lib/viz/figures/equalCost/knobs';
import { budgets } from '$lib/viz/figures/groupWidths/knobs';
import { groupWidths } from '$lib/viz/figures/groupWidths/widths';
import { unitKnobs } from '$lib/viz/figures/unitMorph/knobs';
import { unitCost } from '$lib/viz/figures/unitMorph/units';
import { workedLayers, workedNet, workedTotal } from '$lib/viz/figures/worked/modules';
import type { Texts } from '$lib/lessons/compiler/compile';
import { reported, printed } from '../printed';
import { shufflenetShallow, shufflenetSpeedUp } from '../printedElsewhere';
import { stridedUnits, unitMoves } from '../shuffleUnits';
import { counted, factor, inColumn, milliseconds, percent, plain, rounded, type Text } from '../texts';

const alexnet = resolveGraph(networkById('alexnet').build());
const conv2 = alexnet.byId.get('conv2')!;
const conv2Weights = conv2.operator.cost(conv2.geometry).params.weight;
const conv2Groups = 2;

/** The first unit of ResNeXt-50. */
const resnext = resolveGraph(networkById('resnext50').build());
const resnextUnit = ['conv1', 'conv2', 'conv3'].map((part) => {
	const node = resnext.byId.get(`layer1_1_${part}`)!;
	return node.operator.cost(node.geometry).macs;
}) as [number, number, number];
const resnextChannels = resnext.byId.get('layer1_1_conv1')!.inputs[0].shape[2];
const resnextGroups = networkById('resnext50').knobs['groups']!;

const mobilenet = resolveGraph(networkById('mobilenet').build());
const pointwise = costByKind(mobilenet).find(({ kind }) => kind === 'pointwise')!;

const shufflenet = resolveGraph(networkById('shufflenet').build());

/** Channels that the first unit of stage 3 concatenates: those of its branch, and its input's. */
const strided = (([branch, pooled]) => ({ branch: branch.shape[2], pooled: pooled!.shape[2] }))(
	shufflenet.byId.get('stage3/unit1/concat')!.inputs
);

const drawn = unitCost('grouped', unitKnobs.groups.default).macs;

const unit = { channels: equalCostKnobs.channels.default, groups: equalCostKnobs.groups.default };
const budget = countedMacs('resnet', unit.channels, unit.groups).total;

const [large, middle = [], small] = budgets.map(({ scale }) => groupWidths(scale));
const ends = (rows: ReturnType<typeof groupWidths> | undefined) => [rows!.at(0)!, rows!.at(-1)!] as const;
const [one, eight] = ends(large);
const [smallOne, smallEight] = ends(small);
const error = (value: number): Text => plain(`${value.toFixed(1)}%`);
const millions = (i: number): Text => rounded(budgets[i]!.millions * 1e6);

/** A number of ShuffleNet's paper. */
const numberOf = (table: string, model: string, metric: Metric) =>
	Number(reported('shufflenet', table, model, metric).printed);

/** The pairs of table 5, the largest first. */
const paired = [
	['1.0 MobileNet-224', 'ShuffleNet 2× (g = 3)'],
	['0.75 MobileNet-224', 'ShuffleNet 1.5× (g = 3)'],
	['0.5 MobileNet-224', 'ShuffleNet 1× (g = 8)'],
	['0.25 MobileNet-224', 'ShuffleNet 0.5× (g = 4)']
];
const pairedMacs = (model: string) => 1e6 * numberOf('Table 5', model, 'macs');
const ofPairs = inColumn(paired.flat().map(pairedMacs));
const pairs = paired.map(([mobile = '', shuffle = '']) => {
	const errorOf = (model: string) => numberOf('Table 5', model, 'top1Error');
	return {
		alpha: plain(mobile.split(' ')[0]!),
		scale: plain(shuffle.split(' ')[1]!),
		mobileMacs: ofPairs(pairedMacs(mobile)),
		shuffleMacs: ofPairs(pairedMacs(shuffle)),
		mobileError: printed('shufflenet', 'Table 5', mobile, 'top1Error'),
		shuffleError: printed('shufflenet', 'Table 5', shuffle, 'top1Error'),
		gain: plain((errorOf(mobile) - errorOf(shuffle)).toFixed(1))
	};
});
const [p1, p2, p3, p4] = pairs as [Pair, Pair, Pair, Pair];
type Pair = (typeof pairs)[number];

const time = (model: string) => numberOf('Table 8', model, 'latency');
const [shuffleTime, alexTime] = [time('ShuffleNet 0.5× (g = 3)'), time('AlexNet')];
const doubleTime = time('ShuffleNet 2× (g = 3)');
const macsOf = (id: 'alexnet' | 'shufflenet', knobs: Record<string, number> = {}) =>
	graphCost(resolveGraph(networkById(id).build(knobs))).total.macs;

/** From twice the width to half of it, three groups: multiply-adds and times of table 8. */
const ofWidth = (scale: number) => macsOf('shufflenet', { groups: 3, scale });
const ownFewer = ofWidth(2) / ofWidth(0.5);
const ownFaster = doubleTime / shuffleTime;

/** Points that a shuffle brings in table 3. */
const shuffleGain = (groups: number): Text => {
	const of = (how: string) => numberOf('Table 3', `ShuffleNet 1× (g=${groups}), ${how}`, 'top1Error');
	return plain((of('no shuffle') - of('shuffle')).toFixed(1));
};

/** The half-width networks of table 2 by error, and a MobileNet of about their cost that is not only made thin. */
const worst = middle.reduce((most, row) => (row.error > most.error ? row : most), middle[0]!);
const rival = (() => {
	const knobs = { alpha: 0.5, resolution: 128 };
	const top1 = Number(reported('slim', 'Pre-trained models', 'MobileNet_v1_0.5_128', 'top1Accuracy').printed);
	const behind = middle.filter((row) => 100 - row.error < top1).map(({ groups }) => groups);
	if (behind.join() !== '1,2') throw new Error('the text says that with two groups or none it is behind');
	return { top1, macs: graphCost(resolveGraph(networkById('mobilenet').build(knobs))).total.macs };
})();

/** Eight groups in the first of the paper's stages: channels of the bottleneck, and places a group has in it. */
const eightMiddle = (rows: ReturnType<typeof groupWidths>) => middleOf(ends(rows)[1].stages[0]!);
const eightPlaces = (rows: ReturnType<typeof groupWidths>) => eightMiddle(rows) / ends(rows)[1].groups;

const { concatenated, projected } = stridedUnits([14, 14, 480], 3);
const whole = graphCost(shufflenet).total;

/** What a unit of stage 2 computes for each value that its convolutions read or write. */
const [movedOne, movedEight] = [one, eight].map(({ stages, groups }) => unitMoves(stages[0]!, groups)) as [
	Moves,
	Moves
];
type Moves = ReturnType<typeof unitMoves>;

/** Errors of table 3 without a shuffle, and those of table 2 without groups beside them. */
const unshuffled = (scale: string, groups: number) =>
	printed('shufflenet', 'Table 3', `ShuffleNet ${scale}× (g=${groups}), no shuffle`, 'top1Error');
/** Points by which eight groups are better than three, with a shuffle. */
const eightGain = (scale: string) => {
	const of = (groups: number) =>
		numberOf('Table 3', `ShuffleNet ${scale}× (g=${groups}), shuffle`, 'top1Error');
	return plain((of(3) - of(8)).toFixed(1));
};

/** MACs a second that table 8's times say, two digits. */
const rate = (macs: number, milliseconds: number) =>
	rounded(Number(((1000 * macs) / milliseconds).toPrecision(2)));

export const shuffledShape: Shape = [28, 28, 240];

const worked = workedLayers(workedNet('shuffle-unit'));
const workedSum = workedTotal(worked);

export default {
	workedParams: counted(workedSum.params),
	workedMacs: counted(workedSum.macs),
	shuffleValues: counted(shuffledShape[0] * shuffledShape[1] * shuffledShape[2]),
	shuffleChannels: counted(shuffledShape[2]),
	alexGrouped: counted(conv2Weights),
	alexDense: counted(conv2Weights * conv2Groups),
	resnextGroups: plain(String(resnextGroups.default)),
	resnextChannels: counted(resnextChannels),
	resnextPointwise: percent(
		(resnextUnit[0] + resnextUnit[2]) / resnextUnit.reduce((sum, macs) => sum + macs, 0)
	),
	mobilenetPointwise: percent(pointwise.macsShare),
	stridedIn: counted(strided.pooled),
	stridedOut: counted(strided.branch + strided.pooled),
	stridedBranch: counted(strided.branch),
	stemChannels: counted(shufflenet.byRef.get('conv1')!.shape[2]),
	unshuffled3: printed('shufflenet', 'Table 3', 'ShuffleNet 1× (g=3), no shuffle', 'top1Error'),
	shuffled3: printed('shufflenet', 'Table 3', 'ShuffleNet 1× (g=3), shuffle', 'top1Error'),
	shuffleGain3: shuffleGain(3),
	shuffleGain8: shuffleGain(8),
	unshuffledHalf3: unshuffled('0.5', 3),
	unshuffledHalf8: unshuffled('0.5', 8),
	unshuffledQuarter3: unshuffled('0.25', 3),
	unshuffledQuarter8: unshuffled('0.25', 8),
	eightGain: eightGain('1'),
	eightGainHalf: eightGain('0.5'),
	eightGainQuarter: eightGain('0.25'),
	eightHalfMiddle: counted(eightMiddle(middle)),
	eightQuarterMiddle: counted(eightMiddle(small!)),
	eightHalfPlaces: counted(eightPlaces(middle)),
	eightQuarterPlaces: counted(eightPlaces(small!)),
	rootTimes: factor(Math.sqrt(eight.groups)),
	rootWidth: counted(Math.round(one.stages[0]! * Math.sqrt(eight.groups))),
	concatWeights: counted(concatenated.weights),
	concatMacs: rounded(concatenated.macs),
	projectedWeights: counted(projected.weights),
	projectedMacs: rounded(projected.macs),
	projectedMoreWeights: percent((projected.weights - concatenated.weights) / whole.params.trainable, 0),
	projectedMoreMacs: percent((projected.macs - concatenated.macs) / whole.macs, 0),
	movedOne: counted(movedOne.values),
	movedEight: counted(movedEight.values),
	movedTimes: factor(movedEight.values / movedOne.values),
	perValueOne: factor(movedOne.macs / movedOne.values),
	perValueEight: factor(movedEight.macs / movedEight.values),
	alexRate: rate(macsOf('alexnet'), alexTime),
	mobileRate: rate(graphCost(mobilenet).total.macs, time('1.0 MobileNet-224')),
	doubleRate: rate(ofWidth(2), doubleTime),
	fullRate: rate(ofWidth(1), time('ShuffleNet 1× (g = 3)')),
	halfRate: rate(ofWidth(0.5), shuffleTime),
	shallowError: error(shufflenetShallow.top1Error),
	shallowMacs: rounded(1e6 * shufflenetShallow.macs),
	middleOne: error(worst.error),
	gainWorst: plain((numberOf('Table 5', '0.25 MobileNet-224', 'top1Error') - worst.error).toFixed(1)),
	rivalTop1: plain(`${rival.top1.toFixed(1)}%`),
	rivalError: plain(`${(100 - rival.top1).toFixed(1)}%`),
	rivalMacs: rounded(rival.macs),
	rivalTimes: factor(rival.macs / (1e6 * numberOf('Table 5', 'ShuffleNet 0.5× (g = 4)', 'macs'))),
	gainRival: plain(
		(100 - numberOf('Table 5', 'ShuffleNet 0.5× (g = 4)', 'top1Error') - rival.top1).toFixed(1)
	),
	speedFewer: counted(shufflenetSpeedUp.fewer),
	speedFaster: plain(shufflenetSpeedUp.faster),
	ownFewer: factor(ownFewer),
	ownFaster: factor(ownFaster),
	ownFour: factor(4 ** (Math.log(ownFaster) / Math.log(ownFewer))),
	none: percent(0, 0),
	depthwiseShare: percent(drawn.depthwise / drawn.total, 0),
	pointwiseShare: percent((drawn.first + drawn.second) / drawn.total, 0),
	unitChannels: counted(unit.channels),
	unitTimes: factor(budget / countedMacs('shufflenet', unit.channels, unit.groups).total),
	unitWidest: counted(widestWithin('shufflenet', unit.groups, budget)),
	budget1: millions(0),
	budget2: millions(1),
	budget3: millions(2),
	widthOne: counted(one.stages[0]!),
	widthEight: counted(eight.stages[0]!),
	widthTimesEight: counted(one.stages[0]! * eight.groups),
	errorOne: error(one.error),
	errorEight: error(eight.error),
	smallOne: error(smallOne.error),
	smallEight: error(smallEight.error),
	middleFour: error(middle.find(({ groups }) => groups === 4)!.error),
	middleEight: error(middle.find(({ groups }) => groups === 8)!.error),
	unshuffled: printed('shufflenet', 'Table 3', 'ShuffleNet 1× (g=8), no shuffle', 'top1Error'),
	shuffled: printed('shufflenet', 'Table 3', 'ShuffleNet 1× (g=8), shuffle', 'top1Error'),
	a1: p1.alpha,
	a2: p2.alpha,
	a3: p3.alpha,
	a4: p4.alpha,
	f1: p1.scale,
	f2: p2.scale,
	f3: p3.scale,
	f4: p4.scale,
	m1Macs: p1.mobileMacs,
	m2Macs: p2.mobileMacs,
	m3Macs: p3.mobileMacs,
	m4Macs: p4.mobileMacs,
	m1Error: p1.mobileError,
	m2Error: p2.mobileError,
	m3Error: p3.mobileError,
	m4Error: p4.mobileError,
	s1Macs: p1.shuffleMacs,
	s2Macs: p2.shuffleMacs,
	s3Macs: p3.shuffleMacs,
	s4Macs: p4.shuffleMacs,
	s1Error: p1.shuffleError,
	s2Error: p2.shuffleError,
	s3Error: p3.shuffleError,
	s4Error: p4.shuffleError,
	gain1: p1.gain,
	gain2: p2.gain,
	gain3: p3.gain,
	gain4: p4.gain,
	shuffleTime: milliseconds(shuffleTime, 1),
	alexTime: milliseconds(alexTime, 1),
	doubleTime: milliseconds(doubleTime, 1),
	mobileTime: milliseconds(time('1.0 MobileNet-224'), 1),
	timedError: error(middle.find(({ groups }) => groups === 3)!.error),
	alexError: printed('shufflenet', 'Table 6', 'AlexNet', 'top1Error'),
	timeTimes: factor(alexTime / shuffleTime),
	macsTimes: factor(macsOf('alexnet') / macsOf('shufflenet', { groups: 3, scale: 0.5 }))
} satisfies Texts;
