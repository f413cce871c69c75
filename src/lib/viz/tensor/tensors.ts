/** A rectangle in CSS pixels. */
export interface Box {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** One channel's grid of cells. `x` and `y` are of its cell `[0, 0]`; `outer` takes in its header and the ghost cells around. */
export interface Plane {
	readonly x: number;
	readonly y: number;
	readonly rows: number;
	readonly columns: number;
	readonly outer: Box;
}

/** Rows and columns of ghost cells around a plane: padding, or what a transposed convolution crops. */
export interface Margin {
	readonly top: number;
	readonly bottom: number;
	readonly left: number;
	readonly right: number;
}

/** What is to be laid out, in the order in which data flows: an activation, or what computes the next one from it. */
export type Part = PartShape & {
	/** Width of its title. */
	readonly title: number;
};

/** How many rows, columns and channels a part has, and of what. */
export type PartShape =
	| {
			readonly kind: 'tensor';
			readonly rows: number;
			readonly columns: number;
			readonly channels: number;
			readonly margin: Margin;
			/** The longest number in it, in characters. */
			readonly chars: number;
	  }
	| {
			readonly kind: 'filters';
			readonly rows: number;
			readonly columns: number;
			readonly filters: number;
			/** Planes of one filter. */
			readonly planes: number;
			readonly bias: boolean;
			readonly chars: number;
	  }
	| { readonly kind: 'shuffle'; readonly channels: number; readonly groups: number };

/** Where a filter is: its planes and its bias, a plane of one cell. */
export interface FilterPosition {
	readonly planes: readonly Plane[];
	readonly bias: Plane | null;
	readonly outer: Box;
}

export interface PlacedPart {
	readonly part: Part;
	/** With its title. */
	readonly outer: Box;
	/** Where the two lines of its title begin, and the box that they take. */
	readonly title: { readonly x: number; readonly y: number; readonly box: Box };
	/** Font size of numbers in its cells; `null` where they would be under 11 px. */
	readonly font: number | null;
	/** Of a tensor. */
	readonly planes: readonly Plane[];
	/** Of filters. */
	readonly filters: readonly FilterPosition[];
}

export interface BenchLayout {
	/** `row`: data runs left to right; `column`: top to bottom. */
	readonly direction: 'row' | 'column';
	readonly cell: number;
	/** Height of a plane's header: a strip of colours and, where there is room, its name above. */
	readonly header: number;
	readonly width: number;
	readonly height: number;
	readonly parts: readonly PlacedPart[];
}

/** The room that a figure has, in CSS pixels. Below `narrow`, data runs top to bottom. */
export interface Room {
	readonly width: number;
	/** What it should not be higher than, where that can be had with cells of a readable size. */
	readonly height: number;
	/** Cells are at least this large, and the figure may outgrow its room. */
	readonly minCell?: number;
	/** Cells are at most this large: 44 where nothing is said. */
	readonly maxCell?: number;
}

/** Numbers are never drawn smaller. */
export const minFont = 11;
/** Width of a digit of the monospaced font, over its size. */
const digitWidth = 0.6;
const narrow = 720;
const largestCell = 44;
const smallestCell = 4;
/** Numbers of one or two digits can be read in it. */
const readableCell = 18;
/** Of the two lines over a part. */
export const titleHeight = 44;
const minPartWidth = 92;
/** Room for links at the far edge of a figure, across the way. */
export const laneRoom = 10;

/** Lays the parts out with the largest cells that fit the room, and if none do, with the smallest that are allowed. */
export function layoutBench(parts: readonly Part[], room: Room): BenchLayout {
	const direction = room.width < narrow ? 'column' : 'row';
	const smallest = Math.max(smallestCell, room.minCell ?? 0);
	const fits = ({ width, height }: BenchLayout) => width <= room.width && height <= room.height;
	const inOneLine = (layout: BenchLayout) => layout.parts.every(({ planes }) => isOneLine(planes, direction));
	let largest: BenchLayout | null = null;
	for (let cell = room.maxCell ?? largestCell; cell > smallest; cell--) {
		const layout = arrange(parts, room, cell, direction);
		if (!fits(layout)) continue;
		largest ??= layout;
		// Channels in one line are worth smaller cells, as long as these can be read.
		if (cell < readableCell || cell < 0.5 * largest.cell) break;
		if (inOneLine(layout)) return layout;
	}
	if (largest) return largest;
	return arrange(parts, room, smallest, direction);
}

/** Whether no two planes are beside each other across the way that data runs. */
export function isOneLine(planes: readonly Plane[], direction: 'row' | 'column'): boolean {
	const positions = new Set(planes.map(({ outer }) => Math.round(direction === 'row' ? outer.y : outer.x)));
	return positions.size === planes.length;
}

/** Font size of numbers of so many characters in a cell; `null` where it would be too small. */
export function fontFor(cell: number, chars: number): number | null {
	const size = Math.min(
		Math.max(minFont, Math.min(Math.max(20, cell * 0.42), cell * 0.48)),
		cell * 0.62,
		(cell - 4) / (digitWidth * Math.max(1, chars))
	);
	return size >= minFont ? Math.round(size * 2) / 2 : null;
}

/** Main axis: the way that data runs. Cross axis: along it the channels of a tensor and the filters are lined up. */
export interface Extent {
	readonly main: number;
	readonly cross: number;
}

/** The size of one item of a part (a plane, a filter, the whole shuffle), and how many there are. */
export interface Slot {
	readonly extent: Extent;
	readonly count: number;
}

function arrange(parts: readonly Part[], room: Room, cell: number, direction: 'row' | 'column'): BenchLayout {
	const isRow = direction === 'row';
	const header = cell >= 15 ? 22 : 7;
	const gap = Math.max(Math.round(Math.max(4, Math.min(14, cell * 0.4))), bundleRoom(parts));
	const between = isRow ? Math.max(48, Math.min(92, cell * 2.4)) : 30;
	const crossRoom = (isRow ? room.height - titleHeight : room.width) - 2 - laneRoom;

	const extent = (width: number, height: number): Extent =>
		isRow ? { main: width, cross: height } : { main: height, cross: width };
	const slots = parts.map((part) => slotOf(part, cell, header, extent));
	const pitches = alignedPitches(slots, gap, crossRoom);

	let main = 0;
	let cross = 0;
	const flows = parts.map((part, i) => {
		const slot = slots[i]!;
		const pitchCross = pitches[i]!;
		const perLine = Math.max(1, Math.min(slot.count, Math.floor((crossRoom + gap) / (pitchCross + gap))));
		const lines = Math.ceil(slot.count / perLine);
		const evenly = Math.ceil(slot.count / lines);
		const fan =
			part.kind === 'tensor' && lines === 1 && slot.count > 1 ? Math.min(8, 40 / (slot.count - 1)) : 0;
		const usedMain = lines * (slot.extent.main + gap) - gap + fan * (slot.count - 1);
		const usedCross = evenly * (pitchCross + gap) - gap;
		cross = Math.max(cross, usedCross);
		return { slot, pitchCross, perLine: evenly, fan, usedMain, usedCross };
	});

	const placed = flows.map((flow, i): PlacedPart => {
		const part = parts[i]!;
		const { slot } = flow;
		// A title may stand out into the street behind its part, but leaves links a way.
		const overhang = between - 24;
		const mainSize = isRow
			? Math.max(flow.usedMain, minPartWidth, part.title - overhang)
			: flow.usedMain + titleHeight;
		const mainStart = main + (isRow ? (mainSize - flow.usedMain) / 2 : titleHeight);
		const crossStart = isRow ? titleHeight + (cross - flow.usedCross) / 2 : 0;
		const origins = Array.from({ length: slot.count }, (_, n) => {
			const line = Math.floor(n / flow.perLine);
			const position = n % flow.perLine;
			const atMain = mainStart + line * (slot.extent.main + gap) + position * flow.fan;
			const atCross =
				crossStart + position * (flow.pitchCross + gap) + (flow.pitchCross - slot.extent.cross) / 2;
			return isRow ? { x: atMain, y: atCross } : { x: atCross, y: atMain };
		});
		const outer: Box = isRow
			? { x: main, y: 0, width: mainSize, height: titleHeight + cross }
			: { x: 0, y: main, width: Math.max(flow.usedCross, minPartWidth), height: mainSize };
		const title = isRow
			? titleAt(
					Math.min(mainStart, main + mainSize + overhang - part.title),
					(part.kind === 'shuffle' ? 0 : crossStart - titleHeight) + 14,
					part
				)
			: titleAt(0, main + 16, part);
		main += mainSize + (i < parts.length - 1 ? between : 0);
		return { part, outer, title, ...placePart(part, origins, cell, header, isRow) };
	});

	const width = isRow ? main : Math.max(cross, minPartWidth, ...parts.map((part) => part.title)) + laneRoom;
	const height = isRow ? titleHeight + cross + laneRoom : main;
	return { direction, cell, header, width: width + 2, height: height + 2, parts: placed };
}

/** Room between filters in which links to as many planes can lie side by side. */
export function bundleRoom(parts: readonly Part[]): number {
	const planes = Math.max(...parts.map((part) => (part.kind === 'filters' ? part.planes : 1)));
	return planes > 1 ? Math.min(14, Math.round(4 + 1.2 * planes)) : 0;
}

/** Where a title begins, and the box that its two lines take. */
export function titleAt(x: number, y: number, { title }: Part): PlacedPart['title'] {
	return { x, y, box: { x, y: y - 12, width: title, height: 34 } };
}

/** Width of two lines over a part, the first in bold, the second in the font of numbers: an estimate that is not too small. */
export function titleWidth(name: string, shape: string): number {
	const wide = /[\u2e80-\uffef]/;
	const widths = (text: string, usual: number, full: number) =>
		[...text].reduce((sum, letter) => sum + (wide.test(letter) ? full : usual), 0);
	return Math.ceil(Math.max(widths(name, 8.6, 15), widths(shape, 7.7, 13)));
}

/**
 * Distance of the items of each part. Neighbours with as many items share theirs where that fits, so that a filter stands
 * beside the channel that it makes, and a channel that is computed from one other beside it.
 */
function alignedPitches(slots: readonly Slot[], gap: number, room: number): number[] {
	const pitches = slots.map(({ extent }) => extent.cross);
	for (let start = 0; start < slots.length; start++) {
		const { count } = slots[start]!;
		let end = start + 1;
		while (end < slots.length && slots[end]!.count === count) end++;
		for (; end > start + 1; end--) {
			const pitch = Math.max(...slots.slice(start, end).map(({ extent }) => extent.cross));
			if (count * (pitch + gap) - gap > room) continue;
			pitches.fill(pitch, start, end);
			start = end - 1;
			break;
		}
	}
	return pitches;
}

const planeGap = (cell: number) => Math.max(2, Math.min(6, cell * 0.2));

/** The size of one item of a part, and how many there are; `extent` turns width and height into main and cross. */
export function slotOf(
	part: Part,
	cell: number,
	header: number,
	extent: (width: number, height: number) => Extent
): Slot {
	switch (part.kind) {
		case 'tensor': {
			const { margin } = part;
			const width = (part.columns + margin.left + margin.right) * cell;
			const height = (part.rows + margin.top + margin.bottom) * cell + header;
			return { extent: extent(width, height), count: part.channels };
		}
		case 'filters': {
			const one = extent(part.columns * cell, part.rows * cell + header);
			const bias = part.bias ? extent(cell, cell + header).main + planeGap(cell) * 2 : 0;
			return {
				extent: { main: part.planes * (one.main + planeGap(cell)) - planeGap(cell) + bias, cross: one.cross },
				count: part.filters
			};
		}
		case 'shuffle': {
			const across = Math.max(part.groups, part.channels / part.groups) * chipPitch;
			return { extent: { main: across, cross: part.channels * chipPitch }, count: 1 };
		}
	}
}

/** Distance of the chips that stand for channels while they are shuffled. */
export const chipPitch = 34;

/** The planes or filters of a part whose items begin at these places. */
export function placePart(
	part: Part,
	origins: readonly { readonly x: number; readonly y: number }[],
	cell: number,
	header: number,
	isRow: boolean
): Pick<PlacedPart, 'font' | 'planes' | 'filters'> {
	switch (part.kind) {
		case 'tensor': {
			const planes = origins.map(({ x, y }) =>
				plane(x, y, part.rows, part.columns, part.margin, cell, header)
			);
			return { font: fontFor(cell, part.chars), planes, filters: [] };
		}
		case 'filters': {
			const filters = origins.map((origin): FilterPosition => {
				let { x, y } = origin;
				const planes: Plane[] = [];
				for (let i = 0; i < part.planes; i++) {
					planes.push(plane(x, y, part.rows, part.columns, none, cell, header));
					if (isRow) x += part.columns * cell + planeGap(cell);
					else y += part.rows * cell + header + planeGap(cell);
				}
				const biasX = isRow ? x + planeGap(cell) : x + ((part.columns - 1) * cell) / 2;
				const biasY = isRow ? y + ((part.rows - 1) * cell) / 2 : y + planeGap(cell);
				const bias = part.bias ? plane(biasX, biasY, 1, 1, none, cell, header) : null;
				const all = bias ? [...planes, bias] : planes;
				return { planes, bias, outer: around(all.map(({ outer }) => outer)) };
			});
			return { font: fontFor(cell, part.chars), planes: [], filters };
		}
		default:
			return { font: null, planes: [], filters: [] };
	}
}

const none: Margin = { top: 0, bottom: 0, left: 0, right: 0 };

function plane(
	x: number,
	y: number,
	rows: number,
	columns: number,
	margin: Margin,
	cell: number,
	header: number
): Plane {
	const width = (columns + margin.left + margin.right) * cell;
	const height = (rows + margin.top + margin.bottom) * cell + header;
	return {
		x: x + margin.left * cell,
		y: y + header + margin.top * cell,
		rows,
		columns,
		outer: { x, y, width, height }
	};
}

/** The smallest box around several. */
export function around(boxes: readonly Box[]): Box {
	const x = Math.min(...boxes.map((box) => box.x));
	const y = Math.min(...boxes.map((box) => box.y));
	const right = Math.max(...boxes.map((box) => box.x + box.width));
	const bottom = Math.max(...boxes.map((box) => box.y + box.height));
	return { x, y, width: right - x, height: bottom - y };
}
