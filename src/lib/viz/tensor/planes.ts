import type { Plane } from './tensors';
import { cellBox } from './paths';
import { isStrongStep } from './values';

/** A plane with what is written in it. */
export interface DrawnPlane {
	readonly plane: Plane;
	valueAt(row: number, column: number): number;
	/** `I₀`, `W₂`; empty where its neighbour's says it already. */
	readonly label: string;
	/** The channels of the input whose colours it wears, and how many there are. */
	readonly dependency: readonly number[];
	readonly channels: number;
}

/** Path of every magnitude of the value scale over planes: all cells of that colour. Empty ones are left out. */
export function colourPaths(
	planes: readonly { readonly plane: Plane; readonly stepAt: (row: number, column: number) => number }[],
	cell: number
): readonly { readonly step: number; readonly path: string }[] {
	const paths = new Map<number, string>();
	for (const { plane, stepAt } of planes) {
		for (let row = 0; row < plane.rows; row++) {
			for (let column = 0; column < plane.columns; column++) {
				const { x, y } = cellBox(plane, cell, row, column);
				const step = Math.abs(stepAt(row, column));
				paths.set(step, `${paths.get(step) ?? ''}M${x.toFixed(1)} ${y.toFixed(1)}h${cell}v${cell}h${-cell}z`);
			}
		}
	}
	return [...paths].map(([step, path]) => ({ step, path })).sort((a, b) => a.step - b.step);
}

/** A minus on each negative cell, for cells without numbers: on what is written on in one colour, and in the other. */
export function minusPaths(
	planes: readonly { readonly plane: Plane; readonly stepAt: (row: number, column: number) => number }[],
	cell: number
): { readonly weak: string; readonly strong: string } {
	const paths = { weak: '', strong: '' };
	for (const { plane, stepAt } of planes) {
		for (let row = 0; row < plane.rows; row++) {
			for (let column = 0; column < plane.columns; column++) {
				const step = stepAt(row, column);
				if (step >= 0) continue;
				const { x, y } = cellBox(plane, cell, row, column);
				paths[isStrongStep(step) ? 'strong' : 'weak'] +=
					`M${(x + cell / 4).toFixed(1)} ${(y + cell / 2).toFixed(1)}h${(cell / 2).toFixed(1)}`;
			}
		}
	}
	return paths;
}
