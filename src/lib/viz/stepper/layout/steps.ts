import {
	type Box,
	bundleRoom,
	type Extent,
	laneRoom,
	placePart,
	type Part,
	type PlacedPart,
	type Room,
	slotOf,
	titleAt,
	titleHeight
} from '../../tensor/tensors';

/** Parts in the order of data: what stands in one column is side by side, like the two expands of a fire module. */
export type StepColumns = readonly (readonly Part[])[];

export interface StepsLayout {
	/** `row`: data runs left to right; `column`: top to bottom. */
	readonly direction: 'row' | 'column';
	readonly cell: number;
	readonly header: number;
	readonly width: number;
	readonly height: number;
	/** Column by column. */
	readonly parts: readonly PlacedPart[];
}

const narrow = 720;
const largestCell = 40;
const minPartWidth = 96;

/** Lays columns of parts out with the largest cells that fit the room, or with the smallest that are allowed. */
export function layoutSteps(columns: StepColumns, room: Room & { readonly minCell: number }): StepsLayout {
	const direction = room.width < narrow ? 'column' : 'row';
	for (let cell = largestCell; cell > room.minCell; cell--) {
		const layout = arrange(columns, cell, direction);
		const isLow = direction === 'column' || layout.height <= room.height;
		if (layout.width <= room.width && isLow) return layout;
	}
	return arrange(columns, room.minCell, direction);
}

function arrange(columns: StepColumns, cell: number, direction: 'row' | 'column'): StepsLayout {
	const isRow = direction === 'row';
	const header = cell >= 15 ? 22 : 7;
	const gap = Math.max(Math.round(Math.max(4, Math.min(12, cell * 0.35))), bundleRoom(columns.flat()));
	const between = isRow ? Math.max(34, Math.min(76, cell * 1.8)) : 26;
	/** Between parts of one column; on wide screens the lower one's title stands in it. */
	const apart = isRow ? titleHeight + 8 : 18;
	const extent = (width: number, height: number): Extent =>
		isRow ? { main: width, cross: height } : { main: height, cross: width };

	const slots = columns.map((parts) => parts.map((part) => slotOf(part, cell, header, extent)));
	const totals = slots.map((column) => column.reduce((sum, { count }) => sum + count, 0));
	/** Columns of as many items share their distance, so that a filter stands beside the channel that it makes. */
	const pitches = totals.map((total) =>
		Math.max(
			...slots.flatMap((column, i) => (totals[i] === total ? column.map((slot) => slot.extent.cross) : []))
		)
	);
	const lengths = slots.map((column, i) =>
		column.map(({ count }, j) =>
			Math.max(count * (pitches[i]! + gap) - gap, isRow ? 0 : Math.max(minPartWidth, columns[i]![j]!.title))
		)
	);
	const used = lengths.map((column) => column.reduce((sum, length) => sum + length + apart, -apart));
	const cross = Math.max(...used);

	let main = 0;
	const placed: PlacedPart[] = [];
	for (const [i, parts] of columns.entries()) {
		const overhang = between - 20;
		const mainSize = Math.max(
			...slots[i]!.map(({ extent: { main: size } }) => size),
			...(isRow ? parts.map(({ title }) => title - overhang) : [])
		);
		let at = (isRow ? titleHeight : 0) + (isRow ? (cross - used[i]!) / 2 : 0);
		for (const [j, part] of parts.entries()) {
			const slot = slots[i]![j]!;
			const mainStart = main + (isRow ? (mainSize - slot.extent.main) / 2 : titleHeight);
			const origins = Array.from({ length: slot.count }, (_, n) => {
				const item = at + n * (pitches[i]! + gap) + (isRow ? (pitches[i]! - slot.extent.cross) / 2 : 0);
				return isRow ? { x: mainStart, y: item } : { x: item, y: mainStart };
			});
			const outer: Box = isRow
				? { x: main, y: at - titleHeight, width: mainSize, height: lengths[i]![j]! + titleHeight }
				: { x: at, y: main, width: lengths[i]![j]!, height: mainSize + titleHeight };
			const title = isRow ? titleAt(main, at - titleHeight + 14, part) : titleAt(at, main + 16, part);
			placed.push({ part, outer, title, ...placePart(part, origins, cell, header, isRow) });
			at += lengths[i]![j]! + apart;
		}
		main += (isRow ? Math.max(mainSize, minPartWidth) : mainSize + titleHeight) + between;
	}
	const length = main - between;
	return {
		direction,
		cell,
		header,
		width: (isRow ? length : cross + laneRoom) + 2,
		height: (isRow ? cross + titleHeight + laneRoom : length) + 2,
		parts: placed
	};
}
