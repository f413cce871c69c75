import type { Kind, OptionsOf, Shape } from '../ops';

/** One operator of a graph, of kind `K`. */
export interface NodeOf<K extends Kind> {
	/** Unique in its graph; letters and digits of any script, `_`, `-`, `.` and `/`. Where published weights have names, it is theirs. */
	readonly id: string;
	readonly op: K;
	readonly options: OptionsOf<K>;
	/** What it reads: the id of a graph input or of a node, or `id:k` for the k-th output of a node that has several. */
	readonly inputs: readonly string[];
	/** Path of the block that it stands in, outermost first: `stage2/unit1`. */
	readonly block?: string;
	/** The node whose weights it uses, as both ways of a siamese network do: they are counted there, and not again. */
	readonly sharesWith?: string;
}

/** One operator of a graph. */
export type GraphNode = { [K in Kind]: NodeOf<K> }[Kind];

/** What a block is, where it is more than a group: pages draw and explain it by this. */
export const blockKinds = [
	'stem',
	'stage',
	'classifier',
	'standard',
	'fire',
	'separable',
	'shuffleUnit',
	'inception',
	'residual',
	'invertedResidual',
	'squeezeExcite'
] as const;
export type BlockKind = (typeof blockKinds)[number];

export interface GraphInput {
	readonly id: string;
	readonly shape: Shape;
}

/** What the block at a path is. */
export interface GraphBlock {
	readonly path: string;
	readonly kind: BlockKind;
}

/** A network as data: everything that is counted, drawn or run comes from this. */
export interface Graph {
	readonly name: string;
	readonly inputs: readonly GraphInput[];
	/** In any order that {@link resolveGraph} can sort; builders give topological order. */
	readonly nodes: readonly GraphNode[];
	/** Reference to the tensor that the network is computed for. */
	readonly output: string;
	/** Further outputs of a network that has several heads. */
	readonly otherOutputs?: readonly string[];
	/** What the blocks are; blocks that are only groups need no entry. */
	readonly blocks: readonly GraphBlock[];
}

/** Sizes beyond which a graph is refused, so that one from an address cannot hang the page. */
export const graphLimits = {
	nodes: 10_000,
	/** Inputs of all nodes together. */
	edges: 40_000,
	/** Blocks within blocks, and blocks in all. */
	depth: 32,
	blocks: 2000,
	/** Outputs of one node, and of all together. */
	outputs: 256,
	tensors: 40_000,
	/** Channels of one tensor. */
	channels: 65536,
	/** Height or width of one tensor. */
	side: 16384,
	/** Height, width, stride, dilation or padding of a window. */
	window: 256,
	/** Output positions of all transposed convolutions together, whose steps are listed position by position. */
	transposedPositions: 1 << 20,
	/** Characters of a graph's JSON. */
	jsonLength: 2_000_000,
	/** Characters of a name, an id or the path of a block. */
	nameLength: 200
} as const;
