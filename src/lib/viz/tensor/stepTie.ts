import type { Term } from '$lib/ops/types';
import type { Link } from './links';
import { cellBox, cellsBox, outline, rectangle } from './paths';
import { type Dock, type Journey, routePath, routesOf, type StreetMap } from './routes';
import { around, type Box, type FilterPosition, type Plane } from './tensors';
import { formatCell } from './values';

/** A window on one channel: its shape from its first tap on, and where that lies. */
export interface TieWindow {
	readonly channel: number;
	readonly colour: string;
	readonly taps: string;
	/** Around all taps, where these stand apart. */
	readonly frame: string;
	readonly x: number;
	readonly y: number;
}

/** A product on its way: what is read, where it becomes a product, and what the running result is once it is in. */
export interface TieTerm {
	readonly channel: number;
	readonly colour: string;
	readonly from: Box;
	/** The weight; `null` where nothing is multiplied. */
	readonly through: Box | null;
	/** Empty where several numbers go together. */
	readonly read: string;
	readonly product: string;
	readonly result: string;
}

/** What a step ties together, in the pixels of the figure: what is read, with what, and what is written. */
export interface StepTie {
	/** Windows of the same body glide from step to step. */
	readonly body: string;
	readonly windows: readonly TieWindow[];
	readonly filter: Box | null;
	readonly links: readonly Link[];
	/** Outlines of the one input cell and weight that are multiplied, at grain `multiply`. */
	readonly tap: string;
	/** The weights in use, where these are not all of the filter. */
	readonly used: string;
	readonly terms: readonly TieTerm[];
	readonly output: Box;
	/** The result before the step and after it. */
	readonly before: string;
	readonly after: string;
	/** The finished value; `null` while it is in the making. */
	readonly value: number | null;
	/** A channel that is put in place as it is. */
	readonly carried: Box | null;
}

/** What of a drawing a step works on. */
export interface TieParts {
	readonly streets: StreetMap;
	readonly cell: number;
	readonly body: string;
	/** The plane of a channel that is read, and its colour. */
	read(channel: number): { readonly plane: Plane; readonly colour: string };
	/** Where the weight of a term is drawn; `null` without weights. */
	weight(term: Term): Box | null;
	readonly filter: FilterPosition | null;
	readonly output: { readonly plane: Plane; readonly row: number; readonly column: number };
	/** Of the channel that is written. */
	readonly colour: string;
	/** All taps of the output value. */
	readonly whole: readonly Term[];
	/** Those of this step. */
	readonly terms: readonly Term[];
	readonly isOneTap: boolean;
	/** Whether not all weights of a filter are used for each value. */
	readonly usesSome: boolean;
	readonly before: number;
	/** The running result with one more term in it. */
	add(result: number, term: Term): number;
	readonly after: number;
	/** What is written; `null` while there is more to come. */
	readonly writes: number | null;
}

/** With more, the products of a channel go together. */
const manyTerms = 36;

/** What a step ties together. */
export function tieOf(parts: TieParts): StepTie {
	const { cell, whole, terms, filter, output } = parts;
	const channels = [...new Set(whole.map(({ at }) => at.channel))];
	const shape = windowShape(whole, channels[0] ?? 0, cell);
	const windows = channels.map((channel): TieWindow & { readonly plane: Plane } => {
		const { plane, colour } = parts.read(channel);
		return {
			channel,
			colour,
			plane,
			taps: shape.taps,
			frame: shape.frame,
			x: plane.x + shape.column * cell,
			y: plane.y + shape.row * cell
		};
	});
	const outputBox = cellBox(output.plane, cell, output.row, output.column);
	const weights = (some: readonly Term[]) => some.map((term) => parts.weight(term));
	const outlines = (boxes: readonly (Box | null)[]) => boxes.map((box) => (box ? outline(box) : '')).join('');
	const [first] = terms;
	return {
		body: parts.body,
		windows: windows.map(({ plane: _plane, ...window }) => window),
		filter: filter?.outer ?? null,
		links: linksOf(
			parts,
			windows.map(({ plane, colour, x, y }) => ({
				home: plane,
				colour,
				box: { x, y, width: shape.width, height: shape.height }
			})),
			outputBox
		),
		tap:
			parts.isOneTap && first
				? outlines([
						cellBox(parts.read(first.at.channel).plane, cell, first.at.y, first.at.x),
						parts.weight(first)
					])
				: '',
		used: parts.usesSome ? outlines(weights(whole)) : '',
		terms: termsOf(parts),
		output: outputBox,
		before: parts.isOneTap && Number.isFinite(parts.before) ? formatCell(parts.before) : '',
		after: formatCell(parts.writes ?? parts.after),
		value: parts.writes,
		carried: null
	};
}

/** A whole channel that is put in its place. */
export function tieOfCopy(
	streets: StreetMap,
	cell: number,
	body: string,
	{ from, to, colour }: { readonly from: Plane; readonly to: Plane; readonly colour: string }
): StepTie {
	const box = cellsBox(from, cell);
	const output = cellsBox(to, cell);
	const [route] = routesOf(streets, [
		{
			from: leaving(streets, from.outer, box, cell),
			to: arriving(streets, to.outer, output, cell)
		}
	]);
	return {
		body,
		windows: [
			{
				channel: 0,
				colour,
				taps: rectangle(0, 0, box.width, box.height),
				frame: '',
				x: box.x,
				y: box.y
			}
		],
		filter: null,
		links: route ? [{ path: routePath(route), colour, width: route.width }] : [],
		tap: '',
		used: '',
		terms: [],
		output,
		before: '',
		after: '',
		value: null,
		carried: box
	};
}

