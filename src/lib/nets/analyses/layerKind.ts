import type { GeometryOf } from '../../ops';
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
	'dropout',
	'opaque'
] as const;
export type LayerKind = (typeof layerKinds)[number];

/** Kind of a node. A 1×1 convolution over a single position is a dense layer by another name, and counted as one. */
export function layerKind(node: ResolvedNode): LayerKind {
	const { role } = node.operator.traits;
	if (role !== 'convolution') return role;
	const { groups, inChannels, kernelSize } = node.geometry as GeometryOf<'conv2d'>;
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
