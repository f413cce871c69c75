import { prepare, sheetOf } from '../../tensor/atlasSheet';
import { atlasCorner, paintAtlas, type Atlas, type ColourTable } from '../../tensor/mapAtlas';
import type { Box } from '../../tensor/tensors';
import { middleCut } from '../../words/middleCut';
import type { LayerMaps } from './layerMaps';
import { label, outlineOf, type Pile, type Room } from './layout/world';
import type { DrawnMap, DrawnStack, Picture } from './layout/zoom';
import { formatGrid } from './numbers';

/** Colours of lines and words, as the theme has them. */
export interface Inks {
	readonly ink: string;
	readonly quiet: string;
	readonly line: string;
	readonly accent: string;
	readonly empty: string;
	readonly edge: string;
	readonly values: ColourTable;
	readonly font: string;
	readonly mono: string;
}

/** What is drawn beside the picture itself. */
export interface Marks {
	/** What is pointed at. */
	readonly stack: number | null;
	readonly channel: number | null;
	readonly pixel: { readonly y: number; readonly x: number } | null;
	/** The channel that one is near to. */
	readonly near: number | null;
	/** What the network was shown, as the face of its input; `null` where that is no picture. */
	readonly photo: HTMLCanvasElement | null;
	/** What stands below each stack. */
	readonly names: readonly { readonly name: string; readonly size: string }[];
}

/** Maps of a tensor as they are painted. */
interface Sheet {
	readonly maps: LayerMaps;
	readonly isOwn: boolean;
	readonly values: ColourTable;
	readonly atlas: Atlas;
	readonly canvas: HTMLCanvasElement;
	/** The whole pile, drawn once. */
	pile: { readonly key: string; readonly canvas: HTMLCanvasElement } | null;
}

/** Pixels a side from which a value has room for its number, and from which a line parts it from the next. */
const numbered = 34;
const ruled = 13;

/** Pixels that the name of a stack may take: as the places of stacks leave room for. */
const nameRoom = label.width;

/** A name, cut in the middle where it is wider than its room. */
export function fittingText(
	pen: Pick<CanvasRenderingContext2D, 'measureText'>,
	text: string,
	room: number
): string {
	return middleCut(text, (short) => pen.measureText(short).width <= room);
}

/** Draws pictures of the zoom. What stands still from frame to frame is kept: maps as sheets, piles as drawings. */
export class Painter {
	readonly #canvas: HTMLCanvasElement;
	readonly #sheets = new Map<string, Sheet>();
	#pen!: CanvasRenderingContext2D;
	#inks!: Inks;
	#room: Room = { width: 0, height: 0 };

	constructor(canvas: HTMLCanvasElement) {
		this.#canvas = canvas;
	}

	/** @param mapsOf what is known of a stack's maps, or of a tensor's */
	paint(
		picture: Picture,
		room: Room,
		inks: Inks,
		{
			marks,
			isOwn,
			mapsOf,
			shown
		}: {
			readonly marks: Marks;
			/** Whether each map has its own scale. */
			readonly isOwn: boolean;
			readonly mapsOf: (ref: string) => LayerMaps | null;
			/** The tensor that stands for each stack. */
			readonly shown: readonly string[];
		}
	): void {
		this.#inks = inks;
		this.#clear(room);
		const pen = this.#pen;
		if (picture.network > 0) this.#drawLinks(picture);
		for (const stack of picture.stacks) {
			const ref = stack.ref ?? shown[stack.index]!;
			const sheet = this.#sheetOf(ref, mapsOf(ref), isOwn);
			pen.globalAlpha = stack.alpha;
			if (stack.ref === null) {
				this.#drawPile(stack.pile, sheet, marks.stack === stack.index);
				if (stack.index === 0 && marks.photo) this.#drawPhoto(stack.pile.face, marks.photo);
			} else this.#drawMaps(stack, sheet, marks);
			if (stack.ref === null && picture.network > 0) this.#drawName(stack, marks, picture.network);
		}
		pen.globalAlpha = 1;
	}

