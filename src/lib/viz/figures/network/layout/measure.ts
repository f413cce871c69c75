import { cardForm, cardOf, type Card, type Direction } from './card';
import { toChain, type Branch, type Chain, type Part } from './chain';
import type { BlockItem, Item, Link, Section } from './items';
import type { LayoutEffort } from './layoutEffort';
import { withBar, type SharesOf } from './skyline';

/** Distances; where data runs down, along is down. */
export const space = {
	margin: 20,
	/** Between neighbours along the line, and between a layer and what works on it value by value; around branches, between branches, between rows. */
	along: 18,
	stuck: 4,
	fork: 30,
	lanes: 14,
	rows: 26,
	/** Half the room that a line takes that runs past others. */
	passing: 7,
	title: 26,
	padding: 14
} as const;

/** Room around the inside of an open block, in the direction that data runs in. */
export function insets(direction: Direction) {
	const { title, padding } = space;
	return direction === 'right'
		? { start: 20, end: 20, before: title + 6, after: padding }
		: { start: title + 10, end: padding, before: padding, after: padding };
}

/** Room that something takes: along the line, and across it before and after the axis that it is entered on. */
export interface Extent {
	readonly along: number;
	readonly before: number;
	readonly after: number;
	/** How far the axis that it is left on lies after the one that it is entered on. */
	readonly shift: number;
}

export interface MeasuredItem extends Extent {
	readonly kind: 'item';
	readonly index: number;
	readonly item: Item;
	readonly card: Card | null;
	readonly inside: MeasuredSection | null;
}
export interface MeasuredLane extends Extent {
	readonly chain: readonly MeasuredPart[];
	readonly passing: Link | null;
	/** Of its axis, after that of the part. */
	readonly offset: number;
}
export interface MeasuredBranches extends Extent {
	readonly kind: 'branches';
	/** One column for branches side by side, several for what is neither. */
	readonly columns: readonly MeasuredColumn[];
}
export interface MeasuredColumn {
	readonly along: number;
	readonly lanes: readonly MeasuredLane[];
}
export type MeasuredPart = MeasuredItem | MeasuredBranches;

export interface MeasuredRow extends Extent {
	readonly parts: readonly MeasuredPart[];
}
export interface MeasuredSection extends Extent {
	readonly section: Section;
	readonly rows: readonly MeasuredRow[];
}

export interface MeasureOptions {
	readonly direction: Direction;
	/** Length at which data goes on in a new row. */
	readonly limit: number;
	/** Whether others stand beside it. */
	readonly isBranch: boolean;
	/** What an item costs. */
	readonly shares: SharesOf;
	readonly effort: LayoutEffort;
}

/** Room that a section takes. */
export function measureSection(
	section: Section,
	{ direction, limit, isBranch, shares, effort }: MeasureOptions
): MeasuredSection {
	const chain = toChain(section.items.length, section.links, effort);
	const parts = chain.map((part) =>
		measurePart(part, { section, direction, limit, isBranch, shares, effort })
	);
	const rows = wrap(parts, limit).map((row) => ({ parts: row, ...inLine(row) }));
	const first = rows[0];
	const last = rows.at(-1);
	if (!first || !last) return { section, rows, along: 0, before: 0, after: 0, shift: 0 };
	const height = rows.reduce((sum, row) => sum + row.before + row.after, space.rows * (rows.length - 1));
	const after = height - first.before;
	return {
		section,
		rows,
		along: Math.max(...rows.map((row) => row.along)),
		before: first.before,
		after,
		shift: after - last.after + last.shift
	};
}

interface Place extends MeasureOptions {
	readonly section: Section;
}

function measurePart(part: Part, place: Place): MeasuredPart {
	if (part.kind === 'item') return measureItem(part.index, place);
	const laneOf = (branch: Branch | { chain: Chain; passing: Link | null }): Omit<MeasuredLane, 'offset'> => {
		const chain = branch.chain.map((inner) =>
			measurePart(inner, { ...place, limit: Infinity, isBranch: true })
		);
		const extent = branch.passing
			? { along: 0, before: space.passing, after: space.passing, shift: 0 }
			: inLine(chain);
		return { chain, passing: branch.passing, ...extent };
	};
	const columns =
		part.kind === 'parallel'
			? [stack(part.branches.map(laneOf))]
			: part.columns.map((cells) =>
					stack(
						cells.map((cell) =>
							laneOf(
								cell.passing
									? { chain: [], passing: cell.passing }
									: { chain: [{ kind: 'item', index: cell.index }], passing: null }
							)
						)
					)
				);
	return {
		kind: 'branches',
		columns,
		along: columns.reduce((sum, column) => sum + column.along, space.fork * (columns.length + 1)),
		before: Math.max(...columns.map(({ before }) => before)),
		after: Math.max(...columns.map(({ after }) => after)),
		shift: 0
	};
}

