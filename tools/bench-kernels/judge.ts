import { sum } from 'd3-array';
import type { WinogradRow } from './winograd';

/** How well the engine's rule chooses: what all layers take by it, and by the faster way of each, over the direct one. */
export function judge(rows: readonly WinogradRow[]) {
	const total = (of: (row: WinogradRow) => number) =>
		sum(rows, (row) => of(row) / row.directBest) / rows.length;
	return {
		rows,
		byRule: total(({ isChosen, directBest, winogradBest }) => (isChosen ? winogradBest : directBest)),
		byFaster: total(({ directBest, winogradBest }) => Math.min(directBest, winogradBest)),
		/** Where the other way would have been faster. */
		missed: rows
			.filter(({ isChosen, directBest, winogradBest }) => isChosen !== winogradBest < directBest)
			.map(({ layer, directBest, winogradBest }) => ({ layer, ratio: winogradBest / directBest }))
	};
}
