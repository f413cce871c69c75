import { pointOf, type Frame } from './layout/frame';
import { exposureOf } from './layout/exposure';
import { smooth } from '../../plot/between';
import { pathsOf, pictureAt, snap, type Lit, type Paths, type Picture } from './layout/pictureAt';
import { acrossOf, halvesOf, pieceOf, threadOf, type Curve } from './layout/thread';
import { colourOf, cssOf, tintsOf, type Ramp } from '../../tensor/tint';
import { fates, type Wall } from './layout/wall';

/** What the threads are drawn with, as the theme has it. */
export interface Palette {
	readonly ramp: Ramp;
	/** Cells of the strips that are empty. */
	readonly empty: string;
	/** On dark, threads that cross add up their light; on paper they take it away. */
	readonly isDark: boolean;
}

/** What it draws, but for the place of the handle. */
export interface Scene {
	readonly wall: Wall;
	readonly frame: Frame;
	readonly palette: Palette;
	/** Dots of the canvas to a CSS pixel. */
	readonly scale: number;
}

/** What is to be drawn: the scene, where it is another one, the place of the handle's way, and what is pointed at. */
export interface Order {
	readonly scene?: Scene;
	readonly t: number;
	readonly lit: Lit | null;
}

type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

const stageIds = ['front', 'window', 'back'] as const;
/** The column that each of them begins at. */
const columnBefore = { front: 0, window: 2, back: 3 } as const;

/** Channels that are woven at a time: a whole way at once takes as long as two frames. */
const atOnce = 8;

/**
 * Draws the wall on a canvas, on the page's or in a worker (`easel.ts`).
 *
 * Threads that add up their light look best and take longest: without a graphics processor a thousand of them take 25 ms, and 5 ms where
 * each covers what is under it. So those of a way are woven once, on a bitmap of its own, and what moves between two ways is drawn loose
 * over it; at both ends of a leg one fades into the other.
 */
export class Painter {
	readonly #pen: Pen;
	#scene: Scene | null = null;
	/** Woven ways by index, the last used last. */
	readonly #woven = new Map<number, ImageBitmap>();
	/** The way that is being woven: what there is of it, and how many of its strokes that are. */
	#loom: { readonly way: number; readonly strokes: number; readonly bitmap: ImageBitmap } | null = null;

	/** While it rests: what weaves for the next move. */
	#rest: ReturnType<typeof setTimeout> | undefined;

	constructor(canvas: HTMLCanvasElement | OffscreenCanvas) {
		this.#pen = canvas.getContext('2d') as Pen;
	}