	#clear(room: Room): void {
		if (room.width !== this.#room.width || room.height !== this.#room.height || !this.#pen) {
			this.#room = room;
			this.#pen = prepare(this.#canvas, room.width, room.height);
		} else this.#pen.clearRect(0, 0, room.width, room.height);
	}

	#sheetOf(ref: string, maps: LayerMaps | null, isOwn: boolean): Sheet | null {
		const { values } = this.#inks;
		const known = this.#sheets.get(ref);
		if (!maps) {
			this.#sheets.delete(ref);
			return null;
		}
		if (known?.maps === maps && known.isOwn === isOwn && known.values === values) return known;
		const atlas = paintAtlas(maps.activation, values, isOwn ? maps.own : maps.largest);
		const sheet: Sheet = { maps, isOwn, values, atlas, canvas: sheetOf(atlas), pile: null };
		this.#sheets.set(ref, sheet);
		return sheet;
	}

	#drawLinks({ links, network }: Picture): void {
		const pen = this.#pen;
		pen.globalAlpha = network;
		pen.strokeStyle = pen.fillStyle = this.#inks.line;
		pen.lineWidth = 1;
		for (const link of links) {
			const end = link.at(-1)!;
			pen.beginPath();
			link.forEach(({ x, y }, i) => (i === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y)));
			pen.stroke();
			pen.beginPath();
			pen.moveTo(end.x, end.y);
			pen.lineTo(end.x - 5, end.y - 2.5);
			pen.lineTo(end.x - 5, end.y + 2.5);
			pen.fill();
		}
	}

	#drawName({ index, pile }: DrawnStack, { names, stack }: Marks, network: number): void {
		const pen = this.#pen;
		const { name, size } = names[index]!;
		const x = pile.box.x + pile.box.width / 2;
		const y = pile.face.y + pile.face.height;
		pen.globalAlpha = network;
		pen.textAlign = 'center';
		pen.textBaseline = 'alphabetic';
		pen.fillStyle = stack === index ? this.#inks.accent : this.#inks.ink;
		pen.font = `600 11.5px ${this.#inks.font}`;
		const shown = fittingText(pen, name, Math.max(nameRoom, pile.box.width));
		// At the edges of the figure, beside the middle of its stack.
		const half = pen.measureText(shown).width / 2 + 2;
		const right = pen.canvas.width / (window.devicePixelRatio || 1) - half;
		pen.fillText(shown, Math.max(half, Math.min(x, right)), y + 15);
		pen.fillStyle = this.#inks.quiet;
		pen.font = `11px ${this.#inks.mono}`;
		pen.fillText(size, x, y + 28);
	}

	/** A whole pile: drawn once for its size, and then as one. */
	#drawPile(pile: Pile, sheet: Sheet | null, isPointed: boolean): void {
		const { box } = pile;
		if (!sheet) this.#drawHull(this.#pen, pile);
		else {
			const ratio = window.devicePixelRatio || 1;
			const kept = this.#keptPile(pile, sheet, ratio);
			this.#pen.imageSmoothingEnabled = true;
			this.#pen.drawImage(kept, box.x - pad, box.y - pad, box.width + 2 * pad, box.height + 2 * pad);
		}
		if (isPointed) {
			const pen = this.#pen;
			pen.strokeStyle = this.#inks.accent;
			pen.lineWidth = 2;
			pen.stroke(hullOf(pile, 2));
		}
	}

	#drawPhoto({ x, y, width, height }: Box, photo: HTMLCanvasElement): void {
		const pen = this.#pen;
		pen.imageSmoothingEnabled = width < photo.width;
		pen.drawImage(photo, x, y, width, height);
		pen.strokeStyle = this.#inks.edge;
		pen.lineWidth = 1;
		pen.strokeRect(x, y, width, height);
	}

	#keptPile(pile: Pile, sheet: Sheet, ratio: number): HTMLCanvasElement {
		const { maps, atlas } = sheet;
		const [, , count] = maps.tensor.shape;
		const key = `${Math.round(pile.box.width)} ${Math.round(pile.box.height)} ${String(ratio)} ${this.#inks.edge}`;
		// While the camera moves it is stretched: what is near is drawn map by map anyway.
		if (sheet.pile && (sheet.pile.key === key || this.isMoving)) return sheet.pile.canvas;
		const canvas = document.createElement('canvas');
		const pen = prepare(canvas, pile.box.width + 2 * pad, pile.box.height + 2 * pad);
		pen.translate(pad - pile.box.x, pad - pile.box.y);
		this.#drawHull(pen, pile);
		const order = this.orderOf(maps.tensor.ref);
		// Maps that would lie within the same dot of the screen are left out.
		const length = Math.hypot(pile.step.x, pile.step.y) * (count - 1) * ratio;
		const planes = Math.max(1, Math.min(count, Math.ceil(length)));
		pen.imageSmoothingEnabled = pile.face.width * ratio < atlas.tileWidth;
		for (let i = planes - 1; i >= 0; i--) {
			const at = planes === 1 ? 0 : Math.round((i * (count - 1)) / (planes - 1));
			const corner = atlasCorner(atlas, order[at]!);
			pen.drawImage(
				sheet.canvas,
				corner.x,
				corner.y,
				atlas.tileWidth,
				atlas.tileHeight,
				pile.face.x + at * pile.step.x,
				pile.face.y + at * pile.step.y,
				pile.face.width,
				pile.face.height
			);
		}
		this.#drawEdges(pen, pile);
		sheet.pile = { key, canvas };
		return canvas;
	}

	/** Whether the camera moves: then what is kept is not made anew. */
	isMoving = false;
	/** Channels of a tensor in the order in which they are shown. */
	orderOf: (ref: string) => readonly number[] = () => [];

	/** Forgets drawings of piles, since the order of their maps is another. */
	reorder(): void {
		for (const sheet of this.#sheets.values()) sheet.pile = null;
	}

	#drawHull(pen: CanvasRenderingContext2D, pile: Pile): void {
		pen.fillStyle = this.#inks.empty;
		pen.fill(hullOf(pile));
		this.#drawEdges(pen, pile);
	}

	#drawEdges(pen: CanvasRenderingContext2D, pile: Pile): void {
		const { x, y, width, height } = pile.face;
		const [start, end] = outlineOf(pile).edge;
		pen.strokeStyle = this.#inks.edge;
		pen.lineWidth = 1;
		pen.stroke(hullOf(pile));
		pen.strokeRect(x, y, width, height);
		if (Math.hypot(end.x - start.x, end.y - start.y) < 3) return;
		pen.beginPath();
		pen.moveTo(start.x, start.y);
		pen.lineTo(end.x, end.y);
		pen.stroke();
	}

	#drawMaps({ maps, alpha, ref }: DrawnStack, sheet: Sheet | null, marks: Marks): void {
		const pen = this.#pen;
		for (const map of maps) {
			pen.globalAlpha = alpha * map.alpha;
			if (sheet) {
				const { atlas, canvas } = sheet;
				const corner = atlasCorner(atlas, map.channel);
				// Small maps keep their cells apart; large ones that shrink are not torn.
				pen.imageSmoothingEnabled = map.width < atlas.tileWidth;
				pen.drawImage(
					canvas,
					corner.x,
					corner.y,
					atlas.tileWidth,
					atlas.tileHeight,
					map.x,
					map.y,
					map.width,
					map.height
				);
			} else {
				pen.fillStyle = this.#inks.empty;
				pen.fillRect(map.x, map.y, map.width, map.height);
			}
			if (map.width >= 7) {
				pen.strokeStyle = this.#inks.edge;
				pen.lineWidth = 1;
				pen.globalAlpha *= 0.6;
				pen.strokeRect(map.x, map.y, map.width, map.height);
			}
		}
		pen.globalAlpha = alpha;
		const near = maps.find(({ channel }) => channel === marks.near);
		if (near && sheet) this.#drawCells(near, sheet, marks);
		const pointed = near ? undefined : maps.find(({ channel }) => channel === marks.channel);
		if (pointed && ref !== null) this.#frame(pointed, 2.5);
	}

	/** Lines between the values of a map, and their numbers, where there is room for them. */
	#drawCells(map: DrawnMap, { maps, isOwn }: Sheet, { pixel }: Marks): void {
		const pen = this.#pen;
		const [rows, columns, channels] = maps.tensor.shape;
		const cell = { width: map.width / columns, height: map.height / rows };
		const { width, height } = this.#room;
		const first = {
			y: Math.max(0, Math.floor(-map.y / cell.height)),
			x: Math.max(0, Math.floor(-map.x / cell.width))
		};
		const end = {
			y: Math.min(rows, Math.ceil((height - map.y) / cell.height)),
			x: Math.min(columns, Math.ceil((width - map.x) / cell.width))
		};
		if (cell.width >= ruled) {
			pen.globalAlpha = Math.min(0.5, (cell.width - ruled) / 30);
			pen.strokeStyle = this.#inks.line;
			pen.lineWidth = 1;
			pen.beginPath();
			for (let y = first.y; y <= end.y; y++) {
				pen.moveTo(Math.max(0, map.x), map.y + y * cell.height);
				pen.lineTo(Math.min(width, map.x + map.width), map.y + y * cell.height);
			}
			for (let x = first.x; x <= end.x; x++) {
				pen.moveTo(map.x + x * cell.width, Math.max(0, map.y));
				pen.lineTo(map.x + x * cell.width, Math.min(height, map.y + map.height));
			}
			pen.stroke();
			pen.globalAlpha = 1;
		}
		if (cell.width >= numbered) {
			const { min, max } = maps.summaries[map.channel]!;
			const format = formatGrid(Math.max(Math.abs(min), Math.abs(max)));
			const largest = isOwn ? maps.own[map.channel]! : maps.largest;
			pen.textAlign = 'center';
			pen.textBaseline = 'middle';
			pen.font = `${Math.min(16, Math.max(11, cell.width * 0.21)).toFixed(1)}px ${this.#inks.mono}`;
			pen.globalAlpha = Math.min(1, (cell.width - numbered) / 10);
			for (let y = first.y; y < end.y; y++) {
				for (let x = first.x; x < end.x; x++) {
					const value = maps.activation.data[(y * columns + x) * channels + map.channel]!;
					pen.fillStyle = this.#isStrong(value, largest) ? this.#inks.empty : this.#inks.ink;
					pen.fillText(format(value), map.x + (x + 0.5) * cell.width, map.y + (y + 0.5) * cell.height);
				}
			}
			pen.globalAlpha = 1;
		}
		if (pixel)
			this.#frame({ x: map.x + pixel.x * cell.width, y: map.y + pixel.y * cell.height, ...cell }, 2.5);
	}

	/** Whether a value's grey is nearer to ink than to paper. */
	#isStrong(value: number, largest: number): boolean {
		return largest > 0 && Math.abs(value) / largest > 0.5;
	}

	#frame({ x, y, width, height }: Box, line: number): void {
		const pen = this.#pen;
		const out = line / 2;
		pen.strokeStyle = this.#inks.empty;
		pen.lineWidth = line + 2.5;
		pen.strokeRect(x - out, y - out, width + line, height + line);
		pen.strokeStyle = this.#inks.accent;
		pen.lineWidth = line;
		pen.strokeRect(x - out, y - out, width + line, height + line);
	}
}

/** Room around the drawing of a pile for its edges. */
const pad = 2;

function hullOf(pile: Pile, out = 0): Path2D {
	const path = new Path2D();
	for (const { x, y } of outlineOf(pile, out).hull) path.lineTo(x, y);
	path.closePath();
	return path;
}
