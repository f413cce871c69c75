import { type StreetMap, streetMap } from '../tensor/routes';
import { type PartShape, type PlacedPart, type Plane, type Room, titleWidth } from '../tensor/tensors';
import type { DrawnPlane } from '../tensor/planes';
import { layoutSteps, type StepsLayout } from './layout/steps';
import { formatCell, subscript } from '../tensor/values';
import type { ConvStage, StepGraph } from './stages';

/** What a part of the drawing shows: a tensor, or the filters of a stage. */
export interface StepPart extends PlacedPart {
	readonly subject: { readonly kind: 'tensor' | 'filters'; readonly index: number };
}

export interface StepScene extends Omit<StepsLayout, 'parts'> {
	readonly parts: readonly StepPart[];
	/** Where links can run. */
	readonly streets: StreetMap;
}

/** Names of the tensors and of the stages' filters, by index. */
export interface StepTitles {
	readonly tensors: readonly string[];
	readonly filters: readonly string[];
}

/** The two lines over a part. */
export function titleOf(graph: StepGraph, titles: StepTitles, { kind, index }: StepPart['subject']) {
	if (kind === 'tensor') {
		const maker = graph.stages.find(({ output }) => output === index);
		const isCut = maker?.kind === 'conv' && maker.relu;
		return {
			name: titles.tensors[index]!,
			shape: graph.tensors[index]!.shape.join('×') + (isCut ? ' · ReLU' : '')
		};
	}
	const { geometry } = graph.stages[index] as ConvStage;
	return {
		name: titles.filters[index]!,
		shape: `${geometry.outChannels} · ${geometry.kernelSize.join('×')}×${geometry.inChannelsPerGroup}`
	};
}

const none = { top: 0, bottom: 0, left: 0, right: 0 };

/** Lays a graph out: the input, then for each depth the filters that read it and the tensors that they make. */
export function sceneOfSteps(
	graph: StepGraph,
	titles: StepTitles,
	room: Room & { readonly minCell: number }
): StepScene {
	const columns: StepPart['subject'][][] = [[{ kind: 'tensor', index: 0 }]];
	const columnOf = new Map<number, number>([[0, 0]]);
	for (const [index, stage] of graph.stages.entries()) {
		const from = Math.max(...stage.inputs.map((tensor) => columnOf.get(tensor)!));
		const to = from + (stage.kind === 'conv' ? 2 : 1);
		while (columns.length <= to) columns.push([]);
		if (stage.kind === 'conv') columns[to - 1]!.push({ kind: 'filters', index });
		columns[to]!.push({ kind: 'tensor', index: stage.output });
		columnOf.set(stage.output, to);
	}
	const layout = layoutSteps(
		columns.map((column) =>
			column.map((subject) => {
				const { name, shape } = titleOf(graph, titles, subject);
				return { ...partOfSubject(graph, subject), title: titleWidth(name, shape) };
			})
		),
		room
	);
	const subjects = columns.flat();
	return {
		...layout,
		parts: layout.parts.map((part, i) => ({ ...part, subject: subjects[i]! })),
		streets: streetMap(
			layout.parts,
			layout.direction,
			layout.direction === 'row' ? layout.height : layout.width
		)
	};
}

function partOfSubject(graph: StepGraph, { kind, index }: StepPart['subject']): PartShape {
	const longest = (...all: Float64Array[]) =>
		Math.max(1, ...all.flatMap((data) => [...data].map((value) => formatCell(value).length)));
	if (kind === 'tensor') {
		const { shape, data } = graph.tensors[index]!;
		const readers = graph.stages.filter(
			(stage): stage is ConvStage => stage.kind === 'conv' && stage.inputs.includes(index)
		);
		// The widest padding of those that read it.
		const margin = readers
			.map(({ geometry }) => geometry.padding)
			.reduce((widest, padding) => (padding.top > widest.top ? padding : widest), none);
		const [rows, columns, channels] = shape;
		return { kind, rows, columns, channels, margin, chars: longest(data) };
	}
	const { geometry, weights } = graph.stages[index] as ConvStage;
	const [rows, columns] = geometry.kernelSize;
	return {
		kind,
		rows,
		columns,
		filters: geometry.outChannels,
		planes: geometry.inChannelsPerGroup,
		bias: geometry.bias,
		chars: longest(...Object.values(weights).map(({ data }) => data))
	};
}

/** Letters of tensors and kernels, by their index and by that of their stage. */
export interface StepLetters {
	readonly tensors: readonly string[];
	readonly kernels: readonly string[];
}

/** The planes of a part with their values. */
export function viewsOf(graph: StepGraph, part: StepPart, letters: StepLetters): DrawnPlane[] {
	const { kind, index } = part.subject;
	const channels = graph.tensors[0]!.shape[2];
	if (kind === 'tensor') {
		const { shape, data, dependency } = graph.tensors[index]!;
		return part.planes.map((plane, channel) => ({
			plane,
			valueAt: (row, column) => data[(row * shape[1] + column) * shape[2] + channel]!,
			label: letters.tensors[index]! + subscript(channel),
			dependency: dependency[channel]!,
			channels
		}));
	}
	const stage = graph.stages[index] as ConvStage;
	const { geometry, weights } = stage;
	const { dependency } = graph.tensors[stage.inputs[0]!]!;
	const { inChannelsPerGroup, outChannelsPerGroup, outChannels, kernelSize } = geometry;
	return part.filters.flatMap(({ planes, bias }, filter): DrawnPlane[] => {
		const first = Math.floor(filter / outChannelsPerGroup) * inChannelsPerGroup;
		const views = planes.map((plane, i): DrawnPlane => ({
			plane,
			valueAt: (row, column) =>
				weights['kernel']!.data[
					((row * kernelSize[1] + column) * inChannelsPerGroup + i) * outChannels + filter
				]!,
			label: i === 0 ? letters.kernels[index]! + subscript(filter) : '',
			dependency: dependency[first + i]!,
			channels
		}));
		const biasView: DrawnPlane[] = bias
			? [
					{
						plane: bias,
						valueAt: () => weights['bias']!.data[filter]!,
						label: 'b' + subscript(filter),
						dependency: [],
						channels
					}
				]
			: [];
		return [...views, ...biasView];
	});
}

/** The tensor's cell under a point, if there is one. */
export function cellUnder(
	scene: StepScene,
	x: number,
	y: number
): { readonly tensor: number; readonly channel: number; readonly y: number; readonly x: number } | null {
	const within = ({ x: left, y: top, rows, columns }: Plane) => {
		const [row, column] = [Math.floor((y - top) / scene.cell), Math.floor((x - left) / scene.cell)];
		return row >= 0 && row < rows && column >= 0 && column < columns ? { y: row, x: column } : null;
	};
	for (const { subject, planes } of scene.parts) {
		for (const [channel, plane] of planes.entries()) {
			const cell = within(plane);
			if (cell) return { tensor: subject.index, channel, ...cell };
		}
	}
	return null;
}