	do({ scene, t, lit }: Order): void {
		clearTimeout(this.#rest);
		if (scene) this.#set(scene);
		if (!this.#scene) return;
		const picture = pictureAt(t, this.#scene.wall);
		this.#paint(this.#scene, picture, lit);
		// Where it rests, for a moment only, there is time for what the next move needs.
		if (picture.part === 0) this.#rest = setTimeout(() => this.#prepare(picture), 30);
	}

	#set(scene: Scene): void {
		Object.assign(this.#pen.canvas, sizeOf(scene));
		for (const bitmap of this.#woven.values()) bitmap.close();
		this.#woven.clear();
		this.#clearLoom();
		this.#scene = scene;
	}

	/** Weaves the ways on both sides of a picture, some threads at a time, so that the first step from there does not wait for it. */
	#prepare(picture: Picture): void {
		const { from } = picture;
		const way = [from, from + 1].find((way) => this.#isWoven(way) && !this.#woven.has(way));
		if (way === undefined) return;
		this.#weaveSome(way);
		this.#rest = setTimeout(() => this.#prepare(picture));
	}

	#paint({ wall, frame, palette, scale }: Scene, picture: Picture, lit: Lit | null): void {
		const pen = this.#pen;
		const { from, to, part } = picture;
		const paths = lit && pathsOf(picture, lit);
		const dim = lit ? 0.1 : 1;
		const drawing: Drawing = { pen, picture, frame, palette, tints: tintsIn(picture, palette) };

		pen.setTransform(scale, 0, 0, scale, 0, 0);
		pen.globalAlpha = 1;
		pen.globalCompositeOperation = 'source-over';
		pen.clearRect(0, 0, frame.width, frame.height);

		const onlyCuts = part > 0 && wall.legs[from]!.onlyCuts && this.#isWoven(to);
		const leaving = this.#isWoven(from) ? 1 - smooth(part, 0, 0.08) : 0;
		const coming =
			part > 0 && this.#isWoven(to) ? (onlyCuts ? smooth(part, 0, 0.08) : smooth(part, 0.93, 1)) : 0;
		if (leaving > 0) this.#lay(from, leaving * dim);
		if (coming > 0) this.#lay(to, coming * dim);
		for (const id of stageIds) {
			const isFan = id === 'window' && picture.spread > 0.99;
			// Threads that stay are in the woven picture of the way that they lead to.
			const loose = isFan ? 1 : onlyCuts ? 1 - leaving : Math.min(1 - leaving, 1 - coming);
			if (loose > 0) drawLoose(drawing, id, loose * dim, onlyCuts ? wall.legs[from]!.stages[id].fate : null);
			if (paths) drawLit(drawing, id, paths);
		}
		drawWires(drawing, paths);
		drawChannels(drawing, paths, lit);
		drawStrips(drawing, lit);
		pen.globalAlpha = 1;
	}

	/** A depthwise convolution has no threads that cross: its strands are drawn as they are. */
	#isWoven(way: number): boolean {
		const id = this.#scene?.wall.ways[way]?.id;
		return id !== undefined && id !== 'depthwise';
	}

	#lay(way: number, alpha: number): void {
		const pen = this.#pen;
		const drawn = pen.getTransform();
		pen.globalAlpha = alpha;
		pen.setTransform(1, 0, 0, 1, 0, 0);
		pen.drawImage(this.#weave(way), 0, 0);
		pen.setTransform(drawn);
	}

	#weave(way: number): ImageBitmap {
		while (!this.#woven.has(way)) this.#weaveSome(way);
		const woven = this.#woven.get(way)!;
		this.#woven.delete(way);
		this.#keep(way, woven);
		return woven;
	}

	#weaveSome(way: number): void {
		const scene = this.#scene!;
		const { wall, frame, palette, scale } = scene;
		const { width, height } = sizeOf(scene);
		const canvas = new OffscreenCanvas(width, height);
		const pen = canvas.getContext('2d')!;
		if (this.#loom?.way !== way) this.#clearLoom();
		if (this.#loom) pen.drawImage(this.#loom.bitmap, 0, 0);
		pen.scale(scale, scale);
		const picture = pictureAt(wall.ways[way]!.at, wall);
		const drawing = { pen, picture, frame, palette, tints: tintsIn(picture, palette) };
		const strokes = stageIds
			.filter((id) => hasRoom(picture, id) && (id !== 'window' || picture.spread < 0.99))
			.flatMap((id) => Array.from({ length: picture.channels }, (_, input) => ({ id, input })));
		const done = this.#loom?.strokes ?? 0;
		for (const { id, input } of strokes.slice(done, done + atOnce)) weave(drawing, id, input);
		this.#clearLoom();
		// Drawn now, and not when it is first laid.
		const bitmap = canvas.transferToImageBitmap();
		if (done + atOnce < strokes.length) this.#loom = { way, strokes: done + atOnce, bitmap };
		else this.#keep(way, bitmap);
	}

	#clearLoom(): void {
		this.#loom?.bitmap.close();
		this.#loom = null;
	}

	#keep(way: number, woven: ImageBitmap): void {
		this.#woven.set(way, woven);
		// The two that a leg lies between, and the one before.
		for (const [old, bitmap] of this.#woven)
			if (this.#woven.size > 3) {
				bitmap.close();
				this.#woven.delete(old);
			}
	}
}

interface Drawing {
	readonly pen: Pen;
	readonly picture: Picture;
	readonly frame: Frame;
	readonly palette: Palette;
	/** Colours of the channels, by column. */
	readonly tints: readonly (readonly string[])[];
}

const sizeOf = ({ frame: { width, height }, scale }: Scene) => ({
	width: Math.max(1, Math.round(width * scale)),
	height: Math.max(1, Math.round(height * scale))
});

function tintsIn({ reach, channels }: Picture, { ramp }: Palette): readonly (readonly string[])[] {
	return reach.map((column) => tintsOf(column, channels).map((tint) => cssOf(colourOf(tint, ramp))));
}

function trace({ pen, frame }: Drawing, [a, b, c, d]: Curve): void {
	const [ax, ay] = pointOf(frame, a);
	const [bx, by] = pointOf(frame, b);
	const [cx, cy] = pointOf(frame, c);
	const [dx, dy] = pointOf(frame, d);
	pen.moveTo(ax, ay);
	pen.bezierCurveTo(bx, by, cx, cy, dx, dy);
}

/** Width of a thread, and how solid it is where threads add up. */
function inkOf({ picture, frame, palette }: Drawing, id: (typeof stageIds)[number]) {
	const { strand, solid } = exposureOf(picture);
	const { weights } = picture.stages[id];
	const thin = weights > 1 ? 1 : palette.isDark ? 0.6 : 0.5;
	const alpha = Math.min(0.95, (palette.isDark ? 0.62 : 0.8) * solid[id] * thin);
	return { alpha, width: strand * weights * frame.pitch * (frame.isTall ? 1.3 : 1) };
}

/** Whether a stage is there. */
const hasRoom = ({ columns }: Picture, id: (typeof stageIds)[number]) =>
	columns[columnBefore[id] + 1]! - columns[columnBefore[id]]! >= 1e-3;

/** The threads of an input in a stage at a way, in one stroke. */
function weave(drawing: Drawing, id: (typeof stageIds)[number], input: number): void {
	const { pen, picture, tints, palette } = drawing;
	const { channels, stages } = picture;
	const column = columnBefore[id];
	const ink = inkOf(drawing, id);
	pen.globalCompositeOperation = palette.isDark ? 'lighter' : 'multiply';
	pen.globalAlpha = ink.alpha;
	pen.lineWidth = ink.width;
	pen.strokeStyle = tints[column]![input]!;
	pen.beginPath();
	for (let j = 0; j < channels; j++)
		if (stages[id].worth[input * channels + j]! > 0.5) trace(drawing, curveOf(picture, column, input, j));
	pen.stroke();
}

const curveOf = ({ channels, columns }: Picture, column: number, i: number, j: number, apart = 0) =>
	threadOf([columns[column]!, acrossOf(i, channels)], [columns[column + 1]!, acrossOf(j, channels)], apart);

/**
 * The threads of a stage on their way: whole, growing, or snapped.
 * @param fate where threads are only cut: those that stay are woven already
 */
function drawLoose(
	drawing: Drawing,
	id: (typeof stageIds)[number],
	alpha: number,
	fate: Uint8Array | null
): void {
	const { pen, picture, frame, tints, palette } = drawing;
	const { channels, columns, stages } = picture;
	const column = columnBefore[id];
	if (!hasRoom(picture, id)) return;
	const { cut, grow } = stages[id];
	const ink = inkOf(drawing, id);
	const solid = Math.min(1, ink.alpha * (palette.isDark ? 1.25 : 1.1)) * alpha;
	const { strands, apart } = fanOf(picture, id);
	const width = ink.width / strands;
	pen.globalCompositeOperation = 'source-over';
	for (let i = 0; i < channels; i++) {
		pen.strokeStyle = tints[column]![i]!;
		pen.globalAlpha = solid;
		pen.lineWidth = width;
		pen.beginPath();
		let isEmpty = true;
		for (let j = 0; j < channels; j++) {
			const pair = i * channels + j;
			const grown = grow[pair]!;
			if (grown === 0 || cut[pair]! > snap || fate?.[pair] === fates.kept) continue;
			isEmpty = false;
			for (let q = 0; q < strands; q++) {
				const curve = curveOf(picture, column, i, j, (q - (strands - 1) / 2) * apart);
				trace(drawing, grown < 1 ? pieceOf(curve, 0, grown) : curve);
			}
		}
		if (!isEmpty) pen.stroke();
		for (let j = 0; j < channels; j++) {
			const pair = i * channels + j;
			const part = (cut[pair]! - snap) / (1 - snap);
			if (part <= 0 || part >= 1) continue;
			pen.globalAlpha = Math.min(1, solid * (1 + 1.6 * part)) * (1 - part) ** 0.75;
			pen.lineWidth = Math.max(0.6, ink.width * (1 - 0.6 * part));
			pen.beginPath();
			const [a, b] = [
				[columns[column]!, acrossOf(i, channels)],
				[columns[column + 1]!, acrossOf(j, channels)]
			] as const;
			for (const { curve } of halvesOf(a, b, cut[pair]!, frame.isTall ? 'along' : 'across'))
				trace(drawing, curve);
			pen.stroke();
		}
	}
}

/** Where there is room, the weights of a window come apart in the middle and can be counted: how many strands, and how far apart. */
function fanOf({ channels, stages, spread }: Picture, id: (typeof stageIds)[number]) {
	const apart = id === 'window' ? (spread * 0.1) / channels : 0;
	return apart > 1e-5 ? { strands: stages[id].weights, apart } : { strands: 1, apart: 0 };
}

/** The threads on the lit paths, over all others. */
function drawLit(drawing: Drawing, id: (typeof stageIds)[number], { forth, back }: Paths): void {
	const { pen, picture, tints } = drawing;
	const { channels, stages } = picture;
	const column = columnBefore[id];
	if (!hasRoom(picture, id)) return;
	pen.globalCompositeOperation = 'source-over';
	pen.globalAlpha = 1;
	const { strands, apart } = fanOf(picture, id);
	pen.lineWidth = Math.max(1.2, inkOf(drawing, id).width / strands);
	for (let i = 0; i < channels; i++) {
		if (forth[column]![i]! < 0.5) continue;
		pen.strokeStyle = tints[column]![i]!;
		pen.beginPath();
		for (let j = 0; j < channels; j++)
			if (Math.min(stages[id].worth[i * channels + j]!, back[column + 1]![j]!) > 0.5)
				for (let q = 0; q < strands; q++)
					trace(drawing, curveOf(picture, column, i, j, (q - (strands - 1) / 2) * apart));
		pen.stroke();
	}
}

/** The wires of the shuffle, dotted: they have no weights. */
function drawWires({ pen, picture, frame, tints, ...rest }: Drawing, paths: Paths | null): void {
	const { channels, columns, row } = picture;
	if (columns[2] - columns[1] < 1e-3) return;
	pen.globalCompositeOperation = 'source-over';
	pen.lineWidth = 1.6;
	pen.lineCap = 'round';
	pen.setLineDash([0.1, 4.2]);
	for (let i = 0; i < channels; i++) {
		pen.globalAlpha = isOn(paths, 1, i) ? 0.9 : 0.12;
		pen.strokeStyle = tints[1]![i]!;
		pen.beginPath();
		const ends = [columns[1], columns[2]] as const;
		const curve = threadOf([ends[0], acrossOf(i, channels)], [ends[1], acrossOf(row[i]!, channels)]);
		trace({ pen, picture, frame, tints, ...rest }, curve);
		pen.stroke();
	}
	pen.setLineDash([]);
	pen.lineCap = 'butt';
}

const isOn = (paths: Paths | null, column: number, channel: number) =>
	!paths || Math.min(paths.forth[column]![channel]!, paths.back[column]![channel]!) > 0.5;

function drawChannels({ pen, picture, frame, tints }: Drawing, paths: Paths | null, lit: Lit | null): void {
	const { channels, columns } = picture;
	pen.globalCompositeOperation = 'source-over';
	columns.forEach((along, column) => {
		const isEnd = column === 0 || column === 4;
		if (!isEnd && (along < 1e-3 || along > 0.999)) return;
		for (let i = 0; i < channels; i++) {
			const isPointed = (column === 0 && lit?.input === i) || (column === 4 && lit?.output === i);
			pen.globalAlpha = isOn(paths, column, i) ? 1 : 0.2;
			pen.fillStyle = tints[column]![i]!;
			pen.beginPath();
			const [x, y] = pointOf(frame, [along, acrossOf(i, channels)]);
			pen.arc(x, y, frame.dot * (isPointed ? 1.7 : isEnd ? 1 : 0.7), 0, 7);
			pen.fill();
		}
	});
}

/** The strips: what each output has read, a cell an input. */
function drawStrips({ pen, picture, frame, tints, palette }: Drawing, lit: Lit | null): void {
	const { channels, reach } = picture;
	const { strip, cell, pitch, isTall } = frame;
	const thick = Math.max(1, pitch - (pitch > 12 ? 3 : 1));
	const gap = cell > 5 ? 1 : 0.5;
	const put = (output: number, input: number, part: number) => {
		const [x, y] = pointOf(frame, [1, acrossOf(output, channels)]);
		const from = strip + input * cell;
		if (isTall) pen.rect(x - (thick * part) / 2, y + from, thick * part, cell - gap);
		else pen.rect(x + from, y - (thick * part) / 2, cell - gap, thick * part);
	};
	pen.globalCompositeOperation = 'source-over';
	pen.globalAlpha = 1;
	pen.fillStyle = palette.empty;
	pen.beginPath();
	const last = reach[4]!;
	for (let o = 0; o < channels; o++)
		for (let i = 0; i < channels; i++) if (last[o * channels + i]! < 0.99) put(o, i, 1);
	pen.fill();
	for (const isBright of lit ? [false, true] : [true]) {
		pen.globalAlpha = isBright ? 1 : 0.2;
		for (let i = 0; i < channels; i++) {
			pen.fillStyle = tints[0]![i]!;
			pen.beginPath();
			for (let o = 0; o < channels; o++) {
				const isLit = (lit?.output ?? o) === o && (lit?.input ?? i) === i;
				if (isLit === isBright && last[o * channels + i]! > 0.01) put(o, i, last[o * channels + i]!);
			}
			pen.fill();
		}
	}
}
