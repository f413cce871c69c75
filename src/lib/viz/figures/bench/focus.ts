import type { Step, Term } from '$lib/ops/types';
import { around, type Box, type Plane } from '../../layout/bench';
import { cellBox, cellsBox, outline, rectangle, tiePath } from '../../layout/paths';
import { formatCell } from '../../layout/values';
import type { Resolved } from './resolve';
import { partOf, placeOfTarget, type Scene } from './scene';

/** A window on one channel: its shape from its first tap on, and where that lies. */
export interface FocusWindow {
	readonly channel: number;
	readonly colour: number | null;
	readonly taps: string;
	/** Around all taps, where these stand apart. */
	readonly frame: string;
	readonly x: number;
	readonly y: number;
}

/** What a step of arithmetic lights up. */
export interface Focus {
	readonly windows: readonly FocusWindow[];
	readonly ties: readonly { readonly path: string; readonly colour: number | null }[];
	/** Around the filter in use. */
	readonly filter: string;
	/** The one input cell and weight that are multiplied, at grain `multiply`. */
	readonly tap: string;
	/** The weights in use, where these are not all of the filter. */
	readonly used: string;
	readonly output: {
		readonly x: number;
		readonly y: number;
		readonly text: string;
		readonly isDone: boolean;
	};
}

/** The colour of a channel of a tensor: of the only input channel it is made from, or of the first of its group; `null`: of all. */
export function colourOf({ seen }: Pick<Scene, 'seen'>, tensor: number, channel: number): number | null {
	const all = seen[tensor]?.[channel] ?? [];
	if (all.length === 1 || all.length < seen[0]!.length) return all[0] ?? null;
	return null;
}

/** Class of such a colour. */
export function colourClass(colour: number | null): string {
	return `ch-${colour === null ? 'all' : colour % 8}`;
}

/** Lights up what a step reads, with what, and what it writes. `whole` is the same output value with all that it reads. */
export function focusOf(bench: Resolved, scene: Scene, stage: number, step: Step, whole: Step): Focus {
	const { cell, direction } = scene.layout;
	const input = partOf(scene, 'tensor', stage)!;
	const output = partOf(scene, 'tensor', stage + 1)!;
	const filter = partOf(scene, 'filters', stage)?.filters[step.output.channel];
	const outputBox = cellBox(output.planes[step.output.channel]!, cell, step.output.y, step.output.x);

	const windows: FocusWindow[] = [];
	const ties: { path: string; colour: number | null }[] = [];
	const first = whole.terms[0]?.at.channel ?? 0;
	const shape = windowShape(whole.terms, first, cell);
	const channels = new Set(whole.terms.map(({ at }) => at.channel));
	for (const [i, channel] of [...channels].entries()) {
		const plane = input.planes[channel]!;
		const x = plane.x + shape.column * cell;
		const y = plane.y + shape.row * cell;
		const colour = colourOf(scene, stage, channel);
		windows.push({ channel, colour, taps: shape.taps, frame: shape.frame, x, y });
		const from: Box = { x, y, width: shape.width, height: shape.height };
		ties.push({
			path: tie(
				from,
				filter ? shareOf(filter.outer, i, channels.size, direction === 'row') : outputBox,
				direction
			),
			colour
		});
	}
	if (filter) {
		const from = around(filter.planes.map((plane) => cellsBox(plane, cell)));
		ties.push({
			path: tie(filter.bias ? around([from, cellsBox(filter.bias, cell)]) : from, outputBox, direction),
			colour: null
		});
	}

	const isDone = step.writes !== null;
	return {
		windows,
		ties,
		filter: filter ? outline(filter.outer, 3) : '',
		tap: step.grain === 'multiply' ? tapPath(bench, scene, stage, step.terms[0], input.planes) : '',
		used: bench.stages[stage]!.layer.kind === 'transposedConv2d' ? usedPath(bench, scene, stage, whole) : '',
		output: { x: outputBox.x, y: outputBox.y, text: formatCell(step.writes ?? step.after), isDone }
	};
}

function windowShape(terms: readonly Term[], channel: number, cell: number) {
	const taps = terms.filter(({ at }) => at.channel === channel);
	const row = Math.min(...taps.map(({ at }) => at.y));
	const column = Math.min(...taps.map(({ at }) => at.x));
	const width = (Math.max(...taps.map(({ at }) => at.x)) - column + 1) * cell;
	const height = (Math.max(...taps.map(({ at }) => at.y)) - row + 1) * cell;
	const isDense = Math.abs(taps.length * cell * cell - width * height) < 1;
	const squares = taps.map(({ at }) => rectangle((at.x - column) * cell, (at.y - row) * cell, cell, cell));
	if (taps.length === 0) return { row: 0, column: 0, width: 0, height: 0, taps: '', frame: '' };
	return {
		row,
		column,
		width,
		height,
		taps: isDense ? rectangle(0, 0, width, height) : squares.join(''),
		frame: isDense ? '' : rectangle(0, 0, width, height)
	};
}

function usedPath(bench: Resolved, scene: Scene, stage: number, { terms }: Step): string {
	return terms
		.map(({ weight }) => {
			const place =
				weight === null ? null : placeOfTarget(bench, scene, { kind: 'weight', stage, index: weight });
			return place ? outline(cellBox(place.plane, scene.layout.cell, place.row, place.column)) : '';
		})
		.join('');
}

function tapPath(
	bench: Resolved,
	scene: Scene,
	stage: number,
	term: Term | undefined,
	planes: readonly Plane[]
): string {
	if (!term) return '';
	const { cell } = scene.layout;
	const read = outline(cellBox(planes[term.at.channel]!, cell, term.at.y, term.at.x));
	const place =
		term.weight === null ? null : placeOfTarget(bench, scene, { kind: 'weight', stage, index: term.weight });
	return place ? read + outline(cellBox(place.plane, cell, place.row, place.column)) : read;
}

/** The `i`-th of `count` equal parts of the side where data comes in, so that ties arrive apart. */
function shareOf({ x, y, width, height }: Box, i: number, count: number, isRow: boolean): Box {
	const place = (i + 0.5) / count;
	return { x: x + (isRow ? 0 : place * width), y: y + (isRow ? place * height : 0), width: 0, height: 0 };
}

function tie(from: Box, to: Box, direction: 'row' | 'column'): string {
	return direction === 'row'
		? tiePath(
				{ x: from.x + from.width, y: from.y + from.height / 2 },
				{ x: to.x, y: to.y + to.height / 2 },
				direction
			)
		: tiePath(
				{ x: from.x + from.width / 2, y: from.y + from.height },
				{ x: to.x + to.width / 2, y: to.y },
				direction
			);
}
