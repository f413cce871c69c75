import type { GeometryOf, WeightSpec } from '../../ops';
import type { ResolvedGraph, ResolvedNode } from '../resolve';
import type { BlockKind } from '../types';
import { sharesWeights, unsizedNodes } from './cost';
import { blockTree, type BlockPart } from './blocks';

/** How a total is counted. */
export interface Convention {
	/** Parameters; multiply-accumulates; or floating point operations, two to a MAC. */
	readonly measure: 'params' | 'macs' | 'flops';
	/**
	 * Batch norm: left out; its trainable scale and shift; with its moving statistics too. Among MACs it is one a value, and
	 * the two that count it are alike.
	 */
	readonly batchNorm: 'none' | 'trainable' | 'all';
	/** Biases; among MACs and FLOPs one operation a value. */
	readonly biases: boolean;
	/** Everything in a block of kind `classifier`. */
	readonly classifier: boolean;
}

/** The site's own conventions: all trainable parameters; multiply-accumulates of convolutions and dense layers only. */
export const houseConventions = {
	params: { measure: 'params', batchNorm: 'trainable', biases: true, classifier: true },
	macs: { measure: 'macs', batchNorm: 'none', biases: false, classifier: true },
	flops: { measure: 'flops', batchNorm: 'none', biases: false, classifier: true }
} as const satisfies Record<string, Convention>;

/** A number that a term is a product of. */
export interface Factor {
	readonly name:
		| 'height'
		| 'width'
		| 'kernelHeight'
		| 'kernelWidth'
		| 'inChannels'
		| 'inChannelsPerGroup'
		| 'inputs'
		| 'outChannels'
		| 'channels'
		/** Pairs of an input position and a kernel position that land on the output of a transposed convolution. */
		| 'landings'
		/** What a file says that an opaque operator has. */
		| 'values'
		| 'flopsPerMac';
	readonly value: number;
}

/** What a term counts: `products` are the multiplications of a convolution or dense layer with its kernel. */
export type TermName =
	| 'kernel'
	| 'bias'
	| 'gamma'
	| 'beta'
	| 'mean'
	| 'variance'
	| 'alpha'
	| 'parameters'
	| 'products'
	| 'biasAdds'
	| 'normalize';

/** A product that stands in the sum, or is left out of it. */
export interface AuditTerm {
	readonly name: TermName;
	readonly factors: readonly Factor[];
	/** The product of the factors. */
	readonly value: number;
	/** Whether the convention counts it. */
	readonly counted: boolean;
}

/** A part of a total: the whole, a block, or a node; it opens into its parts or, for a node, its terms. */
export interface Audit {
	readonly kind: 'total' | 'block' | 'node';
	/** Path of the block or id of the node; the graph's name for the whole. */
	readonly id: string;
	readonly blockKind: BlockKind | null;
	/** Sum of what is counted, and of what the convention leaves out. */
	readonly value: number;
	readonly leftOut: number;
	/** Nodes in it whose figure is not known, by their arithmetic or by their size: `value` is then a lower bound. */
	readonly uncounted: number;
	readonly parts: readonly Audit[];
	readonly terms: readonly AuditTerm[];
}

/** A total as the sum that makes it: blocks, in them nodes, in these products. Nodes that have nothing to count are left out. */
export function audit(resolved: ResolvedGraph, convention: Convention): Audit {
	const unsized = unsizedNodes(resolved);
	const sharing = new Set(resolved.nodes.filter((node) => sharesWeights(resolved, node)));
	const counted = { ...convention, unsized, sharing };
	return sum('total', resolved.graph.name, null, auditParts(blockTree(resolved), counted, false));
}

/** A total under a convention: the value at the root of {@link audit}. */
export function countTotal(resolved: ResolvedGraph, convention: Convention): number {
	return audit(resolved, convention).value;
}

/** A convention, and the nodes that are not counted by any. */
interface Counted extends Convention {
	readonly unsized: ReadonlySet<ResolvedNode>;
	/** Nodes whose weights are another's. */
	readonly sharing: ReadonlySet<ResolvedNode>;
}

function auditParts(parts: readonly BlockPart[], convention: Counted, inClassifier: boolean): Audit[] {
	return parts
		.map((part) => {
			if (part.kind === 'node') return nodeAudit(part.node, convention, inClassifier);
			const isClassifier = inClassifier || part.blockKind === 'classifier';
			return sum('block', part.path, part.blockKind, auditParts(part.parts, convention, isClassifier));
		})
		.filter(({ parts, terms, uncounted }) => parts.length + terms.length + uncounted > 0);
}

function sum(
	kind: 'total' | 'block',
	id: string,
	blockKind: BlockKind | null,
	parts: readonly Audit[]
): Audit {
	const total = (of: (part: Audit) => number) => parts.reduce((so, part) => so + of(part), 0);
	return {
		kind,
		id,
		blockKind,
		value: total((part) => part.value),
		leftOut: total((part) => part.leftOut),
		uncounted: total((part) => part.uncounted),
		parts,
		terms: []
	};
}

