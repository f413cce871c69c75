import type { Plane } from './tensors';
import { cellBox } from './paths';

/** A plane with what is written in it. */
export interface DrawnPlane {
	readonly plane: Plane;
	valueAt(row: number, column: number): number;
	/** `I₀`, `W₂`; empty where its neighbour's says it already. */
	readonly label: string;
	/** The channels of the input whose colours it wears. */
	readonly dependency: readonly number[];
}

/** Path of every step of the value scale (from −8 on) over planes: all cells of that colour. Empty ones are left out. */
export function colourPaths(
	planes: readonly { readonly plane: Plane; readonly stepAt: (row: number, column: number) => number }[],
	cell: number
): readonly { readonly step: number; readonly path: string }[] {
	const paths = new Map<number, string>();
	for (const { plane, stepAt } of planes) {
		for (let row = 0; row < plane.rows; row++) {
			for (let column = 0; column < plane.columns; column++) {
				const { x, y } = cellBox(plane, cell, row, column);
				const step = stepAt(row, column);
				paths.set(step, `${paths.get(step) ?? ''}M${x.toFixed(1)} ${y.toFixed(1)}h${cell}v${cell}h${-cell}z`);
			}
		}
	}
	return [...paths].map(([step, path]) => ({ step, path })).sort((a, b) => a.step - b.step);
}