function measureItem(
	index: number,
	{ section, direction, limit, isBranch, shares, effort }: Place
): MeasuredItem {
	const item = section.items[index]!;
	const isRight = direction === 'right';
	if (item.kind === 'block' && item.inside) {
		const { start, end, before, after } = insets(direction);
		const inside = measureSection(item.inside, {
			...{ direction, isBranch, shares, effort },
			limit: limit - start - end
		});
		const title = titleWidth(item);
		const missing = isRight ? 0 : Math.max(0, title - before - after - inside.before - inside.after) / 2;
		return {
			kind: 'item',
			index,
			item,
			card: null,
			inside,
			along: Math.max(inside.along + start + end, isRight ? title : 0),
			before: inside.before + before + missing,
			after: inside.after + after + missing,
			shift: inside.shift
		};
	}
	const card = withBar(cardOf(item, direction, isBranch), shares(item), direction);
	const [along, across] = isRight ? [card.width, card.height] : [card.height, card.width];
	return {
		kind: 'item',
		index,
		item,
		card,
		inside: null,
		along,
		before: card.axis,
		after: across - card.axis,
		shift: 0
	};
}

/** Breaks parts into rows no longer than the limit. */
function wrap(parts: readonly MeasuredPart[], limit: number): MeasuredPart[][] {
	const rows: MeasuredPart[][] = [];
	let along = 0;
	for (const piece of pieces(parts)) {
		const length = inLine(piece).along;
		const row = rows.at(-1);
		const gap = gapAfter(row?.at(-1), piece[0]);
		if (row && along + gap + length <= limit) {
			row.push(...piece);
			along += gap + length;
		} else {
			rows.push([...piece]);
			along = length;
		}
	}
	return rows;
}

/** Parts that stay in one row: branches and what they meet in, a layer and what works on it value by value. */
function pieces(parts: readonly MeasuredPart[]): MeasuredPart[][] {
	const found: MeasuredPart[][] = [];
	for (const part of parts) {
		const piece = found.at(-1);
		const before = piece?.at(-1);
		if (piece && before && (before.kind !== 'item' || isStuck(before, part))) piece.push(part);
		else found.push([part]);
	}
	return found;
}

/** Room that parts take one after the other. */
function inLine(parts: readonly MeasuredPart[]): Extent {
	let [along, before, after, shift] = [0, 0, 0, 0];
	parts.forEach((part, i) => {
		along += part.along + gapAfter(part, parts[i + 1]);
		before = Math.max(before, part.before - shift);
		after = Math.max(after, part.after + shift);
		shift += part.shift;
	});
	return { along, before, after, shift };
}

/** Branches bring their own room for the lines that fork and join. */
export function gapAfter(part: MeasuredPart | undefined, next: MeasuredPart | undefined): number {
	if (part?.kind !== 'item' || next?.kind !== 'item') return 0;
	return isStuck(part, next) ? space.stuck : space.along;
}

/** Whether a part works value by value on what comes right before it, with no tensor drawn between. */
function isStuck(part: MeasuredItem, next: MeasuredPart): boolean {
	return (
		part.card?.tensor === null &&
		next.kind === 'item' &&
		next.item.kind === 'node' &&
		cardForm(next.item.node) === 'quiet'
	);
}

/** Lanes side by side. The axis is that of the only one that has something on it, otherwise half way from first to last. */
function stack(lanes: readonly Omit<MeasuredLane, 'offset'>[]): Extent & { readonly lanes: MeasuredLane[] } {
	let across = 0;
	const placed = lanes.map((lane, i) => {
		across += (i === 0 ? 0 : space.lanes) + lane.before;
		const offset = across;
		across += lane.after;
		return { ...lane, offset };
	});
	const standing = placed.filter(({ passing }) => passing === null);
	const [first, last] = [placed[0]!, placed.at(-1)!];
	const axis = standing.length === 1 ? standing[0]!.offset : (first.offset + last.offset) / 2;
	return {
		lanes: placed.map((lane) => ({ ...lane, offset: lane.offset - axis })),
		along: Math.max(...lanes.map(({ along }) => along)),
		before: axis,
		after: across - axis,
		shift: 0
	};
}

/** Room for the name and the kind of an open block. */
function titleWidth({ path }: BlockItem): number {
	return 60 + 8 * (path.split('/').at(-1)?.length ?? 0) + 90;
}
