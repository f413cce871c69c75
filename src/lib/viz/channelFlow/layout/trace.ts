import type { FlowBundle, FlowPlan, FlowRange } from './plan';

/** For each segment of a plan, which of its channels are meant: 1 or 0 a channel. */
export type FlowMask = readonly Uint8Array[];

/** A channel of a plan. */
export interface FlowChannel {
	readonly segment: number;
	readonly channel: number;
}

/** Everything that a channel is computed from, and everything that is computed from it; itself in both. */
export function traceFlow(plan: FlowPlan, { segment, channel }: FlowChannel): FlowMask {
	const mask = plan.segments.map(({ channels }) => new Uint8Array(channels));
	const own = plan.segments[segment];
	if (!own || channel < 0 || channel >= own.channels)
		throw new RangeError(`there is no channel ${channel} in segment ${segment}`);
	mask[segment]![channel] = 1;
	for (const index of plan.levels
		.slice(0, own.level + 1)
		.toReversed()
		.flat())
		markAncestors(plan, mask, index);
	for (const index of plan.levels.slice(own.level + 1).flat()) markReached(plan, mask, index);
	return mask;
}

function markAncestors({ segments }: FlowPlan, mask: FlowMask, index: number): void {
	for (const bundle of segments[index]!.bundles) {
		for (const run of markedRuns(mask[index], bundle)) {
			for (const { segment, start, count } of readsOf(bundle, run))
				mask[segment]!.fill(1, start, start + count);
		}
	}
}

function markReached({ segments }: FlowPlan, mask: FlowMask, index: number): void {
	for (const { start, count, reads, parallel } of segments[index]!.bundles) {
		for (const read of reads) {
			for (const run of markedRuns(mask[read.segment], read)) {
				if (!parallel) mask[index]!.fill(1, start, start + count);
				else {
					const first = start + run.start - read.start;
					mask[index]!.fill(1, first, first + run.count);
				}
			}
		}
	}
}

/** What some channels of a bundle read. */
export function readsOf({ start, reads, parallel }: FlowBundle, run: Run): readonly FlowRange[] {
	if (!parallel) return reads;
	return reads.map((read) => ({ ...read, start: read.start + run.start - start, count: run.count }));
}

/** A run of channels. */
export type Run = Pick<FlowRange, 'start' | 'count'>;

/** Runs of marked channels within a run of channels. */
export function markedRuns(marks: Uint8Array | undefined, { start, count }: Run): Run[] {
	if (!marks) return [{ start, count }];
	const runs: { start: number; count: number }[] = [];
	for (let channel = start; channel < start + count; channel++) {
		if (marks[channel] === 0) continue;
		const last = runs.at(-1);
		if (last && last.start + last.count === channel) last.count++;
		else runs.push({ start: channel, count: 1 });
	}
	return runs;
}
