import type { GeometryOf, WeightSpec } from '../../ops';
import type { ResolvedGraph, ResolvedNode } from '../resolve';
import type { BlockKind } from '../types';

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
		| 'flopsPerMac';
	readonly value: number;
}

/** What a term counts: `products` are the multiplications of a convolution or dense layer with its kernel. */
export type TermName =
	'kernel' | 'bias' | 'gamma' | 'beta' | 'mean' | 'variance' | 'products' | 'biasAdds' | 'normalize';

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
	readonly parts: readonly Audit[];
	readonly terms: readonly AuditTerm[];
}

/** A total as the sum that makes it: blocks, in them nodes, in these products. Nodes that have nothing to count are left out. */
export function audit(resolved: ResolvedGraph, convention: Convention): Audit {
	const kinds = new Map(resolved.graph.blocks.map(({ path, kind }) => [path, kind]));
	const nodes = resolved.nodes
		.map((node) => nodeAudit(node, convention, isClassifier(node, kinds)))
		.filter(({ audited }) => audited.terms.length > 0);
	return sum('total', resolved.graph.name, null, group(nodes, 0, kinds));
}

/** A total under a convention: the value at the root of {@link audit}. */
export function countTotal(resolved: ResolvedGraph, convention: Convention): number {
	return audit(resolved, convention).value;
}

type Kinds = ReadonlyMap<string, BlockKind>;

interface Placed {
	readonly audited: Audit;
	/** Steps of the path of its block. */
	readonly path: readonly string[];
}

function isClassifier({ node }: ResolvedNode, kinds: Kinds): boolean {
	const steps = node.block?.split('/') ?? [];
	return steps.some((_, depth) => kinds.get(steps.slice(0, depth + 1).join('/')) === 'classifier');
}

/** Gathers nodes that stand in the same block at this depth, in the order of their first. */
function group(nodes: readonly Placed[], depth: number, kinds: Kinds): Audit[] {
	const parts: Audit[] = [];
	const members = new Map<string, Placed[]>();
	for (const placed of nodes) {
		const path = placed.path.slice(0, depth + 1).join('/');
		if (placed.path.length <= depth) parts.push(placed.audited);
		else members.set(path, [...(members.get(path) ?? []), placed]);
	}
	const blocks = [...members].map(([path, inside]) =>
		sum('block', path, kinds.get(path) ?? null, group(inside, depth + 1, kinds))
	);
	const firstOf = new Map(nodes.map((placed, i) => [placed.audited, i]));
	const order = (part: Audit): number => firstOf.get(part) ?? Math.min(...part.parts.map(order));
	return [...parts, ...blocks].sort((a, b) => order(a) - order(b));
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
		parts,
		terms: []
	};
}

function nodeAudit(node: ResolvedNode, convention: Convention, classifier: boolean): Placed {
	const specs = node.operator.weights(node.geometry);
	const bare =
		convention.measure === 'params' ? paramTerms(node, specs) : arithmeticTerms(node, specs, convention);
	const terms = bare.map(({ name, factors }): AuditTerm => {
		const value = factors.reduce((product, factor) => product * factor.value, 1);
		return {
			name,
			factors,
			value,
			counted: (convention.classifier || !classifier) && isCounted(name, convention)
		};
	});
	const total = (counted: boolean) =>
		terms.filter((term) => term.counted === counted).reduce((so, term) => so + term.value, 0);
	const audited: Audit = {
		kind: 'node',
		id: node.id,
		blockKind: null,
		value: total(true),
		leftOut: total(false),
		parts: [],
		terms
	};
	return { audited, path: node.node.block?.split('/') ?? [] };
}

function isCounted(name: TermName, { batchNorm, biases }: Convention): boolean {
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
	const [height, width, channels] = node.outputs[0]!.shape;
	return [
		{ name: 'height', value: height },
		{ name: 'width', value: width },
		{ name: 'channels', value: channels }
	];
}
