import { sampleImage } from './sampleImage';

/** What a channel of the `photo` preset shows: beyond the three colours, the same three with the picture turned over. */
export interface PhotoChannel {
	readonly colour: 'red' | 'green' | 'blue';
	readonly turned: 'no' | 'leftToRight' | 'upsideDown' | 'both';
}

/** What channel `c` of the photograph shows. */
export function photoChannel(c: number): PhotoChannel {
	return {
		colour: (['red', 'green', 'blue'] as const)[c % 3]!,
		turned: (['no', 'leftToRight', 'upsideDown', 'both'] as const)[Math.floor(c / 3) % 4]!
	};
}

const sampleImageSize = 12;

/** Brightness of the whole picture at `height`×`width`, averaged over what a cell covers, in sixteen steps (0 to 15). */
export function photoValue(y: number, x: number, c: number, height: number, width: number): number {
	const { turned } = photoChannel(c);
	const row = turned === 'upsideDown' || turned === 'both' ? height - 1 - y : y;
	const column = turned === 'leftToRight' || turned === 'both' ? width - 1 - x : x;
	let sum = 0;
	let area = 0;
	for (const [py, h] of covered(row, height)) {
		for (const [px, w] of covered(column, width)) {
			sum += h * w * sampleImage[(py * sampleImageSize + px) * 3 + (c % 3)]!;
			area += h * w;
		}
	}
	return Math.round(sum / area / 17);
}

/** The picture's rows (or columns) that row `n` of `size` covers, each with how much of it. */
function covered(n: number, size: number): [row: number, share: number][] {
	const from = (n * sampleImageSize) / size;
	const to = ((n + 1) * sampleImageSize) / size;
	const rows: [number, number][] = [];
	for (let row = Math.floor(from); row < Math.min(to, sampleImageSize); row++) {
		rows.push([row, Math.min(row + 1, to) - Math.max(row, from)]);
	}
	return rows;
}
