import type { GraphTensor, ResolvedGraph, ResolvedNode } from '$lib/nets/resolve';
import { selectBlock } from '../selection';
import { foldingOf, openWithFolds, type Fold, type Folding } from './folds';

/** An input of the graph. */
export interface InputItem {
	readonly kind: 'input';
	readonly key: string;
	readonly outputs: readonly GraphTensor[];
}

/** One operator. */
export interface NodeItem {
	readonly kind: 'node';
	/** The node's id. */
	readonly key: string;
	readonly node: ResolvedNode;
	readonly outputs: readonly GraphTensor[];
}

/** A block, or blocks that repeat each other: closed, or open with its inside. */
export interface BlockItem {
	readonly kind: 'block';
	/** Its path and a slash. */
	readonly key: string;
	/** Of a fold, its id. */
	readonly path: string;
	/** The blocks that repeat each other, where it is these. */
	readonly fold: Fold | null;
	/** The nodes in it and in the blocks in it. */
	readonly nodes: readonly ResolvedNode[];
	/** Tensors that are read outside. */
	readonly outputs: readonly GraphTensor[];
	readonly inside: Section | null;
}

export type Item = InputItem | NodeItem | BlockItem;

/** That an item reads what another gives. */
export interface Link {
	/** Index of the item that gives; -1 for what comes into the section from outside. */
	readonly from: number;
	/** Index of the item that reads; the number of items for what leaves the section. */
	readonly to: number;
	/** Which of the reader's inputs it is: branches stand in this order. */
	readonly rank: number;
	/** Whether data flows there; the others only tie loose ends to the section's ends. */
	readonly drawn: boolean;
}

/** What stands side by side at one level: the whole network, or the inside of a block. */
export interface Section {
	/** In topological order. */
	readonly items: readonly Item[];
	readonly links: readonly Link[];
}

/** The items of a graph, blocks and folds in `open` with their inside. Blocks that data leaves and enters again are left out. */
export function sectionOf(graph: ResolvedGraph, open: readonly string[]): Section {
	const folding = foldingOf(graph);
	return makeSection({ graph, folding, open: openWithFolds(folding, open) }, graph.nodes, null);
}

/** What sections are made of. */
interface Source {
	readonly graph: ResolvedGraph;
	readonly open: ReadonlySet<string>;
	readonly folding: Folding;
}

function makeSection(source: Source, nodes: readonly ResolvedNode[], path: string | null): Section {
	const dissolved = new Set<string>();
	for (;;) {
		const groups = groupNodes(source, nodes, path, dissolved);
		const sorted = sortGroups(groups);
		if (sorted) return linkSection(source, sorted, path);
		// Some block is no box that data flows through once: those that stand in each other's way come apart.
		for (const key of cyclicKeys(groups)) if (key.endsWith('/')) dissolved.add(key.slice(0, -1));
	}
}

type Groups = ReadonlyMap<string, readonly ResolvedNode[]>;

function groupNodes(
	{ folding }: Source,
	nodes: readonly ResolvedNode[],
	path: string | null,
	dissolved: ReadonlySet<string>
) {
	const groups = new Map<string, ResolvedNode[]>();
	for (const node of nodes) {
		const around = node.node.block === undefined ? [] : folding.levels(node.node.block);
		const depth = path === null ? 0 : around.indexOf(path) + 1;
		const block = around.find((candidate, level) => level >= depth && !dissolved.has(candidate));
		const key = block === undefined ? node.id : selectBlock(block);
		const group = groups.get(key);
		if (group) group.push(node);
		else groups.set(key, [node]);
	}
	return groups;
}

/** The keys that each group reads from. */
function readsOf(groups: Groups): Map<string, Set<string>> {
	const keyOf = new Map<ResolvedNode, string>();
	for (const [key, group] of groups) for (const node of group) keyOf.set(node, key);
	const reads = new Map<string, Set<string>>();
	for (const [key, group] of groups) {
		const sources = new Set<string>();
		for (const { inputs } of group) {
			for (const { producer } of inputs) {
				const source = producer && keyOf.get(producer);
				if (source && source !== key) sources.add(source);
			}
		}
		reads.set(key, sources);
	}
	return reads;
}

