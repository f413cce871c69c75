import { around, type Box, type Plane } from '../tensor/tensors';
import { linkPath } from '../plot/links';
import { cellBox, cellsBox, outline, rectangle } from '../tensor/paths';
import { readColour } from '../tensor/channelColour';
import { formatCell } from '../tensor/values';
import type { StepPart, StepScene } from './scene';
import type { Link } from '../tensor/links';
import { activated, type StepGraph, type CurrentStep } from './stages';

/** What a step lights up. */
export interface StepFocus {
	/** Windows on the channels that are read: a shape, and where it lies. */
	readonly windows: readonly {
		readonly path: string;
		readonly x: number;
		readonly y: number;
		readonly colour: string;
	}[];
	readonly links: readonly Link[];
	/** Around the filter in use, and the one weight and input that are multiplied. */
	readonly filter: string;
	readonly tap: string;
	readonly output: Box;
	/** What stands in the output cell; empty where a whole channel is put in place. */
	readonly text: string;
	readonly font: number | null;
}

const partOf = (scene: StepScene, kind: StepPart['subject']['kind'], index: number) =>
	scene.parts.find(({ subject }) => subject.kind === kind && subject.index === index);

/** Lights up what a moment reads, with what, and what it writes. */
export function focusOfStep(graph: StepGraph, scene: StepScene, current: CurrentStep): StepFocus {
	const { cell, direction } = scene;
	const colourOf = (tensor: number, channel: number) =>
		readColour(graph.tensors[tensor]!.dependency[channel]!, graph.tensors[0]!.shape[2]);
	const target = partOf(scene, 'tensor', current.stage.output)!;
	if (current.kind === 'copy') {
		const { tensor, channel } = current.stage.channels[current.channel]!;
		const from = cellsBox(partOf(scene, 'tensor', tensor)!.planes[channel]!, cell);
		const output = cellsBox(target.planes[current.channel]!, cell);
		const colour = colourOf(tensor, channel);
		return {
			windows: [{ path: rectangle(0, 0, from.width, from.height), x: from.x, y: from.y, colour }],
			links: [{ path: link(from, output, direction), colour }],
			filter: '',
			tap: '',
			output,
			text: '',
			font: null
		};
	}
	const { stage, step, whole } = current;
	const source = stage.inputs[0]!;
	const input = partOf(scene, 'tensor', source)!;
	const filter = partOf(scene, 'filters', graph.stages.indexOf(stage))!.filters[step.output.channel]!;
	const output = cellBox(target.planes[step.output.channel]!, cell, step.output.y, step.output.x);
	const [rows, columns] = stage.geometry.kernelSize;
	const corner = whole.terms[0]!.at;
	const channels = [...new Set(whole.terms.map(({ at }) => at.channel))];
	const windows = channels.map((channel) => {
		const plane = input.planes[channel]!;
		return {
			path: rectangle(0, 0, columns * cell, rows * cell),
			x: plane.x + corner.x * cell,
			y: plane.y + corner.y * cell,
			colour: colourOf(source, channel)
		};
	});
	const cells = around(
		[...filter.planes, ...(filter.bias ? [filter.bias] : [])].map((plane) => cellsBox(plane, cell))
	);
	const links = windows.map(({ x, y, colour }, i) => {
		const from = { x, y, width: columns * cell, height: rows * cell };
		return { path: link(from, share(filter.outer, i, windows.length, direction), direction), colour };
	});
	return {
		windows,
		links: [
			...links,
			{ path: link(cells, output, direction), colour: colourOf(current.stage.output, step.output.channel) }
		],
		filter: outline(filter.outer, 3),
		tap:
			step.granularity === 'multiply'
				? tapOf(step.terms[0]!.at, corner, channels, input.planes, filter.planes, cell)
				: '',
		output,
		text: formatCell(step.writes === null ? step.after : activated(stage, step.writes)),
		font: target.font
	};
}

function tapOf(
	at: { readonly y: number; readonly x: number; readonly channel: number },
	corner: { readonly y: number; readonly x: number },
	channels: readonly number[],
	input: readonly Plane[],
	filter: readonly Plane[],
	cell: number
): string {
	const weight = filter[channels.indexOf(at.channel)]!;
	return (
		outline(cellBox(input[at.channel]!, cell, at.y, at.x)) +
		outline(cellBox(weight, cell, at.y - corner.y, at.x - corner.x))
	);
}

/** The `i`-th of `count` equal parts of the side where data comes in, so that links arrive apart. */
function share({ x, y, width, height }: Box, i: number, count: number, direction: 'row' | 'column'): Box {
	const position = (i + 0.5) / count;
	return direction === 'row'
		? { x, y: y + position * height, width: 0, height: 0 }
		: { x: x + position * width, y, width: 0, height: 0 };
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
