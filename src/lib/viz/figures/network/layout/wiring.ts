import { shuffled } from '$lib/ops';

/** How a layer ties output channels to input channels, drawn small: a few lines that stand for many. */
export type Wiring =
	| { readonly kind: 'full' }
	/** Each group by itself. */
	| { readonly kind: 'groups'; readonly groups: number }
	/** Each channel by itself. */
	| { readonly kind: 'channels' }
	| { readonly kind: 'shuffle'; readonly groups: number };

/** Lines on each side, for channels that stay by themselves or are all tied. */
const channels = 6;
const full = 4;
/** Strips beyond these would be too thin to be told apart. */
const maxStrips = 6;

/** Lines from the left side to the right, and the strips that groups stand in, in a rectangle at (x, y). */
export function wiringPaths(
	wiring: Wiring,
	{
		x,
		y,
		width,
		height
	}: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
): { readonly lines: string; readonly strips: string } {
	const line = (from: number, to: number) => `M${x} ${round(from)}L${x + width} ${round(to)}`;
	const rowsOf = (count: number, top: number, room: number) =>
		Array.from({ length: count }, (_, i) => top + (room * (i + 0.5)) / count);
	const all = (rows: readonly number[]) => rows.flatMap((from) => rows.map((to) => line(from, to))).join('');
	switch (wiring.kind) {
		case 'full':
			return { lines: all(rowsOf(full, y, height)), strips: '' };
		case 'channels':
			return {
				lines: rowsOf(channels, y, height)
					.map((row) => line(row, row))
					.join(''),
				strips: ''
			};
		case 'groups': {
			const count = Math.min(maxStrips, wiring.groups);
			const strip = height / count;
			const tops = Array.from({ length: count }, (_, i) => y + i * strip + 0.75);
			return {
				lines: tops.map((top) => all(rowsOf(2, top, strip - 1.5))).join(''),
				strips: tops.map((top) => `M${x} ${round(top)}h${width}v${round(strip - 1.5)}h${-width}z`).join('')
			};
		}
		case 'shuffle': {
			const groups = Math.min(4, wiring.groups);
			const total = groups * Math.max(2, Math.min(3, groups));
			const rows = rowsOf(total, y, height);
			return {
				lines: rows.map((row, i) => line(row, rows[shuffled(i, groups, total / groups)] ?? row)).join(''),
				strips: ''
			};
		}
	}
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
