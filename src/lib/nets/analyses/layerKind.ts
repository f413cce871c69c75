import type { GeometryOf, Kind } from '../../ops';
import type { ResolvedNode } from '../resolve';

/** What a node is in a table or a chart: convolutions by how they read channels, all else by what it is for. */
export const layerKinds = [
	'standard',
	'grouped',
	'depthwise',
	'pointwise',
	'groupedPointwise',
	'transposed',
	'dense',
	'norm',
	'activation',
	'pool',
	'join',
	'rearrange',
	'dropout'
] as const;
export type LayerKind = (typeof layerKinds)[number];

const BY_OP: Readonly<Record<Exclude<Kind, 'conv2d'>, LayerKind>> = {
	transposedConv2d: 'transposed',
	channelShuffle: 'rearrange',
	maxPool: 'pool',
	avgPool: 'pool',
	globalAvgPool: 'pool',
	relu: 'activation',
	relu6: 'activation',
	sigmoid: 'activation',
	hardSigmoid: 'activation',
	hardSwish: 'activation',
	batchNorm: 'norm',
	localResponseNorm: 'norm',
	add: 'join',
	multiply: 'join',
	concat: 'rearrange',
	split: 'rearrange',
	dense: 'dense',
	softmax: 'activation',
	dropout: 'dropout'
};

/** Kind of a node. A 1×1 convolution over a single position is a dense layer by another name, and counted as one. */
export function layerKind(node: ResolvedNode): LayerKind {
	if (node.op !== 'conv2d') return BY_OP[node.op];
	const { groups, inChannels, kernelSize } = convolutionOf(node)!;
	const [shape] = node.geometry.inputs;
	const isPointwise = kernelSize[0] === 1 && kernelSize[1] === 1;
	if (isPointwise && groups === 1) return shape?.[0] === 1 && shape[1] === 1 ? 'dense' : 'pointwise';
	if (groups === 1) return 'standard';
	if (groups === inChannels) return 'depthwise';
	return isPointwise ? 'groupedPointwise' : 'grouped';
}

/** Geometry of a convolution, `null` for every other node. */
export function convolutionOf(node: ResolvedNode): GeometryOf<'conv2d'> | null {
	return node.op === 'conv2d' ? (node.geometry as GeometryOf<'conv2d'>) : null;
}