function nodeAudit(node: ResolvedNode, convention: Counted, inClassifier: boolean): Audit {
	const specs = node.operator.weights(node.geometry);
	const isUnsized = convention.unsized.has(node);
	const isParams = convention.measure === 'params';
	const isElsewhere = isUnsized || (isParams && convention.sharing.has(node));
	const bare = isElsewhere
		? []
		: isParams
			? paramTerms(node, specs)
			: arithmeticTerms(node, specs, convention);
	const terms = bare.map(({ name, factors }): AuditTerm => {
		const value = factors.reduce((product, factor) => product * factor.value, 1);
		const isNorm = node.op === 'batchNorm';
		const counted = (convention.classifier || !inClassifier) && isCounted(name, convention, isNorm);
		return { name, factors, value, counted };
	});
	const total = (counted: boolean) =>
		terms.filter((term) => term.counted === counted).reduce((so, term) => so + term.value, 0);
	return {
		kind: 'node',
		id: node.id,
		blockKind: null,
		value: total(true),
		leftOut: total(false),
		uncounted: isUnsized || (node.op === 'opaque' && !isParams) ? 1 : 0,
		parts: [],
		terms
	};
}

/** @param isNorm whether it is of batch norm: scale and shift of other layers are parameters like any other */
function isCounted(name: TermName, { batchNorm, biases }: Convention, isNorm: boolean): boolean {
	if ((name === 'gamma' || name === 'beta') && !isNorm) return name === 'gamma' || biases;
	if (name === 'bias' || name === 'biasAdds') return biases;
	if (name === 'gamma' || name === 'beta' || name === 'normalize') return batchNorm !== 'none';
	if (name === 'mean' || name === 'variance') return batchNorm === 'all';
	return true;
}

interface BareTerm {
	readonly name: TermName;
	readonly factors: readonly Factor[];
}

function paramTerms(node: ResolvedNode, specs: readonly WeightSpec[]): BareTerm[] {
	if (node.op === 'opaque') {
		const { parameters } = node.geometry as GeometryOf<'opaque'>;
		return parameters === 0 ? [] : [{ name: 'parameters', factors: [{ name: 'values', value: parameters }] }];
	}
	return specs.map(({ name, shape }) => ({
		name: name as TermName,
		factors: weightFactors(node, name, shape)
	}));
}

/** The shape of a weight as factors with names. */
function weightFactors(node: ResolvedNode, name: string, shape: readonly number[]): Factor[] {
	const names: readonly Factor['name'][] =
		name === 'bias'
			? ['outChannels']
			: shape.length === 1
				? ['channels']
				: shape.length === 2
					? ['inputs', 'outChannels']
					: [
							'kernelHeight',
							'kernelWidth',
							isGrouped(node) ? 'inChannelsPerGroup' : 'inChannels',
							'outChannels'
						];
	return shape.map((value, i) => ({ name: names[i]!, value }));
}

function isGrouped(node: ResolvedNode): boolean {
	return 'groups' in node.geometry && node.geometry.groups !== 1;
}

function arithmeticTerms(
	node: ResolvedNode,
	specs: readonly WeightSpec[],
	{ measure }: Convention
): BareTerm[] {
	const flopsPerMac: Factor[] = measure === 'flops' ? [{ name: 'flopsPerMac', value: 2 }] : [];
	const terms: BareTerm[] = [];
	const kernel = specs.find((spec) => spec.name === 'kernel');
	if (kernel) {
		terms.push({ name: 'products', factors: [...productFactors(node, kernel.shape), ...flopsPerMac] });
	}
	if (specs.some((spec) => spec.name === 'bias')) terms.push({ name: 'biasAdds', factors: valuesOf(node) });
	if (node.op === 'batchNorm')
		terms.push({ name: 'normalize', factors: [...valuesOf(node), ...flopsPerMac] });
	return terms;
}

/** The multiplications with a kernel: its size for each output position, or what lands for a transposed convolution. */
function productFactors(node: ResolvedNode, kernel: readonly number[]): Factor[] {
	const factors = weightFactors(node, 'kernel', kernel);
	if (node.op === 'dense') return factors;
	if (node.op === 'transposedConv2d') {
		const { landing } = node.geometry as GeometryOf<'transposedConv2d'>;
		return [{ name: 'landings', value: landing }, ...factors.slice(2)];
	}
	return [...valuesOf(node).slice(0, 2), ...factors];
}

function valuesOf(node: ResolvedNode): Factor[] {
	const [height, width, channels] = node.outputs[0].shape;
	return [
		{ name: 'height', value: height },
		{ name: 'width', value: width },
		{ name: 'channels', value: channels }
	];
}
