import type { Box } from '../../../tensor/tensors';
import { linkPath } from '../../../plot/links';
import { rectangle } from '../../../tensor/paths';

/** A tensor as the picture needs it: its size, and which channels of the tensor before each of its own is computed from. */
interface MapsOf {
	readonly shape: readonly [height: number, width: number, channels: number];
	readonly dependency: readonly (readonly number[])[];
	readonly reads: readonly (readonly number[])[];
}

/** A map: a channel drawn by itself. */
export interface DependencyMap extends Box {
	readonly grid: string;
	/** For each channel of the input a band, and whether the map has seen it. */
	readonly bands: readonly (Box & { readonly isSeen: boolean })[];
}

/** The picture: a column of maps a tensor, and the ties between them. */
export interface DependencyLayout {
	readonly width: number;
	readonly height: number;
	readonly columns: readonly (readonly DependencyMap[])[];
	readonly links: readonly {
		readonly tensor: number;
		readonly from: number;
		readonly to: number;
		readonly path: string;
	}[];
}

const top = 24;
const gap = 22;
/** Below the last map, for what is written under it. */
const label = 20;
/** Columns further apart than this would only be empty. */
const maxPitch = 300;

/** Lays maps out from left to right, one tensor a column, maps below each other. */
export function layoutDependency(
	tensors: readonly MapsOf[],
	inChannels: number,
	width: number
): DependencyLayout {
	const tallest = Math.max(...tensors.map(({ shape }) => shape[2]));
	const cell = tallest > 3 || width < 480 ? 10 : 15;
	const tall = ({ shape: [rows, , channels] }: MapsOf) => channels * rows * cell + (channels - 1) * gap;
	const height = Math.max(...tensors.map(tall));
	const widest = Math.max(...tensors.map(({ shape }) => shape[1])) * cell;
	const pitch = Math.min(maxPitch, (width - widest - 60) / (tensors.length - 1));
	const left = (width - pitch * (tensors.length - 1) - widest) / 2;

	const columns = tensors.map((tensor, t) => {
		const [rows, columnCount] = tensor.shape;
		const start = top + (height - tall(tensor)) / 2;
		return tensor.dependency.map((dependency, channel): DependencyMap => {
			const size = { width: columnCount * cell, height: rows * cell };
			const x = left + t * pitch + (widest - size.width) / 2;
			const y = start + channel * (size.height + gap);
			const band = size.width / inChannels;
			return {
				x,
				y,
				...size,
				grid: gridOf(x, y, rows, columnCount, cell),
				bands: Array.from({ length: inChannels }, (_, i) => ({
					// A map of the input is one channel all over.
					x: t === 0 ? x : x + i * band,
					y,
					width: t === 0 ? size.width : band,
					height: size.height,
					isSeen: dependency.includes(i)
				}))
			};
		});
	});
	const links = tensors.flatMap(({ reads }, tensor) =>
		reads.flatMap((channels, to) =>
			channels.map((from) => {
				const a = columns[tensor - 1]![from]!;
				const b = columns[tensor]![to]!;
				const path = linkPath(
					{ x: a.x + a.width, y: a.y + a.height / 2 },
					{ x: b.x, y: b.y + b.height / 2 },
					'row'
				);
				return { tensor, from, to, path };
			})
		)
	);
	return { width, height: top + height + label, columns, links };
}

function gridOf(x: number, y: number, rows: number, columns: number, cell: number): string {
	return Array.from({ length: rows * columns }, (_, i) =>
		rectangle(x + (i % columns) * cell, y + Math.floor(i / columns) * cell, cell, cell)
	).join('');
}
