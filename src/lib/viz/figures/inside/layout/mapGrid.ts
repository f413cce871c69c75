/** Tiles in rows, as many as fit beside each other: where the maps of a layer lie. */
export interface MapGrid {
	readonly count: number;
	readonly columns: number;
	readonly rows: number;
	/** Width and height of a tile. */
	readonly width: number;
	readonly height: number;
	readonly gap: number;
	/** Of all tiles together. */
	readonly totalWidth: number;
	readonly totalHeight: number;
}

/** How large maps are drawn, in steps that a reader chooses from: the longer side of a tile in CSS pixels. */
export const mapSizes = [32, 48, 64, 96, 144, 224] as const;

/** A map of one value needs no more room than is good to point at. */
const single = 0.4;

interface Options {
	readonly count: number;
	/** Height and width of a map in values. */
	readonly shape: readonly [height: number, width: number];
	/** Longer side of a tile. */
	readonly size: number;
	/** Width that there is. */
	readonly room: number;
}

/** Lays maps out; at least one a row, shrunk where the room is less. */
export function layoutMapGrid({ count, shape: [h, w], size, room }: Options): MapGrid {
	const longest = Math.max(h, w, 1);
	const side = Math.max(8, Math.min(room, longest === 1 ? Math.round(size * single) : size));
	const width = Math.max(1, Math.round((side * w) / longest));
	const height = Math.max(1, Math.round((side * h) / longest));
	const gap = side <= 32 ? 2 : 4;
	const columns = Math.max(1, Math.min(count, Math.floor((room + gap) / (width + gap))));
	const rows = Math.ceil(count / columns);
	return {
		count,
		columns,
		rows,
		width,
		height,
		gap,
		totalWidth: columns * (width + gap) - gap,
		totalHeight: Math.max(0, rows * (height + gap) - gap)
	};
}

/** Top left corner of a tile. */
export function tileCorner(grid: MapGrid, position: number): { readonly x: number; readonly y: number } {
	return {
		x: (position % grid.columns) * (grid.width + grid.gap),
		y: Math.floor(position / grid.columns) * (grid.height + grid.gap)
	};
}

/** The tile at a point, `null` in a gap or beyond the last. */
export function tileAt(grid: MapGrid, x: number, y: number): number | null {
	const column = Math.floor(x / (grid.width + grid.gap));
	const row = Math.floor(y / (grid.height + grid.gap));
	if (column < 0 || column >= grid.columns || row < 0) return null;
	if (x - column * (grid.width + grid.gap) >= grid.width) return null;
	if (y - row * (grid.height + grid.gap) >= grid.height) return null;
	const position = row * grid.columns + column;
	return position < grid.count ? position : null;
}

/** First and beyond the last tile that a stretch of the height shows. */
export function tilesBetween(
	grid: MapGrid,
	top: number,
	bottom: number
): readonly [from: number, to: number] {
	const pitch = grid.height + grid.gap;
	const from = Math.max(0, Math.floor(top / pitch)) * grid.columns;
	const to = Math.ceil(bottom / pitch) * grid.columns;
	return [Math.min(from, grid.count), Math.max(0, Math.min(to, grid.count))];
}

/** Where a key leads from a tile; `null` for keys without a meaning here. */
export function tileByKey(grid: MapGrid, position: number, key: string): number | null {
	const page = 4 * grid.columns;
	const steps: Readonly<Record<string, number>> = {
		ArrowLeft: -1,
		ArrowRight: 1,
		ArrowUp: -grid.columns,
		ArrowDown: grid.columns,
		PageUp: -page,
		PageDown: page,
		Home: -Infinity,
		End: Infinity
	};
	const step = steps[key];
	if (step === undefined) return null;
	const last = grid.count - 1;
	// A step up or down keeps to its column.
	if (Math.abs(step) === grid.columns && (position + step < 0 || position + step > last)) return position;
	return Math.max(0, Math.min(last, position + step));
}
