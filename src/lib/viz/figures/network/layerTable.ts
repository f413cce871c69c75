import { layerRows, type BlockKind, type LayerRow, type ResolvedGraph, type ResolvedNode } from '$lib/nets';
import { pathsOf } from '$lib/nets/transforms';
import type { Conventions } from './conventions';
import { auditOf, countedByNode } from './counted';
import { selectBlock, type Selection } from './selection';

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
	/** Bytes in float32 of the output; of a block, of all outputs in it. */
	readonly memory: number;
}

export interface LayerTableData {
	/** Blocks before what stands in them, in the order of the network. */
	readonly rows: readonly TableRow[];
	readonly params: number;
	readonly macs: number;
}

/** The table of a network under the conventions: all rows, whatever is open. */
export function layerTable(net: ResolvedGraph, conventions: Conventions): LayerTableData {
	const paramsAudit = auditOf(net, 'params', conventions);
	const macsAudit = auditOf(net, 'macs', conventions);
	const params = countedByNode(paramsAudit);
	const macs = countedByNode(macsAudit);
	const kinds = new Map(net.graph.blocks.map(({ path, kind }) => [path, kind]));
	const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);

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
			paramsShare: share(counted.params, paramsAudit.value),
			macsShare: share(counted.macs, macsAudit.value),
			memory: layer.activationBytes
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
			paramsShare: share(counted.params, paramsAudit.value),
			macsShare: share(counted.macs, macsAudit.value),
			memory: sum((row) => row.memory)
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
	return { rows: inOrder(layers, 0), params: paramsAudit.value, macs: macsAudit.value };
}

/** What the table can be sorted by. */
export const sortKeys = [
	'name',
	'op',
	'output',
	'kernel',
	'stride',
	'groups',
	'params',
	'macs',
	'memory',
	'field'
] as const;
export type SortKey = (typeof sortKeys)[number];

export interface Sort {
	readonly key: SortKey;
	readonly descending: boolean;
}

/** Numbers are first asked for from the largest down, words from A to Z; then the other way; then the network's order again. */
export function nextSort(sort: Sort | null, key: SortKey): Sort | null {
	const first = key !== 'name' && key !== 'op';
	if (sort?.key !== key) return { key, descending: first };
	return sort.descending === first ? { key, descending: !first } : null;
}

export interface TableView {
	/** Paths of the open blocks. */
	readonly open: readonly string[];
	/** `null` for the order of the network. */
	readonly sort: Sort | null;
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
	{ open, sort, search, opText }: TableView
): TableRow[] {
	const words = search.toLowerCase().split(/\s+/).filter(Boolean);
	if (sort === null && words.length === 0)
		return rows.filter(({ parents }) => parents.every((path) => open.includes(path)));
	const found = rows.filter((row) => {
		if (row.block) return false;
		const text =
			`${row.id} ${row.layer.block ?? ''} ${opText(row)} ${row.layer.output.join('×')}`.toLowerCase();
		return words.every((word) => text.includes(word));
	});
	if (sort === null) return found;
	const sign = sort.descending ? -1 : 1;
	return found.toSorted(
		(a, b) => sign * compare(sortValue(a, sort.key, opText), sortValue(b, sort.key, opText))
	);
}

function sortValue(row: TableRow, key: SortKey, opText: TableView['opText']): string | number {
	const { output, kernel, stride, groups, field } = row.layer;
	const product = (numbers: readonly number[] | null) => numbers?.reduce((so, n) => so * n, 1) ?? 0;
	switch (key) {
		case 'name':
			return row.id;
		case 'op':
			return opText(row);
		case 'output':
			return product(output);
		case 'kernel':
			return product(kernel);
		case 'stride':
			return product(stride);
		case 'groups':
			return groups ?? 0;
		case 'field':
			return field.global ? Infinity : field.y.size * field.x.size;
		default:
			return row[key];
	}
}

const collator = new Intl.Collator('en', { numeric: true });

function compare(a: string | number, b: string | number): number {
	if (typeof a === 'string' || typeof b === 'string') return collator.compare(String(a), String(b));
	return a === b ? 0 : a - b;
}
