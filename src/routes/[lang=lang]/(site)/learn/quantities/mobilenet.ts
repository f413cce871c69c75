import {
	costByKind,
	graphCost,
	networkById,
	receptiveFields,
	resolveGraph,
	type KnobValues,
	type LayerKind,
	type NetworkId
} from '$lib/nets';
import { whole } from '$lib/viz/figures/multipliers/knobs';
import { scaledNet } from '$lib/viz/figures/multipliers/scaled';
import { filtersFor, layerMacs, savingOf } from '$lib/viz/figures/ratio/saving';
import { workedLayers, workedNet, workedTotal } from '$lib/viz/figures/worked/modules';
import type { Texts } from '$lib/lessons/compiler/compile';
import { reported, printed } from '../printed';
import { shareOfKind } from '../shareOfKind';
import { counted, factor, percent, plain, rounded } from '../texts';

const kernel = 3;
/** The layer of the figures: 5×5×2 → 3×3×3. */
const example = { filters: 3, kernel };
const exampleMacs = layerMacs(example);

const resolved = (id: NetworkId, knobs: Partial<KnobValues> = {}) =>
	resolveGraph(networkById(id).build(knobs));
const net = resolved('mobilenet');
const total = (id: NetworkId, knobs: Partial<KnobValues> = {}) => graphCost(resolved(id, knobs)).total;
const own = graphCost(net).total;
const twin = total('mobilenet', { convolution: 'standard' });

const convolutions = net.nodes.filter(({ op }) => op === 'conv2d');
const pairs = net.graph.blocks.filter(({ kind }) => kind === 'separable');
const classifier = net.byId.get('conv_preds')!;
const wideBlock = net.byId.get('conv_pw_8')!.outputs[0]!;

export const kinds = costByKind(net);
const share = (wanted: LayerKind, of: 'macsShare' | 'paramsShare') => shareOfKind(kinds, wanted, of);

const accuracy = (table: string, model: string) =>
	`${reported('mobilenet', table, model, 'top1Accuracy').printed}%`;
const points = (a: string, b: string) => (parseFloat(a) - parseFloat(b)).toFixed(1);

const separableClaim = reported(
	'mobilenet',
	'Section 3.1',
	'3×3 depthwise separable',
	'separableSaving'
).printed;
const claimedFrom = Number(separableClaim.split(' ')[0]);
const netAccuracy = accuracy('Table 8', '1.0 MobileNet-224');
const twinAccuracy = accuracy('Table 4', 'Conv MobileNet');

const half = scaledNet({ ...whole, alpha: 0.5 });
const vgg = total('vgg16');
const googlenet = total('googlenet');

const halfInput = total('mobilenet', { resolution: 112 });
if (own.params.trainable !== halfInput.params.trainable)
	throw new Error('the text says that parameters stay');

/** How many pixels across the last 3×3 sees. */
const viewOf = (graph: ReturnType<typeof resolved>) =>
	receptiveFields(graph)[graph.nodes.findLast(({ id }) => /^conv_dw_\d+$/.test(id))!.outputs[0]!.index]!.y
		.size;
const shallow = resolved('mobilenet', { repeats: 0 });
const shallowPairs = shallow.graph.blocks.filter(({ kind }) => kind === 'separable').length;
const narrowKinds = costByKind(resolved('mobilenet', { alpha: 0.25 }));
const [thinAccuracy, shallowAccuracy] = ['0.75 MobileNet', 'Shallow MobileNet'].map((model) =>
	accuracy('Table 5', model)
) as [string, string];
/** A layer of the longest run with 5×5 windows over the same with 3×3. */
const [three, five] = [3, 5].map((kernel) => layerMacs({ filters: wideBlock.shape[2], kernel })) as [
	Macs,
	Macs
];
type Macs = ReturnType<typeof layerMacs>;

const worked = workedLayers(workedNet('separable'));
const workedSum = workedTotal(worked);

const pointwiseParams = kinds
	.filter(({ kind }) => kind === 'pointwise')
	.reduce((sum, { params }) => sum + params, 0);

/** The breeds of dogs in table 10. */
const dogs = { classes: 120, net: '1.0 MobileNet-224, 120 dogs', inception: 'Inception V3, 120 dogs' };
const dogsTimes = (metric: 'macs' | 'params') => {
	const of = (model: string) => Number(reported('mobilenet', 'Table 10', model, metric).printed);
	return of(dogs.inception) / of(dogs.net);
};

