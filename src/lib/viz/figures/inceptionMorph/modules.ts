import { graphCost } from '$lib/nets/analyses/cost';
import { GraphBuilder, type Ref } from '$lib/nets/builder';
import { resolveGraph } from '$lib/nets/resolve';
import type { Graph } from '$lib/nets/types';
import { channels, type MorphStage } from './knobs';

/** Height and width of the input. */
const side = 16;

/** What a tower has around its 1×1 convolution. */
export interface Tower {
	/** Channels of its 1×1 convolution and of what follows. */
	readonly size: number;
	/** Whether an average pool stands before the 1×1. */
	readonly pool: boolean;
	/** 3×3 convolutions after it. */
	readonly windows: number;
}

/** The towers of the Inception module (Xception paper, figure 1). */
const inception: readonly Tower[] = [
	{ size: channels / 4, pool: false, windows: 0 },
	{ size: channels / 4, pool: false, windows: 1 },
	{ size: channels / 4, pool: false, windows: 2 },
	{ size: channels / 4, pool: true, windows: 0 }
];

/** Sizes of as many segments as nearly equal as can be, the larger ones first. */
export function segmentSizes(count: number): number[] {
	const rest = channels % count;
	return Array.from({ length: count }, (_, i) => Math.floor(channels / count) + (i < rest ? 1 : 0));
}

/** The towers, or segments, of a stage. */
export function towersOf(stage: MorphStage, segments: number): readonly Tower[] {
	if (stage === 'inception') return inception;
	const count = stage === 'extreme' ? channels : segments;
	return segmentSizes(count).map((size) => ({ size, pool: false, windows: 1 }));
}

/** The graph of a stage. From `segments` on there is one 1×1 convolution, whose output is split. */
export function morphGraph(stage: MorphStage, segments: number): Graph {
	const net = new GraphBuilder(stage, [side, side, channels]);
	const towers = towersOf(stage, segments);
	const conv = (id: string, x: Ref, outChannels: number, kernelSize: 1 | 3) =>
		net.conv2d(id, x, { outChannels, kernelSize, padding: (kernelSize - 1) / 2, bias: false });
	const windows = (tower: Tower, i: number, from: Ref) =>
		Array.from({ length: tower.windows }).reduce<Ref>(
			(x, _, n) => conv(`window${i}_${n}`, x, tower.size, 3),
			from
		);
	const isOne = stage === 'segments' || stage === 'extreme';
	const tops = isOne
		? segmentsOf(net, towers, conv)
		: towers.map((tower, i) => towerTop(net, tower, i, conv));
	const ends = towers.map((tower, i) => windows(tower, i, tops[i]!));
	return net.build(ends.length === 1 ? ends[0]! : net.concat('concat', ends));
}

type Conv = (id: string, x: Ref, outChannels: number, kernelSize: 1 | 3) => Ref;

function towerTop(net: GraphBuilder, tower: Tower, i: number, conv: Conv): Ref {
	const x = tower.pool ? net.avgPool('pool', net.input, { kernelSize: 3, stride: 1, padding: 1 }) : net.input;
	return conv(`pointwise${i}`, x, tower.size, 1);
}

function segmentsOf(net: GraphBuilder, towers: readonly Tower[], conv: Conv): Ref[] {
	const wide = conv('pointwise', net.input, channels, 1);
	if (towers.length === 1) return [wide];
	net.op('split', 'split', wide, { sizes: towers.map(({ size }) => size) });
	return towers.map((_, i) => `split:${i}`);
}

/** Parameters and MACs of a stage: of its 1×1 convolutions, of its 3×3 ones, and of both. */
export interface MorphCost {
	readonly params: Counted;
	readonly macs: Counted;
}
interface Counted {
	readonly pointwise: number;
	readonly windows: number;
	readonly total: number;
}

/** Counts a stage on its graph. */
export function morphCost(stage: MorphStage, segments: number): MorphCost {
	const resolved = resolveGraph(morphGraph(stage, segments));
	const { total, nodes } = graphCost(resolved);
	const sum = (prefix: string, of: (cost: typeof total) => number) =>
		resolved.nodes.reduce((all, { id }, i) => all + (id.startsWith(prefix) ? of(nodes[i]!) : 0), 0);
	const counted = (of: (cost: typeof total) => number): Counted => ({
		pointwise: sum('pointwise', of),
		windows: sum('window', of),
		total: of(total)
	});
	return { params: counted(({ params }) => params.trainable), macs: counted(({ macs }) => macs) };
}
