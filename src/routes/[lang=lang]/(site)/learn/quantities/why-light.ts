import {
	costByKind,
	graphCost,
	networkById,
	referenceCost,
	referenceNets,
	resolveGraph,
	type NetworkId
} from '$lib/nets';
import type { Texts } from '$lib/lessons/compiler/compile';
import { printed } from '../printed';
import { shareOfKind } from '../shareOfKind';
import { counted, factor, percent, plain, rounded, type Text } from '../texts';

const total = (id: NetworkId) => graphCost(resolveGraph(networkById(id).build())).total;
const alexnet = total('alexnet');
const squeezenet = total('squeezenet');
const vgg = total('vgg16');
const mobilenet = total('mobilenet');

const googlenet = total('googlenet');
const densenet = referenceNets.find(({ name }) => name === 'DenseNet-121')!;
const deepest = referenceNets.find(({ name }) => name === 'ResNet-152')!;
const layersOf = (id: NetworkId) =>
	resolveGraph(networkById(id).build()).nodes.filter(({ op }) => op === 'conv2d' || op === 'dense').length;

const alexGraph = resolveGraph(networkById('alexnet').build());
const alexKinds = costByKind(alexGraph);
const alexDense = (of: 'macsShare' | 'paramsShare') => shareOfKind(alexKinds, 'dense', of);

const bytesOfFloat32 = 4;
/** Megabytes of 1,000,000 bytes, three digits. */
const megabytes = (params: number): Text =>
	plain(`${Number(((params * bytesOfFloat32) / 1e6).toPrecision(3))} MB`);

export default {
	alexLayers: counted(layersOf('alexnet')),
	alexYear: plain(networkById('alexnet').year),
	alexParams: rounded(alexnet.params.trainable),
	alexMacs: rounded(alexnet.macs),
	alexSize: megabytes(alexnet.params.trainable),
	alexSizeInt8: plain(`${Number((alexnet.params.trainable / 1e6).toPrecision(3))} MB`),
	alexNeurons: counted(alexGraph.nodes.find(({ op }) => op === 'dense')!.outputs[0]!.shape[2]),
	alexDenseParams: percent(alexDense('paramsShare')),
	alexConvParams: percent(1 - alexDense('paramsShare')),
	alexDenseMacs: percent(alexDense('macsShare')),
	vggYear: plain(networkById('vgg16').year),
	vggParams: rounded(vgg.params.trainable),
	vggMacs: rounded(vgg.macs),
	deepestLayers: plain(deepest.name.replace('ResNet-', '')),
	deepestYear: plain(deepest.year),
	deepestParams: rounded(referenceCost(deepest).params),
	googlenetYear: plain(networkById('googlenet').year),
	googlenetMacs: rounded(googlenet.macs),
	densenetYear: plain(densenet.year),
	densenetParams: rounded(referenceCost(densenet).params),
	resnetParams: rounded(total('resnet50').params.trainable),
	squeezeMacs: rounded(squeezenet.macs),
	squeezeFewer: factor(alexnet.params.trainable / squeezenet.params.trainable),
	squeezeMore: factor(squeezenet.macs / alexnet.macs),
	squeezeHalf: factor(alexnet.macs / squeezenet.macs / 2),
	mobileParams: rounded(mobilenet.params.trainable),
	mobileMacs: rounded(mobilenet.macs),
	mobileFewerMacs: factor(vgg.macs / mobilenet.macs),
	mobileAccuracy: printed('mobilenet', 'Table 8', '1.0 MobileNet-224', 'top1Accuracy'),
	vggAccuracy: printed('mobilenet', 'Table 8', 'VGG 16', 'top1Accuracy')
} satisfies Texts;
