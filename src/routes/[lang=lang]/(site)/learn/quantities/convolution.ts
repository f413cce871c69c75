import {
	costByKind,
	networkById,
	receptiveFields,
	resolveGraph,
	type LayerKind,
	type NetworkId
} from '$lib/nets';
import type { Texts } from '$lib/lessons/compiler/compile';
import { seenBy, stacks } from '$lib/viz/figures/receptiveField/stacks';
import { photographSize } from '$lib/viz/tensor/photograph';
import { cifar10, imagenet } from '../dataSets';
import { layer } from '../layer';
import { shareOfKind } from '../shareOfKind';
import { counted, percent, plain, rounded } from '../texts';

const kernelSize = 3;
/** The layer of the figure. */
const example = layer([5, 5, 2], { outChannels: 3, kernelSize });
const oneFilter = layer([5, 5, 2], { outChannels: 1, kernelSize, bias: false });
const plane = kernelSize ** 2;

/** A 3×3 window with dilation 2 spans this many rows. */
const dilatedSpan = 2 * (kernelSize - 1) + 1;

const realChannels = 512;
const real = layer([14, 14, realChannels], {
	outChannels: realChannels,
	kernelSize,
	padding: 'same',
	bias: false
});

const small = layer([8, 8, 16], { outChannels: 16, kernelSize, padding: 'same' });
const large = layer([16, 16, 16], { outChannels: 16, kernelSize, padding: 'same' });

const vgg = networkById('vgg16');
const vggKinds = costByKind(resolveGraph(vgg.build()));
const vggShare = (wanted: LayerKind, of: 'macsShare' | 'paramsShare') => shareOfKind(vggKinds, wanted, of);

/** Rows of a network's input, and how many of them a value of its last map sees. */
function fieldOf(id: NetworkId) {
	const net = resolveGraph(networkById(id).build());
	const last = net.tensors.filter(({ shape }) => shape[0] > 1).at(-1)!;
	return { side: net.tensors[0].shape[0], seen: receptiveFields(net)[last.index]!.y.size };
}
const mobilenet = fieldOf('mobilenet');
const squeezenet = fieldOf('squeezenet');

/** Plain 3×3 layers until a value sees as many rows: each adds as many as the second. */
const [first, second] = seenBy(stacks.plain, photographSize);
const plainLayers = Math.ceil((mobilenet.side - first!.sizeBefore) / (second!.size - second!.sizeBefore));

export default {
	photoSide: counted(photographSize),
	photoNumbers: counted(3 * photographSize ** 2),
	imagenetSide: counted(mobilenet.side),
	imagenetClasses: counted(imagenet.classes),
	imagenetExamples: (language) =>
		({ en: 'tench, golden retriever, sports car, espresso', zh: '丁鲷、金毛犬、跑车、浓缩咖啡' })[language],
	imagenetTraining: counted(imagenet.training),
	imagenetTests: counted(imagenet.tests),
	imagenetChance: percent(1 / imagenet.classes),
	imagenetChanceFive: percent(5 / imagenet.classes),
	cifarClasses: counted(cifar10.classes),
	cifarExamples: (language) => ({ en: 'airplane, cat, frog, ship', zh: '飞机、猫、青蛙、船' })[language],
	cifarTraining: counted(cifar10.training),
	cifarTests: counted(cifar10.tests),
	cifarSide: counted(cifar10.side),
	cifarChance: percent(1 / cifar10.classes),
	cifarChanceFive: percent(5 / cifar10.classes),
	plainLayers: counted(plainLayers),
	squeezenetSide: counted(squeezenet.side),
	squeezenetField: counted(squeezenet.seen),
	mobilenetField: counted(mobilenet.seen),
	shufflenetField: counted(fieldOf('shufflenet').seen),
	xceptionField: counted(fieldOf('xception').seen),
	filterWeights: counted(oneFilter.weights),
	positions: counted(example.output[0] * example.output[1]),
	kernelPlane: counted(plane),
	dilatedArea: counted(dilatedSpan ** 2),
	dilatedHoles: counted(dilatedSpan ** 2 - plane),
	params: counted(example.params),
	macs: counted(example.macs),
	realChannels: counted(realChannels),
	realPairs: counted(realChannels ** 2),
	realMacs: rounded(real.macs),
	vggYear: plain(vgg.year),
	vggConvMacs: percent(vggShare('standard', 'macsShare')),
	vggConvParams: percent(vggShare('standard', 'paramsShare')),
	vggDenseMacs: percent(vggShare('dense', 'macsShare')),
	vggDenseParams: percent(vggShare('dense', 'paramsShare')),
	biggerParams: counted(large.params / small.params),
	biggerMacs: counted(large.macs / small.macs)
} satisfies Texts;
