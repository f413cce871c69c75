import type { Box, Margin, Plane } from './tensors';

const round = (n: number) => Math.round(n * 100) / 100;

/** A path around one rectangle. */
export function rectangle(x: number, y: number, width: number, height: number): string {
	return `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`;
}

/** A path around a box, `by` pixels outside. */
export function outline({ x, y, width, height }: Box, by = 0): string {
	return rectangle(x - by, y - by, width + 2 * by, height + 2 * by);
}

/** The cell of a plane. */
export function cellBox(plane: Plane, cell: number, row: number, column: number): Box {
	return { x: plane.x + column * cell, y: plane.y + row * cell, width: cell, height: cell };
}

/** A triangle in the upper left corner of a cell, small enough to leave its number alone. */
export function cornerPath(plane: Plane, cell: number, row: number, column: number): string {
	const { x, y } = cellBox(plane, cell, row, column);
	const side = round(Math.max(2, Math.min(9, cell * 0.24)));
	return `M${round(x)} ${round(y)}h${side}l${-side} ${side}z`;
}

/** The ghost cells around a plane, a square each. */
export function ghostPath(plane: Plane, cell: number, margin: Margin): string {
	let path = '';
	for (let row = -margin.top; row < plane.rows + margin.bottom; row++) {
		for (let column = -margin.left; column < plane.columns + margin.right; column++) {
			const isInside = row >= 0 && row < plane.rows && column >= 0 && column < plane.columns;
			if (!isInside) path += outline(cellBox(plane, cell, row, column));
		}
	}
	return path;
}

/** What hides the cells of a plane from the `done`-th on, in the order of rows: at most two rectangles. */
export function maskPath({ x, y, rows, columns }: Plane, cell: number, done: number): string {
	if (done >= rows * columns) return '';
	const row = Math.floor(Math.max(0, done) / columns);
	const column = Math.max(0, done) % columns;
	const below = column === 0 ? row : row + 1;
	const rest =
		column === 0 ? '' : rectangle(x + column * cell, y + row * cell, (columns - column) * cell, cell);
	return below < rows ? rest + rectangle(x, y + below * cell, columns * cell, (rows - below) * cell) : rest;
}

/** The grid lines of a plane. */
export function gridPath({ x, y, rows, columns }: Plane, cell: number): string {
	let path = '';
	for (let row = 1; row < rows; row++)
		path += `M${round(x)} ${round(y + row * cell)}h${round(columns * cell)}`;
	for (let column = 1; column < columns; column++) {
		path += `M${round(x + column * cell)} ${round(y)}v${round(rows * cell)}`;
	}
	return path;
}

/** Lines between the corners of planes that follow each other, so that they are seen as one body. */
export function spinePath(planes: readonly Plane[], cell: number): string {
	let path = '';
	for (let i = 1; i < planes.length; i++) {
		const a = cellsBox(planes[i - 1]!, cell);
		const b = cellsBox(planes[i]!, cell);
		if (a.width !== b.width || a.height !== b.height) continue;
		const isBelow = b.y >= a.y + a.height && Math.abs(b.x - a.x) < 12;
		const isBeside = b.x >= a.x + a.width && Math.abs(b.y - a.y) < 12;
		if (isBelow) {
			path += line(a.x, a.y + a.height, b.x, b.y);
			path += line(a.x + a.width, a.y + a.height, b.x + b.width, b.y);
		} else if (isBeside) {
			path += line(a.x + a.width, a.y, b.x, b.y);
			path += line(a.x + a.width, a.y + a.height, b.x, b.y + b.height);
		}
	}
	return path;
}

function line(x1: number, y1: number, x2: number, y2: number): string {
	return `M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}`;
}

/** The box around the cells of a plane. */
export function cellsBox({ x, y, rows, columns }: Plane, cell: number): Box {
	return { x, y, width: columns * cell, height: rows * cell };
}
