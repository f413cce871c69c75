import type { FlowBox, FlowLayout, FlowShape } from './flow';
import { bandPath } from '../../plot/links';
import type { FlowPlan, FlowRange } from './plan';
import type { FlowDependency } from './dependency';
import { markedRuns, readsOf, type FlowMask } from './trace';

/** Most single lines that are drawn into a segment; beyond, those that keep together become a band. */
export const MAX_LINES = 128;
const LINE = 1.3;

/** Links into a segment: bands from what a bundle reads to the bundle, in the colour of what flows through. */
export function layoutLinks(
	layout: FlowLayout,
	plan: FlowPlan,
	dependency: FlowDependency,
	segment: number,
	mask?: FlowMask
): FlowShape[] {
	const ties = tiesInto(plan, segment, mask);
	const lines = ties.reduce((sum, { from, to, parallel }) => sum + from.count * (parallel ? 1 : to.count), 0);
	const split = lines <= MAX_LINES ? eachPair : (tie: Tie) => inOneColour(tie, dependency);
	const paths = new Map<number | null, string[]>();
	for (const { from, to } of ties.flatMap(split)) {
		const group = dependency.onlyClass(from);
		const parts = paths.get(group) ?? [];
		parts.push(pathOf(layout, from, to));
		paths.set(group, parts);
	}
	return [...paths].map(([group, parts]) => ({ group, strength: 1, path: parts.join('') }));
}

/** Channels that read channels: all of them all, or, where parallel, the first the first and so on. */
interface Tie {
	readonly from: FlowRange;
	readonly to: FlowRange;
	readonly parallel: boolean;
}

/** What a segment reads; with a mask only what is marked at both ends. */
function tiesInto({ segments }: FlowPlan, segment: number, mask?: FlowMask): Tie[] {
	return segments[segment]!.bundles.flatMap((bundle) =>
		markedRuns(mask?.[segment], bundle).flatMap((run) =>
			readsOf(bundle, run).flatMap((read) =>
				markedRuns(mask?.[read.segment], read).map((from) => ({
					from: { segment: read.segment, ...from },
					to: bundle.parallel
						? { segment, start: run.start + from.start - read.start, count: from.count }
						: { segment, ...run },
					parallel: bundle.parallel
				}))
			)
		)
	);
}

function eachPair({ from, to, parallel }: Tie): Tie[] {
	const single = (i: number, k: number): Tie => ({
		from: { segment: from.segment, start: from.start + i, count: 1 },
		to: { segment: to.segment, start: to.start + k, count: 1 },
		parallel
	});
	if (parallel) return Array.from({ length: from.count }, (_, i) => single(i, i));
	return Array.from({ length: from.count * to.count }, (_, i) =>
		single(i % from.count, Math.floor(i / from.count))
	);
}

/** Parts of a parallel tie that carry one class each; others stay whole. */
function inOneColour(tie: Tie, dependency: FlowDependency): Tie[] {
	if (!tie.parallel) return [tie];
	const { from, to } = tie;
	const groupAt = (i: number) =>
		dependency.onlyClass({ segment: from.segment, start: from.start + i, count: 1 });
	const parts: Tie[] = [];
	for (let first = 0, i = 1; first < from.count; i++) {
		if (i < from.count && groupAt(i) === groupAt(first)) continue;
		const count = i - first;
		parts.push({
			from: { segment: from.segment, start: from.start + first, count },
			to: { segment: to.segment, start: to.start + first, count },
			parallel: true
		});
		first = i;
	}
	return parts;
}

function pathOf({ metrics, boxes }: FlowLayout, from: FlowRange, to: FlowRange): string {
	const [a, b] = [boxes[from.segment]!, boxes[to.segment]!];
	const way = metrics.horizontal ? 'row' : 'column';
	return bandPath([a.along + a.thickness, ...edgesOf(a, from)], [b.along, ...edgesOf(b, to)], way, 2);
}

/** Edges of a run across the flow; a single channel gives a line in its middle. */
function edgesOf({ start, cell }: FlowBox, run: FlowRange): readonly [number, number] {
	const from = start + run.start * cell;
	if (run.count > 1) return [from, from + run.count * cell];
	const middle = from + cell / 2;
	const half = Math.min(LINE, 0.7 * cell) / 2;
	return [middle - half, middle + half];
}
