import { channelFlow, channelDependency } from '../analyses/channelFlow';
import { buildBlock, type BlockSize } from './build';
import { withoutStride } from './stride';
import type { BlockSpec } from './spec';

/** How channels meet in a block, and in several of them one after the other. */
export interface BlockMixing {
	/** Channels of its input. */
	readonly total: number;
	/** Fewest and most of them that an output channel of one block has seen. */
	readonly seen: readonly [fewest: number, most: number];
	/** Blocks after which every channel has seen all; `null` where more of them change nothing. */
	readonly blocks: number | null;
	/** Sets of the input's channels that never meet, however many blocks follow; 1 where all can. */
	readonly apart: number;
}

/** Blocks that are looked through at most: what has not spread in as many does so slowly, as windows of a fixed split do. */
const DEEPEST = 8;

/**
 * Follows the channels through one block, and through more of them until all have met or nothing is added.
 * @throws {BlockError} or {GraphError} where the block cannot be built.
 */
export function blockMixing(spec: BlockSpec, size: BlockSize): BlockMixing {
	const total = size.inChannels;
	let seen: readonly [number, number] = [0, 0];
	let before = -1;
	for (let copies = 1; ; copies++) {
		// Where a channel is does not matter to what it has seen, nor does the size that strides take away.
		const { net } = buildBlock('', withoutStride(spec), { ...size, size: 1 }, { copies, projects: true });
		const flow = channelFlow(net);
		const rowOf = flow.rowOf[net.output.index]!;
		const counts = Array.from(rowOf, (row) => flow.counts[row]!);
		const fewest = Math.min(...counts);
		if (copies === 1) seen = [fewest, Math.max(...counts)];
		if (fewest === total) return { total, seen, blocks: copies, apart: 1 };
		const sum = counts.reduce((so, count) => so + count, 0);
		if ((sum === before && copies > 2) || copies === DEEPEST) {
			const channels = [...new Set(rowOf)].map((row) => rowOf.indexOf(row));
			const sets = channels.map((channel) => channelDependency(flow, net.output, channel));
			return { total, seen, blocks: null, apart: countApart(total, sets) };
		}
		before = sum;
	}
}

/** Number of sets into which the channels fall when those that are seen together belong together. */
function countApart(total: number, sets: readonly (readonly number[])[]): number {
	const parent = Array.from({ length: total }, (_, i) => i);
	const root = (i: number): number => {
		while (parent[i] !== i) i = parent[i] = parent[parent[i]!]!;
		return i;
	};
	for (const [first, ...rest] of sets) {
		if (first !== undefined) for (const other of rest) parent[root(other)] = root(first);
	}
	return new Set(parent.map((_, i) => root(i))).size;
}
