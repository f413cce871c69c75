import type { ResolvedGraph } from '$lib/nets/resolve';
import type { Card, Direction, Rect } from './card';
import { edgePath, type Point } from './edge';
import { sectionOf, type BlockItem, type Item, type Link } from './items';
import { LayoutEffort } from './layoutEffort';
import {
	gapAfter,
	insets,
	measureSection,
	space,
	type MeasuredBranches,
	type MeasuredItem,
	type MeasuredPart,
	type MeasuredSection
} from './measure';
import { sharesOf } from './skyline';

export interface NetworkLayoutOptions {
	/** Paths of the open blocks, and ids of the open folds. */
	readonly open: readonly string[];
	readonly direction: Direction;
	/** Where data runs right: the width at which it goes on in a new row. */
	readonly width: number;
}

/** An item that is drawn as a card with its tensor. */
export interface PlacedItem extends Rect {
	readonly key: string;
	readonly item: Item;
	readonly card: Card;
	/** Key of the open block around it. */
	readonly parent: string | null;
}

/** An open block. */
export interface PlacedBox extends Rect {
	readonly key: string;
	readonly item: BlockItem;
	readonly parent: string | null;
	readonly depth: number;
}

/** A line that data runs along. */
export interface PlacedEdge {
	readonly key: string;
	/** Key of the open block that it lies in. */
	readonly section: string | null;
	/** Key of what it comes from; `null` for what comes into the open block. */
	readonly from: string | null;
	/** Key of what it goes to; `null` for what leaves the open block. */
	readonly to: string | null;
	/** The way to the beginning of the next row, in straight lines; empty where it stays in its row. */
	readonly turn: readonly Point[];
	/** The way on, never backwards along the direction that data runs in. */
	readonly points: readonly Point[];
	readonly path: string;
}

export interface NetworkLayout {
	readonly width: number;
	readonly height: number;
	readonly items: readonly PlacedItem[];
	/** Outer ones first. */
	readonly boxes: readonly PlacedBox[];
	readonly edges: readonly PlacedEdge[];
}

/**
 * Places a network's items: one after the other along the direction in which data runs, branches side by side, rows as in a
 * text where the width ends, open blocks around their inside. No two items overlap; the same graph gives the same picture.
 * @throws {LayoutError} where its lines would bend too often
 */
export function layoutNetwork(
	graph: ResolvedGraph,
	options: NetworkLayoutOptions,
	effort = new LayoutEffort()
): NetworkLayout {
	const { direction } = options;
	const placer = new Placer(direction, effort);
	const limit = direction === 'right' ? options.width - 2 * space.margin : Infinity;
	const section = sectionOf(graph, options.open);
	const measured = measureSection(section, {
		...{ direction, limit, effort },
		isBranch: false,
		shares: sharesOf(graph)
	});
	const axis = space.margin + measured.before;
	placer.placeSection(measured, space.margin, axis, null);
	const along = measured.along + 2 * space.margin;
	const across = measured.before + measured.after + 2 * space.margin;
	const [width, height] = direction === 'right' ? [along, across] : [across, along];
	return { width, height, items: placer.items, boxes: placer.boxes, edges: placer.edges };
}

/** Where lines begin and end at something that has been placed. */
interface Ends {
	readonly start: number;
	readonly end: number;
	readonly enter: number;
	readonly leave: number;
	/** Where the lane begins and ends that it stands on first or last; otherwise its own start and end. */
	readonly laneStart: number;
	readonly laneEnd: number;
	readonly row: number;
}

/** What is known of a section while it is being placed. */
interface Ground {
	readonly key: string | null;
	readonly depth: number;
	/** By index of the item; -1 and the number of items are the section's own ends. */
	readonly ends: Map<number, Ends>;
	/** Ways of the links that run past other branches. */
	readonly passing: Map<Link, Point[]>;
}

/** The lane that something stands on, where it is the first or the last on it. */
interface Lane {
	readonly start: number | null;
	readonly end: number | null;
	readonly row: number;
}

class Placer {
	readonly items: PlacedItem[] = [];
	readonly boxes: PlacedBox[] = [];
	readonly edges: PlacedEdge[] = [];
	readonly #direction: Direction;
	readonly #insets: ReturnType<typeof insets>;

	readonly #effort: LayoutEffort;

	constructor(direction: Direction, effort: LayoutEffort) {
		this.#direction = direction;
		this.#effort = effort;
		this.#insets = insets(direction);
	}