interface LinkedWindow {
	readonly home: Plane;
	readonly colour: string;
	readonly box: Box;
}

/** From each window to the plane of the filter that it is multiplied by, and from the filter on; without one, to the output. */
function linksOf(
	{ streets, cell, filter, output, colour }: TieParts,
	windows: readonly LinkedWindow[],
	outputBox: Box
): Link[] {
	const goal = arriving(streets, output.plane.outer, outputBox, cell);
	const starts = windows.map(({ home, box }) => leaving(streets, home.outer, box, cell));
	const through = (i: number): Dock => {
		const plane = filter!.planes[Math.min(i, filter!.planes.length - 1)]!;
		const box = cellsBox(plane, cell);
		const isAlone = filter!.planes.length === 1 && streets.way === 'row';
		return isAlone
			? { home: filter!.outer, box: plane.outer, by: 'end', at: box.y + box.height / 2 }
			: {
					home: filter!.outer,
					box,
					by: 'side',
					at: streets.way === 'row' ? box.x + box.width / 2 : box.y + box.height / 2
				};
	};
	const journeys: Journey[] = starts.map((from, i) => ({ from, to: filter ? through(i) : goal }));
	const colours = windows.map((window) => window.colour);
	const routes = routesOf(streets, journeys);
	if (filter) {
		const planes = [...filter.planes, ...(filter.bias ? [filter.bias] : [])];
		const cells = around(planes.map((plane) => cellsBox(plane, cell)));
		const at = streets.way === 'row' ? cells.y + cells.height / 2 : cells.x + cells.width / 2;
		const { x, y, width, height } = filter.outer;
		// From the line around the filter on.
		const box = { x: x - 2, y: y - 2, width: width + 4, height: height + 4 };
		routes.push(...routesOf(streets, [{ from: { home: filter.outer, box, by: 'end', at }, to: goal }]));
		colours.push(colour);
	}
	return routes.flatMap((route, i) =>
		route ? [{ path: routePath(route), colour: colours[i]!, width: route.width }] : []
	);
}

/** The way out of a window: along the line between two rows of cells (or columns), so that no number is crossed. */
function leaving({ way }: StreetMap, home: Box, box: Box, cell: number): Dock {
	const [start, size] = way === 'row' ? [box.y, box.height] : [box.x, box.width];
	return { home, box, by: 'end', at: start + Math.max(1, Math.floor(size / cell / 2)) * cell };
}

/** The way into a cell: along the line under it; or, where it is the first of its column, over it. */
function arriving({ way }: StreetMap, home: Box, box: Box, cell: number): Dock {
	const at = box.height > cell ? box.y + Math.floor(box.height / cell / 2) * cell : box.y + box.height;
	return { home, box, by: way === 'row' ? 'end' : 'side', at };
}

function windowShape(terms: readonly Term[], channel: number, cell: number) {
	const taps = terms.filter(({ at }) => at.channel === channel);
	if (taps.length === 0) return { row: 0, column: 0, width: 0, height: 0, taps: '', frame: '' };
	const row = Math.min(...taps.map(({ at }) => at.y));
	const column = Math.min(...taps.map(({ at }) => at.x));
	const width = (Math.max(...taps.map(({ at }) => at.x)) - column + 1) * cell;
	const height = (Math.max(...taps.map(({ at }) => at.y)) - row + 1) * cell;
	const isDense = Math.abs(taps.length * cell * cell - width * height) < 1;
	const squares = taps.map(({ at }) => rectangle((at.x - column) * cell, (at.y - row) * cell, cell, cell));
	return {
		row,
		column,
		width,
		height,
		taps: isDense ? rectangle(0, 0, width, height) : squares.join(''),
		frame: isDense ? '' : rectangle(0, 0, width, height)
	};
}

function termsOf({ cell, read, weight, terms, before, add }: TieParts): TieTerm[] {
	let result = before;
	const single = terms.map((term) => {
		const { plane, colour } = read(term.at.channel);
		result = add(result, term);
		return {
			channel: term.at.channel,
			colour,
			from: cellBox(plane, cell, term.at.y, term.at.x),
			through: weight(term),
			read: formatCell(term.inputValue),
			product: formatCell(term.product),
			result: formatCell(result),
			amount: term.product
		};
	});
	if (single.length <= manyTerms) return single;
	// So many numbers cannot be read: those of a channel go together.
	const channels = [...new Set(single.map(({ channel }) => channel))];
	return channels.map((channel) => {
		const own = single.filter((term) => term.channel === channel);
		const weights = own.flatMap(({ through }) => through ?? []);
		return {
			channel,
			colour: own[0]!.colour,
			from: around(own.map(({ from }) => from)),
			through: weights.length > 0 ? around(weights) : null,
			read: '',
			product: formatCell(own.reduce((sum, { amount }) => sum + amount, 0)),
			result: own.at(-1)!.result
		};
	});
}
