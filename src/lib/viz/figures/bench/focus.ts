import type { Step, Term } from '$lib/ops/types';
import { around, type Box, type Plane } from '../../tensor/tensors';
import { linkPath } from '../../plot/links';
import { cellBox, cellsBox, outline, rectangle } from '../../tensor/paths';
import { formatCell } from '../../tensor/values';
import { channelColour } from '../../tensor/channelColour';
import type { Link } from '../../tensor/links';
import type { Resolved } from './resolve';
import { partOf, positionOfTarget, type Scene } from './scene';

/** A window on one channel: its shape from its first tap on, and where that lies. */
export interface FocusWindow {
	readonly channel: number;
	readonly colour: string;
	readonly taps: string;
	/** Around all taps, where these stand apart. */
	readonly frame: string;
	readonly x: number;
	readonly y: number;
}

/** What a step of arithmetic lights up. */
export interface Focus {
	readonly windows: readonly FocusWindow[];
	readonly links: readonly Link[];
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

/** Lights up what a step reads, with what, and what it writes. `whole` is the same output value with all that it reads. */
export function focusOf(bench: Resolved, scene: Scene, stage: number, step: Step, whole: Step): Focus {
	const { cell, direction } = scene.layout;
	const input = partOf(scene, 'tensor', stage)!;
	const output = partOf(scene, 'tensor', stage + 1)!;
	const filter = partOf(scene, 'filters', stage)?.filters[step.output.channel];
	const outputBox = cellBox(output.planes[step.output.channel]!, cell, step.output.y, step.output.x);

	const windows: FocusWindow[] = [];
	const links: Link[] = [];
	const first = whole.terms[0]?.at.channel ?? 0;
	const shape = windowShape(whole.terms, first, cell);
	const channels = new Set(whole.terms.map(({ at }) => at.channel));
	for (const [i, channel] of [...channels].entries()) {
		const plane = input.planes[channel]!;
		const x = plane.x + shape.column * cell;
		const y = plane.y + shape.row * cell;
		const colour = channelColour(scene.dependency, stage, channel);
		windows.push({ channel, colour, taps: shape.taps, frame: shape.frame, x, y });
		const from: Box = { x, y, width: shape.width, height: shape.height };
		links.push({
			path: link(
				from,
				filter ? shareOf(filter.outer, i, channels.size, direction === 'row') : outputBox,
				direction
			),
			colour
		});
	}
	if (filter) {
		const from = around(filter.planes.map((plane) => cellsBox(plane, cell)));
		links.push({
			path: link(filter.bias ? around([from, cellsBox(filter.bias, cell)]) : from, outputBox, direction),
			colour: channelColour(scene.dependency, stage + 1, step.output.channel)
		});
	}

	const isDone = step.writes !== null;
	return {
		windows,
		links,
		filter: filter ? outline(filter.outer, 3) : '',
		tap: step.granularity === 'multiply' ? tapPath(bench, scene, stage, step.terms[0], input.planes) : '',
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
			const position =
				weight === null ? null : positionOfTarget(bench, scene, { kind: 'weight', stage, index: weight });
			return position
				? outline(cellBox(position.plane, scene.layout.cell, position.row, position.column))
				: '';
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
	const position =
		term.weight === null
			? null
			: positionOfTarget(bench, scene, { kind: 'weight', stage, index: term.weight });
	return position ? read + outline(cellBox(position.plane, cell, position.row, position.column)) : read;
}

/** The `i`-th of `count` equal parts of the side where data comes in, so that links arrive apart. */
function shareOf({ x, y, width, height }: Box, i: number, count: number, isRow: boolean): Box {
	const position = (i + 0.5) / count;
	return {
		x: x + (isRow ? 0 : position * width),
		y: y + (isRow ? position * height : 0),
		width: 0,
		height: 0
	};
}

function link(from: Box, to: Box, direction: 'row' | 'column'): string {
	return direction === 'row'
		? linkPath(
				{ x: from.x + from.width, y: from.y + from.height / 2 },
				{ x: to.x, y: to.y + to.height / 2 },
				direction
			)
		: linkPath(
				{ x: from.x + from.width / 2, y: from.y + from.height },
				{ x: to.x + to.width / 2, y: to.y },
				direction
			);
}
