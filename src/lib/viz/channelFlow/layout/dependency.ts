import { channelFlow } from '$lib/nets';
import type { ResolvedGraph } from '$lib/nets';
import type { FlowPlan, FlowRange } from './plan';

/** The source's channels in at most eight classes, which colours can tell apart. */
export interface FlowClasses {
	/** `channel`: a class for each; `group`: a class for each group of the first grouped convolution; `part`: equal parts. */
	readonly kind: 'channel' | 'group' | 'part';
	readonly count: number;
	/** Class of each of the source's channels, ascending. */
	readonly of: readonly number[];
	/** Number of the source's channels in each class. */
	readonly sizes: readonly number[];
}

/** The most classes, as many as there are colours of channels. */
export const MAX_CLASSES = 8;

/** Classes for a graph's first input: its channels where they are few, else the groups in which the graph first reads it. */
export function flowClasses(net: ResolvedGraph): FlowClasses {
	const channels = net.tensors[0]!.shape[2];
	if (channels <= MAX_CLASSES) return classesOf('channel', channels, channels);
	for (const { node } of net.nodes) {
		const groups = node.op === 'conv2d' ? (node.options.groups ?? 1) : 1;
		if (groups > 1 && groups <= MAX_CLASSES && channels % groups === 0)
			return classesOf('group', channels, groups);
	}
	return classesOf('part', channels, MAX_CLASSES);
}

function classesOf(kind: FlowClasses['kind'], channels: number, count: number): FlowClasses {
	const of = Array.from({ length: channels }, (_, channel) => Math.floor((channel * count) / channels));
	const sizes = Array.from({ length: count }, (_, group) => of.filter((other) => other === group).length);
	return { kind, count, of, sizes };
}

/** What the channels of a graph have seen of its first input. */
export interface FlowDependency {
	/** Number of the source's channels. */
	readonly total: number;
	/** Whether a segment holds the source itself. */
	readonly isSource: (segment: number) => boolean;
	/** How many of the source's channels a channel of a segment has seen. */
	readonly count: (segment: number, channel: number) => number;
	/** How many of each class. The same array for channels that have seen the same. */
	readonly byClass: (segment: number, channel: number) => readonly number[];
	/** The one class that all of a run of channels have seen, and nothing else; `null` for none or several. */
	readonly onlyClass: (range: FlowRange) => number | null;
	/** Fewest and most that a channel of the segment has seen. */
	readonly range: (segment: number) => readonly [fewest: number, most: number];
}

/** Channel flow of the plan's graph, by segment and class. */
export function flowDependency(net: ResolvedGraph, plan: FlowPlan, classes: FlowClasses): FlowDependency {
	const flow = channelFlow(net);
	const rowsByClass = flow.rows.map((row) => {
		const counts = new Array<number>(classes.count).fill(0);
		classes.of.forEach((group, channel) => {
			counts[group]! += ((row[channel >> 5] ?? 0) >>> (channel & 31)) & 1;
		});
		return counts;
	});
	/** By row the one class that has been seen, `null` where there are several, `undefined` where there is none. */
	const onlyOfRow = rowsByClass.map((counts) => {
		const first = counts.findIndex((count) => count > 0);
		if (first < 0) return undefined;
		return counts.every((count, group) => count === 0 || group === first) ? first : null;
	});
	const rowOf = (segment: number, channel: number) =>
		flow.rowOf[plan.segments[segment]!.tensor.index]![channel]!;
	return {
		total: flow.source.shape[2],
		isSource: (segment) => plan.segments[segment]!.tensor === flow.source,
		count: (segment, channel) => flow.counts[rowOf(segment, channel)]!,
		byClass: (segment, channel) => rowsByClass[rowOf(segment, channel)]!,
		onlyClass({ segment, start, count }) {
			let only: number | undefined;
			for (let channel = start; channel < start + count; channel++) {
				const own = onlyOfRow[rowOf(segment, channel)];
				if (own === null || (own !== undefined && only !== undefined && own !== only)) return null;
				only = own ?? only;
			}
			return only ?? null;
		},
		range(segment) {
			const rows = new Set(flow.rowOf[plan.segments[segment]!.tensor.index]);
			const counts = [...rows].map((row) => flow.counts[row]!);
			return [Math.min(...counts), Math.max(...counts)];
		}
	};
}
