import { layerRows, type BlockKind, type LayerRow, type ResolvedGraph, type ResolvedNode } from '$lib/nets';
import { pathsOf } from '$lib/nets/transforms';
import type { Conventions } from './conventions';
import { auditOf, countedByNode } from './counted';
import { selectBlock, type Selection } from './selection';
import { shareOf } from './shares';

/** A row of the table: a layer, or a block with the sums of what stands in it. */
export interface TableRow {
	/** Of the layer or block, as diagram and address know it. */
	readonly selection: Selection;
	/** Id of the node or path of the block. */
	readonly id: string;
	/** Paths of the blocks around it, outermost first. */
	readonly parents: readonly string[];
	/** `null` for a layer. */
	readonly block: { readonly kind: BlockKind | null; readonly layers: number } | null;
	/** The layer; of a block, its last one, whose output is the block's. */
	readonly layer: LayerRow;
	readonly node: ResolvedNode;
	/** Parameters and MACs (or FLOPs) that the conventions count, and their shares of the totals. */
	readonly params: number;
	readonly paramsShare: number;
	readonly macs: number;
	readonly macsShare: number;
	/** Bytes in float32 of the output, where its size is known; of a block, of all such outputs in it. */
	readonly memory: number;
	/** Layers in it whose MACs are not known. */
	readonly uncounted: number;
	/** Layers in it whose parameters are not known, and those whose outputs have no size that is known. */
	readonly unsized: number;
	readonly guesses: number;
}

export interface LayerTableData {
	/** Blocks before what stands in them, in the order of the network. */
	readonly rows: readonly TableRow[];
	readonly params: number;
	readonly macs: number;
	/** Layers whose MACs are not known, and those whose parameters are not. */
	readonly uncounted: number;
	readonly unsized: number;
}

/** The table of a network under the conventions: all rows, whatever is open. */
export function layerTable(net: ResolvedGraph, conventions: Conventions): LayerTableData {
	const paramsAudit = auditOf(net, 'params', conventions);
	const macsAudit = auditOf(net, 'macs', conventions);
	const params = countedByNode(paramsAudit);
	const macs = countedByNode(macsAudit);
	const kinds = new Map(net.graph.blocks.map(({ path, kind }) => [path, kind]));
	const layers = layerRows(net).map((layer, i): TableRow => {
		const counted = { params: params.get(layer.id) ?? 0, macs: macs.get(layer.id) ?? 0 };
		return {
			selection: layer.id,
			id: layer.id,
			parents: layer.block === null ? [] : pathsOf(layer.block),
			block: null,
			layer,
			node: net.nodes[i]!,
			...counted,
			paramsShare: shareOf(counted.params, paramsAudit.value),
			macsShare: shareOf(counted.macs, macsAudit.value),
			memory: layer.isGuess ? 0 : layer.activationBytes,
			uncounted: layer.uncounted,
			unsized: layer.unsized,
			guesses: layer.isGuess ? 1 : 0
		};
	});
	const blockRow = (path: string, members: readonly TableRow[]): TableRow => {
		const sum = (of: (row: TableRow) => number) => members.reduce((total, row) => total + of(row), 0);
		const counted = { params: sum((row) => row.params), macs: sum((row) => row.macs) };
		return {
			selection: selectBlock(path),
			id: path,
			parents: pathsOf(path).slice(0, -1),
			block: { kind: kinds.get(path) ?? null, layers: members.length },
			layer: members.at(-1)!.layer,
			node: members.at(-1)!.node,
			...counted,
			paramsShare: shareOf(counted.params, paramsAudit.value),
			macsShare: shareOf(counted.macs, macsAudit.value),
			memory: sum((row) => row.memory),
			uncounted: sum((row) => row.uncounted),
			unsized: sum((row) => row.unsized),
			guesses: sum((row) => row.guesses)
		};
	};
	/** Members of a block lie together, where its first one stands. */
	const inOrder = (members: readonly TableRow[], depth: number): TableRow[] => {
		const done = new Set<string>();
		return members.flatMap((row) => {
			const path = row.parents[depth];
			if (path === undefined) return [row];
			if (done.has(path)) return [];
			done.add(path);
			const inside = members.filter((other) => other.parents[depth] === path);
			return [blockRow(path, inside), ...inOrder(inside, depth + 1)];
		});
	};
	return {
		rows: inOrder(layers, 0),
		params: paramsAudit.value,
		macs: macsAudit.value,
		uncounted: macsAudit.uncounted,
		unsized: paramsAudit.uncounted
	};
}

export interface TableView {
	/** Paths of the open blocks. */
	readonly open: readonly string[];
	/** Whether a column sorts them. */
	readonly isSorted: boolean;
	readonly search: string;
	/** Text of a row's operator in the reader's language. */
	readonly opText: (row: TableRow) => string;
}

/**
 * The rows to show. In the network's order, blocks with what stands in the open ones; sorted or searched, the layers by
 * themselves, since blocks would keep them apart.
 */
export function visibleRows(
	rows: readonly TableRow[],
	{ open, isSorted, search, opText }: TableView
): TableRow[] {
	const words = search.toLowerCase().split(/\s+/).filter(Boolean);
	if (!isSorted && words.length === 0)
		return rows.filter(({ parents }) => parents.every((path) => open.includes(path)));
	return rows.filter((row) => {
		if (row.block) return false;
		const text =
			`${row.id} ${row.layer.block ?? ''} ${opText(row)} ${row.layer.output.join('×')}`.toLowerCase();
		return words.every((word) => text.includes(word));
	});
}
