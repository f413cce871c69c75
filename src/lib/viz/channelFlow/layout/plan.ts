import { GraphError, type GraphTensor, type ResolvedGraph, type ResolvedNode } from '$lib/nets';

/** A run of channels of a segment. */
export interface FlowRange {
	readonly segment: number;
	readonly start: number;
	readonly count: number;
}

/** Consecutive channels that are computed alike, from channels one level before. */
export interface FlowBundle {
	readonly start: number;
	readonly count: number;
	/**
	 * Each channel reads all of these (a group of a convolution), or, where the bundle is parallel, the first channel reads the
	 * first of each, the second the second, and so on (a depthwise convolution, an addition, a shortcut).
	 */
	readonly reads: readonly FlowRange[];
	readonly parallel: boolean;
}

/**
 * A tensor in the picture of a network's channel flow: an input, what a layer writes, or a `lane`, in which a tensor waits
 * beside the layers until a later one reads it (a shortcut).
 */
export interface FlowSegment {
	readonly index: number;
	readonly level: number;
	readonly kind: 'input' | 'layer' | 'lane';
	/** The layer that writes the tensor; `null` for an input. */
	readonly node: ResolvedNode | null;
	readonly tensor: GraphTensor;
	readonly channels: number;
	readonly bundles: readonly FlowBundle[];
	/** Segments one level on that read this one. */
	readonly readers: readonly number[];
}

/** Channel flow as segments in levels: every segment reads only segments of the level before. */
export interface FlowPlan {
	readonly segments: readonly FlowSegment[];
	/** Indices of the segments of each level: inputs first, lanes last. */
	readonly levels: readonly (readonly number[])[];
}

/** Most segments, and most runs that channels read: beyond, no picture of them could be read, and a hostile graph would hang the page. */
const MAX_SEGMENTS = 4000;
const MAX_READS = 1 << 20;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Draft = Mutable<FlowSegment> & { lane: number | null };

/**
 * Lays a graph out in levels, as far as channels go. What leaves each channel by itself without saying so in a paper's table
 * (batch norm, activations, pools) is passed over; depthwise convolutions and shuffles are shown although they do, too, or may.
 * @throws {GraphError} `flowTooLarge`
 */
export function planFlow(net: ResolvedGraph): FlowPlan {
	const segments: Draft[] = [];
	let reads = 0;
	const writtenBy = new Map<GraphTensor, Draft>();
	const addSegment = (segment: Omit<Draft, 'index' | 'readers' | 'lane'>): Draft => {
		if (segments.length >= MAX_SEGMENTS) throw tooLarge();
		const draft = { ...segment, index: segments.length, readers: [], lane: null };
		segments.push(draft);
		return draft;
	};
	for (const tensor of net.tensors) {
		if (tensor.producer) continue;
		const channels = tensor.shape[2];
		writtenBy.set(tensor, addSegment({ level: 0, kind: 'input', node: null, tensor, channels, bundles: [] }));
	}
	/** The segment just before `level` that holds a tensor; lanes carry it there. */
	const carry = (source: Draft, level: number): Draft => {
		let at = source;
		while (at.level < level - 1) {
			if (at.lane === null) {
				const lane = addSegment({
					level: at.level + 1,
					kind: 'lane',
					node: source.node,
					tensor: source.tensor,
					channels: source.channels,
					bundles: eachByItself(at)
				});
				at.lane = lane.index;
			}
			at = segments[at.lane]!;
		}
		return at;
	};
	for (const node of net.nodes) {
		const sources = node.inputs.map((tensor) => writtenBy.get(tensor)!);
		if (passesChannels(node)) {
			writtenBy.set(node.outputs[0]!, sources[0]!);
			continue;
		}
		const level = 1 + Math.max(...sources.map((source) => source.level));
		const carried = sources.map((source) => carry(source, level));
		for (const tensor of node.outputs) {
			reads += tensor.shape[2] * sources.length;
			if (reads > MAX_READS) throw tooLarge();
			const bundles = bundlesOf(node, tensor, carried);
			const channels = tensor.shape[2];
			writtenBy.set(tensor, addSegment({ level, kind: 'layer', node, tensor, channels, bundles }));
		}
	}
	for (const { index, bundles } of segments) {
		for (const from of new Set(bundles.flatMap(({ reads }) => reads.map(({ segment }) => segment))))
			(segments[from]!.readers as number[]).push(index);
	}
	return { segments, levels: levelsOf(segments) };
}

/** Index of the segment that a lane carries on; of any other, itself. */
export function carriedBy({ segments }: FlowPlan, index: number): number {
	const { kind, tensor } = segments[index]!;
	return kind === 'lane'
		? segments.findIndex((other) => other.tensor === tensor && other.kind !== 'lane')
		: index;
}

function tooLarge(): GraphError {
	return new GraphError('flowTooLarge', 'the channels flow in too many ways to be drawn');
}

function levelsOf(segments: readonly FlowSegment[]): number[][] {
	const levels: number[][] = [];
	for (const { level, index } of segments) (levels[level] ??= []).push(index);
	return levels.map((level) => level.toSorted((a, b) => rank(segments[a]!) - rank(segments[b]!) || a - b));
}

function rank({ kind }: FlowSegment): number {
	return kind === 'lane' ? 1 : 0;
}

/** Whether each channel is computed from its own alone. */
function passesChannels({ operator, inputs }: ResolvedNode): boolean {
	return inputs.length === 1 && operator.traits.channels === 'own';
}

function bundlesOf(
	{ operator, geometry }: ResolvedNode,
	{ output, shape }: GraphTensor,
	sources: readonly Draft[]
): FlowBundle[] {
	const bundles: Mutable<FlowBundle>[] = [];
	for (let channel = 0; channel < shape[2]; channel++) {
		const reads = operator
			.channelsRead(geometry, { tensor: output, channel })
			.map(({ tensor, start, count }) => ({ segment: sources[tensor]!.index, start, count }));
		const last = bundles.at(-1);
		if (last && !last.parallel && sameReads(last.reads, reads)) last.count++;
		else if (last && (last.parallel || last.count === 1) && isNext(last, reads)) {
			last.count++;
			last.parallel = true;
			last.reads = last.reads.map((range) => ({ ...range, count: last.count }));
		} else bundles.push({ start: channel, count: 1, reads, parallel: false });
	}
	return bundles;
}

function sameReads(a: readonly FlowRange[], b: readonly FlowRange[]): boolean {
	return (
		a.length === b.length &&
		a.every(({ segment, start, count }, i) => {
			const other = b[i]!;
			return segment === other.segment && start === other.start && count === other.count;
		})
	);
}

/** Whether these are the single channels after those that a parallel bundle, or one channel, reads. */
function isNext({ reads: before, count: length }: FlowBundle, reads: readonly FlowRange[]): boolean {
	return (
		before.length === reads.length &&
		reads.every(({ segment, start, count }, i) => {
			const other = before[i]!;
			return (
				count === 1 && other.count === length && segment === other.segment && start === other.start + length
			);
		})
	);
}

function eachByItself({ index, channels }: FlowSegment): FlowBundle[] {
	return [
		{ start: 0, count: channels, reads: [{ segment: index, start: 0, count: channels }], parallel: true }
	];
}
