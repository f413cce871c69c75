import {
	type BenchLayout,
	fontFor,
	layoutBench,
	type Margin,
	minFont,
	type Part,
	type PlacedPart,
	type PartShape,
	type Plane,
	type Room,
	titleWidth
} from '../../tensor/tensors';
import { formatCell } from '../../tensor/values';
import { type StreetMap, streetMap } from '../../tensor/routes';
import { type PartTitle, partTitle } from './names';
import { type Resolved, tensorsOf } from './resolve';
import type { Stage } from './stage';
import { type Subject, type Target, weightPosition } from './targets';

/** Where everything of a bench is drawn. */
export interface Scene {
	readonly layout: BenchLayout;
	readonly parts: readonly (PlacedPart & { readonly subject: Subject; readonly name: PartTitle })[];
	/** Where links can run. */
	readonly streets: StreetMap;
	/** Ghost cells around each tensor. */
	readonly margins: readonly Margin[];
	/** For each tensor, for each channel: the channels of the input that it is computed from, ascending. */
	readonly dependency: readonly (readonly (readonly number[])[])[];
}

/** Lays a bench out in a room. */
export function sceneOf(bench: Resolved, room: Room): Scene {
	const tensors = tensorsOf(bench);
	const margins = tensors.map((_, t) => marginOf(bench.stages[t], bench.stages[t - 1]));
	const about: { readonly subject: Subject; readonly name: PartTitle }[] = [];
	const parts: Part[] = [];
	const add = (kind: Subject['kind'], index: number, part: PartShape) => {
		const subject = { kind, index };
		const name = partTitle(bench, { subject, part });
		about.push({ subject, name });
		parts.push({ ...part, title: titleWidth(name.name, name.shape) });
	};
	for (const [t, { shape, data }] of tensors.entries()) {
		const [rows, columns, channels] = shape;
		add('tensor', t, { kind: 'tensor', rows, columns, channels, margin: margins[t]!, chars: longest(data) });
		const layer = bench.stages[t]?.layer;
		if (layer?.kind === 'channelShuffle') {
			add('shuffle', t, { kind: 'shuffle', channels, groups: layer.options.groups });
		} else if (layer?.kind === 'conv2d' || layer?.kind === 'transposedConv2d') {
			const { kernelSize, outChannels, inChannelsPerGroup, bias } = layer.geometry;
			const weights = Object.values(bench.stages[t]!.weights);
			add('filters', t, {
				kind: 'filters',
				rows: kernelSize[0],
				columns: kernelSize[1],
				filters: outChannels,
				planes: inChannelsPerGroup,
				bias,
				chars: Math.max(...weights.map((weight) => longest(weight.data)))
			});
		}
	}
	const layout = layoutBench(parts, room);
	const across = layout.direction === 'row' ? layout.height : layout.width;
	return {
		layout,
		parts: layout.parts.map((part, i) => ({ ...part, ...about[i]! })),
		streets: streetMap(layout.parts, layout.direction, across),
		margins,
		dependency: channelDependency(bench)
	};
}

/** The smallest cells in which all numbers of a scene could be read. */
export function readableCell({ parts }: Scene): number {
	const chars = Math.max(...parts.map(({ part }) => ('chars' in part ? part.chars : 1)));
	let cell = minFont;
	while (fontFor(cell, chars) === null) cell++;
	return cell;
}

const longest = (data: Float64Array) =>
	data.reduce((length, value) => Math.max(length, formatCell(value).length), 1);

