import type { FlowMetrics } from './flow';

/** Path of a rectangle between two corners, along and across the flow. */
export function rectPath(
	metrics: FlowMetrics,
	along0: number,
	across0: number,
	along1: number,
	across1: number
): string {
	const at = (along: number, across: number) => pointText(metrics, along, across);
	return `M${at(along0, across0)}L${at(along1, across0)}L${at(along1, across1)}L${at(along0, across1)}Z`;
}

/** A point along and across the flow as x and y. */
function pointText({ horizontal }: FlowMetrics, along: number, across: number): string {
	return horizontal ? `${round(along)},${round(across)}` : `${round(across)},${round(along)}`;
}

function round(px: number): number {
	return Math.round(px * 100) / 100;
}
