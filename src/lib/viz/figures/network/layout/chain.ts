import type { Link } from './items';
import { LayoutEffort } from './layoutEffort';

/** One after the other. */
export type Chain = readonly Part[];

/** An item by index, branches side by side, or a part that is neither. */
export type Part =
	| { readonly kind: 'item'; readonly index: number }
	| { readonly kind: 'parallel'; readonly branches: readonly Branch[] }
	| { readonly kind: 'mesh'; readonly columns: readonly (readonly Cell[])[] };

/** One branch; `passing` is the link that runs past the others where nothing stands on it. */
export type Branch =
	{ readonly chain: Chain; readonly passing: null } | { readonly chain: readonly []; readonly passing: Link };

/** A place in a column: an item, or a link that runs through. */
export type Cell =
	{ readonly index: number; readonly passing: null } | { readonly index: null; readonly passing: Link };

/**
 * Takes a section apart into what comes one after the other and what stands side by side. Every graph that is built of
 * these two comes apart wholly; a rest that is not is laid in columns.
 * @param links of items in topological order; every item has one in and one out (see `sectionOf`).
 */
export function toChain(count: number, links: readonly Link[], effort = new LayoutEffort()): Chain {
	const out = Array.from({ length: count + 1 }, (): Link[] => []);
	for (const link of links) out[link.from + 1]?.push(link);
	const inner = Array.from({ length: count }, (_, index) => index);
	return between({ from: -1, to: count, inner }, { out, effort }, true);
}

/** Items between two others; links from `from` to items that are not in here belong to other branches. */
interface Span {
	readonly from: number;
	readonly to: number;
	/** Ascending, which is topological. */
	readonly inner: readonly number[];
}

/** The links by what they come from, one on, and what their layout takes. */
interface Ways {
	readonly out: readonly (readonly Link[])[];
	readonly effort: LayoutEffort;
}

/** @param owns whether a link straight from the start to the end is this span's: in a branch it is another's. */
function between(span: Span, ways: Ways, owns: boolean): Chain {
	const { out } = ways;
	const members = new Set(span.inner);
	const furthest = (index: number) =>
		Math.max(
			...(out[index + 1] ?? [])
				.filter(({ to }) => members.has(to) || (to === span.to && (index !== span.from || owns)))
				.map(({ to }) => to)
		);
	const parts: Part[] = [];
	let from = span.from;
	let segment: number[] = [];
	// What comes before an item is read no further than `reach`: where that is the item itself, all ways meet in it.
	let reach = furthest(span.from);
	for (const index of span.inner) {
		if (reach <= index) {
			parts.push(...beside({ from, to: index, inner: segment }, ways, true));
			parts.push({ kind: 'item', index });
			from = index;
			segment = [];
		} else segment.push(index);
		reach = Math.max(reach, furthest(index));
	}
	parts.push(...beside({ from, to: span.to, inner: segment }, ways, owns || from !== span.from));
	return parts;
}

/** What stands between two items at which all ways meet. */
function beside(span: Span, ways: Ways, owns: boolean): Part[] {
	const { out } = ways;
	if (span.inner.length === 0) return [];
	const passing = owns ? (out[span.from + 1] ?? []).find(({ to }) => to === span.to) : undefined;
	const components = componentsOf(span.inner, out);
	if (components.length === 1 && !passing) return [{ kind: 'mesh', columns: columnsOf(span, ways) }];
	const branches: { rank: number; branch: Branch }[] = components.map((inner) => ({
		rank: rankOf({ ...span, inner }, out),
		branch: { chain: between({ ...span, inner }, ways, false), passing: null }
	}));
	if (passing) branches.push({ rank: passing.rank, branch: { chain: [], passing } });
	branches.sort((a, b) => a.rank - b.rank);
	return [{ kind: 'parallel', branches: branches.map(({ branch }) => branch) }];
}

/** Which of the inputs of what comes next a branch gives. */
function rankOf({ to, inner }: Span, out: Ways['out']): number {
	const ranks = inner.flatMap((index) => (out[index + 1] ?? []).filter((link) => link.to === to));
	return Math.min(...ranks.map(({ rank }) => rank));
}

/** Items that are tied to each other by links, whichever way; each ascending, in the order of their first. */
function componentsOf(inner: readonly number[], out: Ways['out']): number[][] {
	const root = new Map(inner.map((index) => [index, index]));
	const find = (index: number): number => {
		const up = root.get(index) ?? index;
		return up === index ? index : find(up);
	};
	for (const index of inner) {
		for (const { to } of out[index + 1] ?? []) {
			if (!root.has(to)) continue;
			const [a, b] = [find(index), find(to)];
			root.set(Math.max(a, b), Math.min(a, b));
		}
	}
	const components = new Map<number, number[]>();
	for (const index of inner) {
		const first = find(index);
		components.set(first, [...(components.get(first) ?? []), index]);
	}
	return [...components.values()];
}

/**
 * Columns by the longest way from the start. A link that goes beyond the next column holds a place in those between; places
 * are in the order of what they read.
 */
function columnsOf({ from, to, inner }: Span, { out, effort }: Ways): Cell[][] {
	const column = new Map<number, number>([[from, -1]]);
	const members = new Set(inner);
	for (const index of inner) if (!column.has(index)) column.set(index, 0);
	for (const index of inner) {
		for (const link of out[index + 1] ?? []) {
			if (members.has(link.to))
				column.set(link.to, Math.max(column.get(link.to) ?? 0, (column.get(index) ?? 0) + 1));
		}
	}
	const last = Math.max(...inner.map((index) => column.get(index) ?? 0));
	column.set(to, last + 1);
	const columns = Array.from({ length: last + 1 }, (): { cell: Cell; reads: (number | Link)[] }[] => []);
	const sources = [from, ...inner];
	const startOf = (link: Link) => (column.get(link.from) ?? -1) + 1;
	const own = sources.flatMap((source) =>
		(out[source + 1] ?? []).filter((link) => column.has(link.to) && !(source === from && link.to === to))
	);
	// Known before anything is made of it.
	effort.take(own.reduce((sum, link) => sum + (column.get(link.to) ?? 0) - startOf(link), 0));
	const into = new Map(inner.map((index) => [index, [] as Link[]]));
	for (const link of own) into.get(link.to)?.push(link);
	for (const index of inner) {
		const at = column.get(index) ?? 0;
		const reads = (into.get(index) ?? []).map((link) =>
			column.get(link.from) === at - 1 ? link.from : link
		);
		columns[at]?.push({ cell: { index, passing: null }, reads });
	}
	for (const link of own) {
		const [start, end] = [startOf(link), column.get(link.to) ?? 0];
		for (let i = start; i < end; i++)
			columns[i]?.push({ cell: { index: null, passing: link }, reads: [i === start ? link.from : link] });
		effort.did(end - start);
	}
	let place = new Map<number | Link, number>([[from, 0]]);
	return columns.map((cells) => {
		const mean = (reads: readonly (number | Link)[]) =>
			reads.reduce<number>((sum, read) => sum + (place.get(read) ?? 0), 0) / Math.max(1, reads.length);
		const sorted = cells.toSorted((a, b) => mean(a.reads) - mean(b.reads)).map(({ cell }) => cell);
		place = new Map(sorted.map((cell, i) => [cell.index ?? cell.passing, i]));
		return sorted;
	});
}
