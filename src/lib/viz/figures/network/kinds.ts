import type { ResolvedNode } from '$lib/nets/resolve';
import type { Conv2dGeometry, Kind } from '$lib/ops';

/** What a reader calls a layer: convolutions by how their channels are tied, all else by what it is there for. */
export const layerKinds = [
	'standard',
	'pointwise',
	'depthwise',
	'grouped',
	'dense',
	'pool',
	'shuffle',
	'join',
	'quiet'
] as const;
export type LayerKind = (typeof layerKinds)[number];

const kinds: Readonly<Record<Exclude<Kind, 'conv2d'>, LayerKind>> = {
	transposedConv2d: 'standard',
	dense: 'dense',
	maxPool: 'pool',
	avgPool: 'pool',
	globalAvgPool: 'pool',
	channelShuffle: 'shuffle',
	add: 'join',
	multiply: 'join',
	concat: 'join',
	split: 'join',
	relu: 'quiet',
	relu6: 'quiet',
	sigmoid: 'quiet',
	hardSigmoid: 'quiet',
	hardSwish: 'quiet',
	batchNorm: 'quiet',
	localResponseNorm: 'quiet',
	softmax: 'quiet',
	dropout: 'quiet'
};

/**
 * Kind of a layer. `grouped` is a convolution in groups of more than one channel, 1×1 too; `pointwise` is 1×1 over all
 * channels; `quiet` works value by value (norms, activations, dropout, softmax).
 */
export function layerKind(node: Pick<ResolvedNode, 'op' | 'geometry'>): LayerKind {
	if (node.op !== 'conv2d') return kinds[node.op];
	const { groups, inChannelsPerGroup, kernelSize } = node.geometry as Conv2dGeometry;
	if (groups > 1) return inChannelsPerGroup === 1 ? 'depthwise' : 'grouped';
	return kernelSize[0] === 1 && kernelSize[1] === 1 ? 'pointwise' : 'standard';
}

/** The colour of a kind, in every picture and chart. */
export function kindColor(kind: LayerKind): string {
	return `var(--op-${kind})`;
}