/** Rows and columns around a tensor: the padding and what `ceil` reaches beyond it, or what a transposed convolution crops. */
function marginOf(reader: Stage | undefined, writer: Stage | undefined): Margin {
	const layer = reader?.layer;
	if (layer?.kind === 'conv2d' || layer?.kind === 'maxPool' || layer?.kind === 'avgPool') {
		const { padding, inputs, outputSize, stride, effectiveKernelSize } = layer.geometry;
		const [height, width] = inputs[0]!;
		const reach = (axis: 0 | 1, before: number, size: number) =>
			(outputSize[axis] - 1) * stride[axis] - before + effectiveKernelSize[axis] - size;
		return {
			...padding,
			bottom: Math.max(padding.bottom, reach(0, padding.top, height)),
			right: Math.max(padding.right, reach(1, padding.left, width))
		};
	}
	if (writer?.layer.kind === 'transposedConv2d') {
		const { top, bottom, left, right } = writer.layer.geometry.padding;
		const atLeastNone = (n: number) => Math.max(0, n);
		return {
			top: atLeastNone(top),
			bottom: atLeastNone(bottom),
			left: atLeastNone(left),
			right: atLeastNone(right)
		};
	}
	return { top: 0, bottom: 0, left: 0, right: 0 };
}

/** For each tensor, for each channel: the channels of the input that it is computed from, ascending. */
export function channelDependency({ input, stages }: Resolved): number[][][] {
	const dependency = [Array.from({ length: input.shape[2] }, (_, c) => [c])];
	for (const stage of stages) {
		const before = dependency.at(-1)!;
		dependency.push(
			Array.from({ length: stage.output.shape[2] }, (_, c) => {
				const all = new Set(stage.channelsRead(c).flatMap((read) => before[read]!));
				return [...all].sort((a, b) => a - b);
			})
		);
	}
	return dependency;
}

/** The part that shows a subject. */
export function partOf(
	scene: Scene,
	kind: Subject['kind'],
	index: number
): Scene['parts'][number] | undefined {
	return scene.parts.find(({ subject }) => subject.kind === kind && subject.index === index);
}

/** The plane and the cell in it where a target is drawn. */
export function positionOfTarget(
	bench: Resolved,
	scene: Scene,
	target: Target
): { readonly plane: Plane; readonly row: number; readonly column: number } | null {
	if (target.kind === 'cell') {
		const plane = partOf(scene, 'tensor', target.tensor)?.planes[target.channel];
		return plane ? { plane, row: target.y, column: target.x } : null;
	}
	const filters = partOf(scene, 'filters', target.stage)?.filters;
	if (target.kind === 'bias') {
		const plane = filters?.[target.index]?.bias;
		return plane ? { plane, row: 0, column: 0 } : null;
	}
	const position = weightPosition(bench, target.stage, target.index);
	const plane = position && filters?.[position.filter]?.planes[position.plane];
	return plane ? { plane, row: position.ky, column: position.kx } : null;
}

/** The value drawn at a point of the figure, if there is one. */
export function targetAt(bench: Resolved, scene: Scene, x: number, y: number): Target | null {
	const { cell } = scene.layout;
	const inside = (plane: Plane | null | undefined) => {
		if (!plane) return null;
		const row = Math.floor((y - plane.y) / cell);
		const column = Math.floor((x - plane.x) / cell);
		return row >= 0 && row < plane.rows && column >= 0 && column < plane.columns ? { row, column } : null;
	};
	for (const { subject, planes, filters } of scene.parts) {
		for (const [channel, plane] of planes.entries()) {
			const hit = inside(plane);
			if (hit) return { kind: 'cell', tensor: subject.index, y: hit.row, x: hit.column, channel };
		}
		for (const [filter, position] of filters.entries()) {
			if (inside(position.bias)) return { kind: 'bias', stage: subject.index, index: filter };
			for (const [i, plane] of position.planes.entries()) {
				const hit = inside(plane);
				if (hit)
					return {
						kind: 'weight',
						stage: subject.index,
						index: weightIndex(bench, subject.index, hit, i, filter)
					};
			}
		}
	}
	return null;
}

/** Index of a weight in its kernel's data. */
export function weightIndex(
	bench: Resolved,
	stage: number,
	{ row, column }: { readonly row: number; readonly column: number },
	plane: number,
	filter: number
): number {
	const [, kw, planes, filters] = bench.stages[stage]!.weights.kernel!.shape as readonly [
		number,
		number,
		number,
		number
	];
	return ((row * kw + column) * planes + plane) * filters + filter;
}
