import type { Place } from './thread';

/** Where the parts of the figure lie in a box, in CSS pixels. */
export interface Frame {
	readonly width: number;
	readonly height: number;
	/** Whether data run down, and channels stand side by side. */
	readonly isTall: boolean;
	/** The threads: from inputs to outputs, and from the first channel to the last. */
	readonly x: number;
	readonly y: number;
	readonly w: number;
	readonly h: number;
	/** From the outputs to the first cell of the strips, and from cell to cell. */
	readonly strip: number;
	readonly cell: number;
	/** From channel to channel. */
	readonly pitch: number;
	/** Radius of a channel's dot. */
	readonly dot: number;
}

/** Room above the threads for the names of their stages, and under them for those of their ends. */
const names = { above: 50, under: 28 } as const;

export function frameOf(width: number, height: number, channels: number, isTall: boolean): Frame {
	const shape = { width, height, isTall };
	if (isTall) {
		// Names stand beside the stages, in a margin of their own.
		const [x, y] = [2, 24];
		const [w, room] = [Math.max(1, width - 4), Math.max(1, height - y - 22)];
		const h = room * 0.7;
		const pitch = w / channels;
		return {
			...shape,
			x,
			y,
			w,
			h,
			strip: 10,
			cell: (room * 0.3 - 10) / channels,
			pitch,
			dot: Math.min(4, pitch / 3.4)
		};
	}
	const x = 12;
	const [w, h] = [Math.max(1, (width - x - 4) * 0.72), Math.max(1, height - names.above - names.under)];
	const pitch = h / channels;
	return {
		...shape,
		...{ x, y: names.above, w, h, strip: 16, pitch, dot: Math.min(5, pitch / 4.4) },
		cell: Math.max(1, (width - x - 4) * 0.28 - 16) / channels
	};
}

/** Pixels of a place. */
export function pointOf(
	{ isTall, x, y, w, h }: Frame,
	[along, across]: Place
): readonly [x: number, y: number] {
	return isTall ? [x + across * w, y + along * h] : [x + along * w, y + across * h];
}

/** What is at a point: an input channel, an output channel, or a cell of its strip, which is both. `null` where nothing is. */
export function channelAt(
	{ isTall, x, y, w, h, strip, cell }: Frame,
	channels: number,
	px: number,
	py: number
): { readonly input?: number; readonly output?: number } | null {
	const [along, across] = isTall ? [py - y, (px - x) / w] : [px - x, (py - y) / h];
	const length = isTall ? h : w;
	const channel = Math.floor(across * channels);
	if (channel < 0 || channel >= channels || along < -strip || along > length + strip + cell * channels)
		return null;
	if (along < length / 2) return { input: channel };
	const input = Math.floor((along - length - strip) / cell);
	return input >= 0 && input < channels ? { input, output: channel } : { output: channel };
}