/** Groups in an order in which each comes after what it reads, as near to the nodes' as can be; `null` if there is none. */
function sortGroups(groups: Groups): Groups | null {
	const reads = readsOf(groups);
	const sorted = new Map<string, readonly ResolvedNode[]>();
	let waiting = [...groups];
	while (waiting.length > 0) {
		const later: typeof waiting = [];
		for (const [key, group] of waiting) {
			if ([...(reads.get(key) ?? [])].every((source) => sorted.has(source))) sorted.set(key, group);
			else later.push([key, group]);
		}
		if (later.length === waiting.length) return null;
		waiting = later;
	}
	return sorted;
}

/** Keys of the groups that lie on a cycle or between two. */
function cyclicKeys(groups: Groups): string[] {
	const reads = readsOf(groups);
	let keys = [...groups.keys()];
	for (;;) {
		const remaining = new Set(keys);
		const isRead = new Set(keys.flatMap((key) => [...(reads.get(key) ?? [])]));
		const next = keys.filter(
			(key) => isRead.has(key) && [...(reads.get(key) ?? [])].some((source) => remaining.has(source))
		);
		if (next.length === keys.length) return keys;
		keys = next;
	}
}

function linkSection(source: Source, groups: Groups, path: string | null): Section {
	const { graph } = source;
	const inputs = path === null ? graph.tensors.filter(({ producer }) => producer === null) : [];
	const indexOf = new Map<ResolvedNode | GraphTensor, number>(inputs.map((tensor, i) => [tensor, i]));
	[...groups.values()].forEach((group, i) => group.forEach((node) => indexOf.set(node, inputs.length + i)));
	const count = inputs.length + groups.size;

	const items: Item[] = inputs.map((tensor) => ({ kind: 'input', key: tensor.ref, outputs: [tensor] }));
	const links = new Map<string, Link>();
	const link = (from: number, to: number, rank: number, drawn = true) => {
		const key = `${from}>${to}`;
		const known = links.get(key);
		if (!known || known.rank > rank) links.set(key, { from, to, rank, drawn });
	};
	for (const [key, nodes] of groups) {
		const index = items.length;
		const isNode = !key.endsWith('/');
		const outputs = nodes.flatMap((node) =>
			node.outputs.filter(
				(tensor) =>
					graph.outputs.includes(tensor) || tensor.consumers.some((reader) => indexOf.get(reader) !== index)
			)
		);
		for (const node of nodes) {
			node.inputs.forEach((tensor, rank) => {
				const from = indexOf.get(tensor.producer ?? tensor) ?? -1;
				if (from !== index) link(from, index, isNode ? rank : 0);
			});
		}
		for (const tensor of outputs) {
			const leaves = path !== null && isReadOutside(graph, tensor, indexOf);
			if (leaves) link(index, count, index);
		}
		items.push(
			isNode
				? { kind: 'node', key, node: nodes[0]!, outputs: nodes[0]!.outputs }
				: blockItem(source, key, nodes, outputs)
		);
	}
	const drawn = [...links.values()];
	const starts = new Set(drawn.map(({ to }) => to));
	const ends = new Set(drawn.map(({ from }) => from));
	items.forEach((_, index) => {
		if (!starts.has(index)) link(-1, index, index, false);
		if (!ends.has(index)) link(index, count, index, false);
	});
	return { items, links: [...links.values()] };
}

function isReadOutside(
	graph: ResolvedGraph,
	tensor: GraphTensor,
	inside: ReadonlyMap<ResolvedNode | GraphTensor, number>
): boolean {
	return graph.outputs.includes(tensor) || tensor.consumers.some((reader) => !inside.has(reader));
}

function blockItem(
	source: Source,
	key: string,
	nodes: readonly ResolvedNode[],
	outputs: readonly GraphTensor[]
): BlockItem {
	const path = key.slice(0, -1);
	const inside = source.open.has(path) ? makeSection(source, nodes, path) : null;
	return { kind: 'block', key, path, fold: source.folding.byId.get(path) ?? null, nodes, outputs, inside };
}
