import type { GraphTensor, ResolvedGraph, ResolvedNode } from '$lib/nets/resolve';
import { pathsOf } from '$lib/nets/transforms';

/** Blocks one after the other that are equal up to their names, drawn as one until they are unfolded. */
export interface Fold {
	/** The path of its first block and an asterisk, which no path has: how the address names it, and what is in it lies under. */
	readonly id: string;
	/** Paths of its blocks, in the order in which data runs through them; at least two. */
	readonly members: readonly string[];
}

/** What folds in a graph. */
export interface Folding {
	readonly folds: readonly Fold[];
	readonly byId: ReadonlyMap<string, Fold>;
	/** The fold that a block is a member of, by the block's path. */
	readonly byMember: ReadonlyMap<string, Fold>;
	/** The paths that a block lies in and the folds around them, outermost first, itself last. */
	readonly levels: (block: string) => readonly string[];
}

const known = new WeakMap<ResolvedGraph, Folding>();

/** What folds in a graph: found once. */
export function foldingOf(graph: ResolvedGraph): Folding {
	let folding = known.get(graph);
	if (!folding) known.set(graph, (folding = findFolds(graph)));
	return folding;
}

/** The open blocks together with the folds that have to be open for them to be seen. */
export function openWithFolds({ byMember }: Folding, open: readonly string[]): ReadonlySet<string> {
	const all = new Set(open);
	for (const path of open) {
		const fold = byMember.get(path);
		if (fold) all.add(fold.id);
	}
	return all;
}

function findFolds(graph: ResolvedGraph): Folding {
	const folds: Fold[] = [];
	const paths = new Map<string, readonly string[]>();
	const pathsAround = ({ node: { block } }: ResolvedNode): readonly string[] => {
		if (block === undefined) return [];
		const found = paths.get(block) ?? pathsOf(block);
		paths.set(block, found);
		return found;
	};
	const kinds = new Map(graph.graph.blocks.map(({ path, kind }) => [path, kind]));

	/** Looks at what stands side by side, then into each block. */
	const look = (nodes: readonly ResolvedNode[], depth: number) => {
		const siblings = new Map<string | ResolvedNode, ResolvedNode[]>();
		for (const node of nodes) {
			const key = pathsAround(node)[depth] ?? node;
			const group = siblings.get(key);
			if (group) group.push(node);
			else siblings.set(key, [node]);
		}
		let run: string[] = [];
		let before: { key: string; nodes: readonly ResolvedNode[]; signature: () => string } | null = null;
		const end = () => {
			// Two that are alone in what is around them: opening that shows them.
			const isAll = run.length === siblings.size;
			if (run.length > (isAll ? 2 : 1)) folds.push({ id: `${run[0]}*`, members: run });
		};
		for (const [key, group] of siblings) {
			if (typeof key !== 'string') {
				end();
				[run, before] = [[], null];
				continue;
			}
			const signature = once(() => signatureOf(graph, group, key, { kinds, pathsAround, depth }));
			const goesOn =
				before !== null &&
				before.nodes.length === group.length &&
				isOnlyReadBy(graph, before.nodes, group) &&
				before.signature() === signature();
			if (goesOn) run.push(key);
			else {
				end();
				run = [key];
			}
			before = { key, nodes: group, signature };
		}
		end();
		for (const [key, group] of siblings) if (typeof key === 'string') look(group, depth + 1);
	};
	look(graph.nodes, 0);

	const byMember = new Map(folds.flatMap((fold) => fold.members.map((path) => [path, fold] as const)));
	const levels = new Map<string, readonly string[]>();
	return {
		folds,
		byId: new Map(folds.map((fold) => [fold.id, fold])),
		byMember,
		// Each block is asked for at each of its levels.
		levels(block) {
			let found = levels.get(block);
			if (!found) {
				found = pathsOf(block).flatMap((path) => {
					const fold = byMember.get(path);
					return fold ? [fold.id, path] : [path];
				});
				levels.set(block, found);
			}
			return found;
		}
	};
}

/** Whether one block reads the other and nothing else, and is all that reads it. */
function isOnlyReadBy(
	{ outputs }: ResolvedGraph,
	nodes: readonly ResolvedNode[],
	readers: readonly ResolvedNode[]
): boolean {
	const [own, next] = [new Set(nodes), new Set(readers)];
	const readsNothingElse = readers.every(({ inputs }) =>
		inputs.every(({ producer }) => producer !== null && (next.has(producer) || own.has(producer)))
	);
	const isReadByNothingElse = nodes.every(({ outputs: given }) =>
		given.every(
			(tensor) =>
				!outputs.includes(tensor) && tensor.consumers.every((reader) => own.has(reader) || next.has(reader))
		)
	);
	return readsNothingElse && isReadByNothingElse;
}

/** All that a block is but its names: its operators with their options, what reads what, its shapes, and the blocks in it. */
function signatureOf(
	graph: ResolvedGraph,
	nodes: readonly ResolvedNode[],
	path: string,
	{
		kinds,
		pathsAround,
		depth
	}: {
		readonly kinds: ReadonlyMap<string, string>;
		readonly pathsAround: (node: ResolvedNode) => readonly string[];
		readonly depth: number;
	}
): string {
	const own = new Map(nodes.map((node, i) => [node, i]));
	const outside = new Map<GraphTensor, number>();
	const inner = new Map<string, number>();
	const numberOf = <K>(numbers: Map<K, number>, key: K) => {
		const number = numbers.get(key) ?? numbers.size;
		numbers.set(key, number);
		return number;
	};
	return JSON.stringify([
		kinds.get(path),
		nodes.map((node) => [
			node.op,
			sorted(node.node.options),
			node.inputs.map((tensor) => {
				const from = tensor.producer && own.get(tensor.producer);
				return from === null || from === undefined
					? ['outside', numberOf(outside, tensor), ...tensor.shape]
					: [from, tensor.output];
			}),
			node.outputs.map((tensor) => [
				...tensor.shape,
				graph.outputs.includes(tensor) || tensor.consumers.some((reader) => !own.has(reader))
			]),
			pathsAround(node)
				.slice(depth + 1)
				.map((around) => [numberOf(inner, around), kinds.get(around)])
		])
	]);
}

/** Options in one order, whoever wrote them. */
function sorted(options: object): unknown {
	return Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1));
}

function once<T>(make: () => T): () => T {
	let made: { readonly value: T } | null = null;
	return () => (made ??= { value: make() }).value;
}
