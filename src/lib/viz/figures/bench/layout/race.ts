import type { Shape } from '$lib/ops/types';

/** A plane of a leg's output, in the picture's pixels. */
export interface RacePlane {
	readonly channel: number;
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	readonly cell: number;
}

const side = 48;
const gap = 6;
const perRow = 6;

/** The planes of an output, channel after channel, six in a row; and the size of them all. */
export function layoutPlanes([height, width, channels]: Shape): {
	planes: RacePlane[];
	width: number;
	height: number;
} {
	const cell = side / Math.max(height, width);
	const planes = Array.from({ length: channels }, (_, channel): RacePlane => ({
		channel,
		x: (channel % perRow) * (side + gap),
		y: Math.floor(channel / perRow) * (height * cell + gap),
		width: width * cell,
		height: height * cell,
		cell
	}));
	const rows = Math.ceil(channels / perRow);
	return { planes, width: perRow * (side + gap) - gap, height: rows * (height * cell + gap) - gap };
}

/** The cells of a plane that are finished when `finished` values of its output are, channel outermost: a path. */
export function filledPath(plane: RacePlane, [height, width]: Shape, finished: number): string {
	const { x, y, cell } = plane;
	const n = Math.max(0, Math.min(finished - plane.channel * height * width, height * width));
	const rows = Math.floor(n / width);
	const rest = n % width;
	const whole = rows > 0 ? `M${x} ${y}h${width * cell}v${rows * cell}h${-width * cell}z` : '';
	const part = rest > 0 ? `M${x} ${y + rows * cell}h${rest * cell}v${cell}h${-rest * cell}z` : '';
	return whole + part;
}

/** Lines between the cells of a plane; none where they would be all that is seen. */
export function cellsPath({ x, y, width, height, cell }: RacePlane): string {
	if (cell < 8) return '';
	let path = '';
	for (let line = x + cell; line < x + width - 0.5; line += cell) path += `M${line} ${y}v${height}`;
	for (let line = y + cell; line < y + height - 0.5; line += cell) path += `M${x} ${line}h${width}`;
	return path;
}