	/**
	 * Places a section from `start` on, entered on `axis`, and the lines in it.
	 * @param box the open block that it is the inside of
	 */
	placeSection(measured: MeasuredSection, start: number, axis: number, box: Box | null): void {
		const ground: Ground = {
			key: box?.key ?? null,
			depth: box ? box.depth + 1 : 0,
			ends: new Map(),
			passing: new Map()
		};
		const { items, links } = measured.section;
		if (box) {
			ground.ends.set(-1, port(box.start, axis, 0));
			ground.ends.set(items.length, port(box.end, axis + measured.shift, measured.rows.length - 1));
		}
		const turns: (readonly Point[])[] = [];
		let at = axis;
		measured.rows.forEach((row, index) => {
			const next = measured.rows[index + 1];
			this.#placeLine(row.parts, start, at, { start: null, end: null, row: index }, ground);
			if (!next) return;
			const leave = at + row.shift;
			const between = at + row.after + space.rows / 2;
			const enter = at + row.after + space.rows + next.before;
			const [right, left] = [start + row.along + 9, start - 9];
			turns.push([
				[right, leave],
				[right, between],
				[left, between],
				[left, enter]
			]);
			at = enter;
		});
		for (const link of links) if (link.drawn) this.#drawLink(link, items, turns, ground);
	}

	#drawLink(link: Link, items: readonly Item[], turns: readonly (readonly Point[])[], ground: Ground): void {
		const from = ground.ends.get(link.from);
		const to = ground.ends.get(link.to);
		if (!from || !to) return;
		const begin: Point[] = [[from.end, from.leave]];
		if (from.laneEnd > from.end) begin.push([from.laneEnd, from.leave]);
		const finish: Point[] = [[to.start, to.enter]];
		if (to.laneStart < to.start) finish.unshift([to.laneStart, to.enter]);
		const way = [...(ground.passing.get(link) ?? []), ...finish];
		const bends = from.row < to.row ? turns[from.row] : undefined;
		const newRow = bends?.at(-1);
		const turn = bends ? [...begin, ...bends] : [];
		const points = newRow ? [newRow, ...way] : [...begin, ...way];
		const [source, target] = [items[link.from]?.key ?? null, items[link.to]?.key ?? null];
		this.edges.push({
			key: `${ground.key ?? ''} ${source ?? ''} ${target ?? ''}`,
			section: ground.key,
			from: source,
			to: target,
			turn,
			points,
			path: edgePath(turn, points, this.#direction)
		});
		this.#effort.did(points.length / 2);
	}

	#placeLine(parts: readonly MeasuredPart[], start: number, axis: number, lane: Lane, ground: Ground): void {
		let along = start;
		let across = axis;
		parts.forEach((part, i) => {
			const own: Lane = {
				start: i === 0 ? lane.start : null,
				end: i === parts.length - 1 ? lane.end : null,
				row: lane.row
			};
			if (part.kind === 'item') this.#placeItem(part, along, across, own, ground);
			else this.#placeBranches(part, along, across, own, ground);
			along += part.along + gapAfter(part, parts[i + 1]);
			across += part.shift;
		});
	}

	#placeBranches(part: MeasuredBranches, start: number, axis: number, lane: Lane, ground: Ground): void {
		let from = start + space.fork;
		part.columns.forEach((column, i) => {
			const to = from + column.along;
			const own: Lane = {
				start: i === 0 ? (lane.start ?? from) : from,
				end: i === part.columns.length - 1 ? (lane.end ?? to) : to,
				row: lane.row
			};
			for (const { chain, passing, offset, along } of column.lanes) {
				const across = axis + offset;
				if (passing) {
					const way = ground.passing.get(passing) ?? [];
					way.push([from, across], [to, across]);
					ground.passing.set(passing, way);
				} else this.#placeLine(chain, from + (column.along - along) / 2, across, own, ground);
			}
			from = to + space.fork;
		});
	}

	#placeItem(
		{ index, item, card, inside, along, before, after, shift }: MeasuredItem,
		start: number,
		axis: number,
		lane: Lane,
		{ key: parent, depth, ends }: Ground
	): void {
		const end = start + along;
		ends.set(index, {
			start,
			end,
			enter: axis,
			leave: axis + shift,
			laneStart: lane.start ?? start,
			laneEnd: lane.end ?? end,
			row: lane.row
		});
		const [x, y] = this.#direction === 'right' ? [start, axis - before] : [axis - before, start];
		const [width, height] = this.#direction === 'right' ? [along, before + after] : [before + after, along];
		if (card) {
			this.items.push({ key: item.key, item, card, parent, x, y, width, height });
		} else if (item.kind === 'block' && inside) {
			this.boxes.push({ key: item.key, item, parent, depth, x, y, width, height });
			this.placeSection(inside, start + this.#insets.start, axis, { key: item.key, depth, start, end });
		}
	}
}

/** An open block's key, how many others are around it, and where it begins and ends along the data. */
interface Box {
	readonly key: string;
	readonly depth: number;
	readonly start: number;
	readonly end: number;
}

function port(at: number, axis: number, row: number): Ends {
	return { start: at, end: at, enter: axis, leave: axis, laneStart: at, laneEnd: at, row };
}
