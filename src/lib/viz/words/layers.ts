import { m } from '$lib/i18n';
import { layerKind, type BlockKind, type GraphTensor, type ResolvedNode } from '$lib/nets';
import { ofActivations, type Conv2dGeometry, type Kind, type OpaqueGeometry } from '$lib/ops';
import { cut } from './cut';
import { formatProduct, formatShape } from './format';
import { layerKindNames } from './layerKinds';

/** Name of an operator in the reader's language. */
export const opNames: Readonly<Record<Kind, () => string>> = {
	conv2d: m.networks_op_conv,
	transposedConv2d: m.networks_op_transposed,
	channelShuffle: m.networks_op_shuffle,
	maxPool: m.networks_op_max_pool,
	avgPool: m.networks_op_avg_pool,
	globalAvgPool: m.networks_op_global_avg_pool,
	globalMaxPool: m.networks_op_global_max_pool,
	...ofActivations(
		({ name }) =>
			() =>
				name
	),
	prelu: () => 'PReLU',
	batchNorm: m.networks_op_batch_norm,
	scale: m.networks_op_scale,
	layerNorm: m.networks_op_layer_norm,
	localResponseNorm: m.networks_op_lrn,
	add: m.networks_op_add,
	multiply: m.networks_op_multiply,
	concat: m.networks_op_concat,
	concatPlaces: m.networks_op_concat_places,
	split: m.networks_op_split,
	dense: m.networks_op_dense,
	pad: m.networks_op_pad,
	resizeNearest: m.networks_op_resize_nearest,
	resizeBilinear: m.networks_op_resize_bilinear,
	spaceToDepth: m.networks_op_space_to_depth,
	depthToSpace: m.networks_op_depth_to_space,
	softmax: () => 'Softmax',
	dropout: () => 'Dropout',
	opaque: m.networks_op_opaque
};

/** An operator in the reader's words: its name here is no name of a file's. What is not known here keeps its name. */
export const opName = (op: string): string => (Object.hasOwn(opNames, op) ? opNames[op as Kind]() : op);

/** A layer in a word or two, with what sets it apart: `3×3 depthwise`, `1×1, 3 groups`, `Shuffle`. */
export function layerLabel({ op, geometry }: ResolvedNode): string {
	if (op === 'channelShuffle')
		return (geometry as { groups?: number }).groups === 1 ? m.networks_flow_no_shuffle() : opNames[op]();
	if (op === 'opaque') return (geometry as OpaqueGeometry).type;
	if (op !== 'conv2d') return opNames[op]();
	const { kernelSize, groups, inChannels } = geometry as Conv2dGeometry;
	const size = formatProduct(...kernelSize);
	if (groups === 1) return size;
	return groups === inChannels
		? m.networks_layer_depthwise({ size })
		: m.networks_layer_grouped({ size, groups });
}

const blockNames: Readonly<Record<BlockKind, () => string>> = {
	stem: m.networks_block_stem,
	stage: m.networks_block_stage,
	classifier: m.networks_block_classifier,
	standard: m.networks_block_standard,
	fire: m.networks_block_fire,
	separable: m.networks_block_separable,
	shuffleUnit: m.networks_block_shuffleUnit,
	inception: m.networks_block_inception,
	residual: m.networks_block_residual,
	invertedResidual: m.networks_block_invertedResidual,
	squeezeExcite: m.networks_block_squeezeExcite
};

/** What a block is called, by its kind. */
export function blockName(kind: BlockKind | undefined): string {
	return kind === undefined ? m.networks_block_group() : blockNames[kind]();
}

/** A layer's operator in words: `3×3 depthwise convolution`. */
export function operatorText(node: ResolvedNode): string {
	if (node.op === 'opaque')
		return m.networks_op_opaque_type({ type: cut((node.geometry as OpaqueGeometry).type) });
	if (node.op !== 'conv2d') return opNames[node.op]();
	const { kernelSize, groups } = node.geometry as Conv2dGeometry;
	const kind = layerKind(node);
	const name = { size: formatProduct(...kernelSize), kind: layerKindNames[kind]() };
	if (kind === 'pointwise') return name.kind;
	if (kind === 'groupedPointwise') return m.networks_diagram_kind_groups({ kind: name.kind, groups });
	return kind === 'grouped'
		? m.networks_diagram_conv_groups({ ...name, groups })
		: m.networks_diagram_conv(name);
}

/** Sizes of tensors in words. */
export function shapesText(tensors: readonly GraphTensor[]): string {
	return tensors.map(({ shape, isGuess }) => formatShape(shape, isGuess)).join(' + ');
}
