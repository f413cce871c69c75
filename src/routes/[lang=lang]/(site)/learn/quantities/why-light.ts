import {
	costByKind,
	graphCost,
	networkById,
	referenceCost,
	referenceNets,
	resolveGraph,
	type NetworkId
} from '$lib/nets';
import { graphMemory } from '$lib/nets/analyses/memory';
import { sizeOf } from '$lib/ops';
import type { Shape } from '$lib/ops/types';
import { formatProduct } from '$lib/viz/words/format';
import type { Texts } from '$lib/lessons/compiler/compile';
import { channelsRead, denseNet121 } from '../denseNet';
import { layer } from '../layer';
import { printed } from '../printed';
import { energyOf32Bits } from '../printedElsewhere';
import { shareOfKind } from '../shareOfKind';
import { counted, factor, percent, plain, rounded, type Text } from '../texts';

const total = (id: NetworkId) => graphCost(resolveGraph(networkById(id).build())).total;
const alexnet = total('alexnet');
const squeezenet = total('squeezenet');
const vgg = total('vgg16');
const mobilenet = total('mobilenet');

const googlenet = total('googlenet');
const googlenetGraph = resolveGraph(networkById('googlenet').build());
const vggGraph = resolveGraph(networkById('vgg16').build());
const weightsOf = (graph: typeof vggGraph) =>
	graph.nodes.reduce(
		(sum, node, i) => sum + (node.op === 'dense' ? graphCost(graph).nodes[i]!.params.weights : 0),
		0
	);
/** MACs of GoogLeNet's windows of 3×3 and 5×5 with the 1×1s before them, and of the same windows on all channels. */
const windows = googlenetGraph.nodes
	.filter(({ id }) => /_reduce$/.test(id) && id.startsWith('inception'))
	.map((reduce) => {
		const window = googlenetGraph.byId.get(reduce.id.replace('_reduce', ''))!;
		const kernelSize = Number(/(\d)x\d$/.exec(window.id)![1]);
		const { operator, geometry, outputs } = window;
		return {
			with: reduce.operator.cost(reduce.geometry).macs + operator.cost(geometry).macs,
			without: layer(reduce.inputs[0].shape, {
				...{ kernelSize, padding: 'same' },
				outChannels: outputs[0].shape[2]
			}).macs
		};
	});
const sumOf = (of: 'with' | 'without') => windows.reduce((sum, window) => sum + window[of], 0);
const memory = graphMemory(resolveGraph(networkById('mobilenet').build()));
const [peakInput, peakOutput] = [memory.peakNode.inputs[0].shape, memory.peakNode.outputs[0].shape];
const shapeOf = (shape: Shape): Text => plain(formatProduct(...shape));
const batch = 32;

/** MobileNet at a quarter of its width in 8-bit numbers: at its peak, and with its first four layers run a few rows at a time. */
const narrow = resolveGraph(networkById('mobilenet').build({ alpha: 0.25 }));
const narrowMemory = graphMemory(narrow, 1);
const afterStrips = narrow.byId.get('conv_dw_2')!;
const stripsPeak = Math.max(
	// The picture and what the four make of it, and then as without strips.
	sizeOf(narrow.tensors[0]!.shape) + sizeOf(afterStrips.outputs[0]!.shape),
	...narrowMemory.liveBytes.slice(narrow.byId.get('conv_pw_2')!.index)
);
const densenet = referenceNets.find(({ name }) => name === 'DenseNet-121')!;
const deepest = referenceNets.find(({ name }) => name === 'ResNet-152')!;
const layersOf = (id: NetworkId) =>
	resolveGraph(networkById(id).build()).nodes.filter(({ op }) => op === 'conv2d' || op === 'dense').length;

const alexGraph = resolveGraph(networkById('alexnet').build());
const alexKinds = costByKind(alexGraph);
const alexDense = (of: 'macsShare' | 'paramsShare') => shareOfKind(alexKinds, 'dense', of);

const bytesOfFloat32 = 4;
/** In megabytes of 1,000,000 bytes, three digits. */
const bytes = (count: number): Text => plain(`${Number((count / 1e6).toPrecision(3))} MB`);
/** Of parameters. */
const megabytes = (params: number): Text => bytes(params * bytesOfFloat32);

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
	googlenetDense: rounded(weightsOf(googlenetGraph)),
	vggDense: rounded(weightsOf(vggGraph)),
	googlenetWindowTimes: factor(sumOf('without') / sumOf('with')),
	denseGrowth: counted(denseNet121.growth),
	denseLayers: counted(denseNet121.layers[2]),
	denseReads: counted(channelsRead(2, denseNet121.layers[2] - 1)),
	densenetMacs: rounded(referenceCost(densenet).macs),
	resnetMacs: rounded(total('resnet50').macs),
	mobilePeak: bytes(memory.peakBytes),
	peakIn: shapeOf(peakInput),
	peakOut: shapeOf(peakOutput),
	peakInValues: counted(sizeOf(peakInput)),
	peakOutValues: counted(sizeOf(peakOutput)),
	peakValues: counted(memory.peakBytes / bytesOfFloat32),
	peakInt8: bytes(memory.peakBytes / bytesOfFloat32),
	narrowPeak: counted(narrowMemory.peakBytes),
	stripsPeak: counted(stripsPeak),
	mobileKept: bytes(memory.activationBytes),
	mobileSize: megabytes(mobilenet.params.trainable),
	batch: counted(batch),
	trainingTimes: counted(
		Math.round(
			(batch * memory.activationBytes + 3 * bytesOfFloat32 * mobilenet.params.trainable) /
				(memory.peakBytes + bytesOfFloat32 * mobilenet.params.trainable)
		)
	),
	energyTimes: counted(Number((energyOf32Bits.dram / energyOf32Bits.multiplication).toPrecision(2))),
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