export default {
	workedParams: counted(workedSum.params),
	workedMacs: counted(workedSum.macs),
	workedDepthwise: counted(worked[0]!.params.value),
	workedPointwise: counted(worked[2]!.params.value),
	halfInput: counted(Math.round(own.macs / halfInput.macs)),
	standardMacs: counted(exampleMacs.standard),
	depthwiseMacs: counted(exampleMacs.depthwise),
	pointwiseMacs: counted(exampleMacs.pointwise),
	separableMacs: counted(exampleMacs.depthwise + exampleMacs.pointwise),
	exampleSaving: factor(savingOf(example)),
	claimed: (language) => ({ en: separableClaim, zh: separableClaim.replace('to', '到') })[language],
	claimedFrom: counted(claimedFrom),
	enough: counted(filtersFor(claimedFrom, kernel)!),
	limit: counted(kernel ** 2),
	block8Saving: factor(savingOf({ filters: wideBlock.shape[2], kernel })),
	netMacs: rounded(own.macs),
	twinMacs: rounded(twin.macs),
	twinSaving: factor(twin.macs / own.macs),
	twinAccuracy: plain(twinAccuracy),
	netAccuracy: plain(netAccuracy),
	accuracyLost: plain(points(twinAccuracy, netAccuracy)),
	blocks: counted(pairs.length),
	layers: counted(convolutions.length),
	pointwiseMacsShare: percent(share('pointwise', 'macsShare')),
	pointwiseParamsShareBn: percent(pointwiseParams / own.params.trainable),
	pointwiseParamsShare: percent(share('pointwise', 'paramsShare')),
	depthwiseParamsShare: percent(share('depthwise', 'paramsShare')),
	misprinted: printed('mobilenet', 'Table 2', 'Conv 3×3', 'macsShare'),
	conv1Share: percent(share('standard', 'macsShare'), 2),
	denseParams: percent(share('dense', 'paramsShare')),
	denseMacs: percent(share('dense', 'macsShare')),
	features: counted(classifier.inputs[0]!.shape[2]),
	classes: counted(classifier.outputs[0]!.shape[2]),
	quarter: percent(0.5 ** 2),
	half: percent(0.5),
	halfMacs: percent(half.macs / own.macs),
	halfParams: percent(half.params / own.params.trainable),
	dogs: counted(dogs.classes),
	dogsNet: printed('mobilenet', 'Table 10', dogs.net, 'top1Accuracy'),
	dogsInception: printed('mobilenet', 'Table 10', dogs.inception, 'top1Accuracy'),
	dogsTimesMacs: factor(dogsTimes('macs')),
	dogsTimesParams: factor(dogsTimes('params')),
	shallowMacs: rounded(graphCost(shallow).total.macs),
	shallowAccuracy: plain(shallowAccuracy),
	thinMacs: rounded(total('mobilenet', { alpha: 0.75 }).macs),
	thinAccuracy: plain(thinAccuracy),
	thinLead: plain(points(thinAccuracy, shallowAccuracy)),
	viewWhole: counted(viewOf(net)),
	viewShallow: counted(viewOf(shallow)),
	viewEach: counted((viewOf(net) - viewOf(shallow)) / (pairs.length - shallowPairs)),
	side: counted(net.tensors[0]!.shape[0]),
	narrowDense: percent(shareOfKind(narrowKinds, 'dense', 'paramsShare'), 0),
	wideFilters: counted(wideBlock.shape[2]),
	fiveMore: percent((five.depthwise + five.pointwise) / (three.depthwise + three.pointwise) - 1),
	fiveStandard: factor(five.standard / three.standard),
	netMacsPrinted: printed('mobilenet', 'Table 8', '1.0 MobileNet-224', 'macs'),
	netMacsCounted: rounded(own.macs),
	netParamsPrinted: printed('mobilenet', 'Table 8', '1.0 MobileNet-224', 'params'),
	googlenetAccuracy: plain(accuracy('Table 8', 'GoogleNet')),
	googlenetMacsPrinted: printed('mobilenet', 'Table 8', 'GoogleNet', 'macs'),
	googlenetMacsCounted: rounded(googlenet.macs),
	googlenetParamsPrinted: printed('mobilenet', 'Table 8', 'GoogleNet', 'params'),
	googlenetTimesMacs: factor(googlenet.macs / own.macs),
	vggAccuracy: plain(accuracy('Table 8', 'VGG 16')),
	vggMacsPrinted: printed('mobilenet', 'Table 8', 'VGG 16', 'macs'),
	vggMacsCounted: rounded(vgg.macs),
	vggParamsPrinted: printed('mobilenet', 'Table 8', 'VGG 16', 'params'),
	vggParams: rounded(vgg.params.trainable),
	vggTimesMacs: factor(vgg.macs / own.macs),
	vggTimesParams: factor(vgg.params.trainable / own.params.trainable)
} satisfies Texts;
