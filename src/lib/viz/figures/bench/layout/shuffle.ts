import { shuffled } from '$lib/ops/channelShuffle';
import { type Journey, routePath, routesOf, type StreetMap, type Way } from '../../../tensor/routes';
import { type Box, chipPitch, isOneLine, type Plane, titleHeight } from '../../../tensor/tensors';
import { lerp, smooth } from '../../../plot/between';
import { linkPath } from '../../../plot/links';

/** Side of a chip that stands for a channel. */
export const chipSize = chipPitch - 8;

interface Point {
	readonly x: number;
	readonly y: number;
}

/** Where channels are shuffled: between the planes of two tensors. */
export interface ShufflePlace {
	readonly way: Way;
	readonly outer: Box;
	readonly groups: number;
	readonly before: readonly Plane[];
	readonly after: readonly Plane[];
}

/** Where each chip lies after `made` of three moves, a real number: between two moves it is on its way from one place to the next. */
export function chipsAt(place: ShufflePlace, made: number): readonly Point[] {
	const moves = Math.max(0, Math.min(3, made));
	const last = Math.floor(moves);
	const by = smooth(moves - last);
	return place.before.map((_, channel) => {
		const from = restOf(place, channel, last);
		if (by === 0) return from;
		const to = restOf(place, channel, last + 1);
		return { x: lerp(from.x, to.x, by), y: lerp(from.y, to.y, by) };
	});
}

/** At the channel's own place, in a grid of groups, in the turned grid, at its new place. */
function restOf(place: ShufflePlace, channel: number, moves: number): Point {
	const { way, outer, groups, before, after } = place;
	const { x, y, width, height } = outer;
	const perGroup = before.length / groups;
	if (moves === 0 || moves === 3) {
		const line = moves === 0 ? before : after;
		const at = moves === 0 ? channel : shuffled(channel, groups, perGroup);
		const plane = line[at]!.outer;
		if (way === 'row') {
			const beside = isOneLine(line, way)
				? plane.y + plane.height / 2 - chipSize / 2
				: y + titleHeight + at * Math.min(chipPitch, (height - titleHeight) / line.length);
			return { x: moves === 0 ? x : x + width - chipSize, y: beside };
		}
		const below = isOneLine(line, way)
			? plane.x + plane.width / 2 - chipSize / 2
			: x + at * Math.min(chipPitch, width / line.length);
		return { x: below, y: moves === 0 ? y + titleHeight : y + height - chipSize };
	}
	const [row, column] =
		moves === 1
			? [Math.floor(channel / perGroup), channel % perGroup]
			: [channel % perGroup, Math.floor(channel / perGroup)];
	const [rows, columns] = moves === 1 ? [groups, perGroup] : [perGroup, groups];
	return {
		x: x + (width - columns * chipPitch) / 2 + column * chipPitch + 4,
		y: y + titleHeight + (height - titleHeight - rows * chipPitch) / 2 + row * chipPitch + 4
	};
}

/** The links of each channel: from its plane to where its chip sets out, across to where it lands, and on to its new plane. */
export interface ShuffleLinks {
	readonly comes: string;
	readonly crosses: string;
	readonly goes: string;
}

export function shuffleLinks(place: ShufflePlace, streets: StreetMap): readonly ShuffleLinks[] {
	const { way, groups, before, after } = place;
	const starts = chipsAt(place, 0);
	const ends = chipsAt(place, 3);
	const chip = ({ x, y }: Point): Box => ({ x, y, width: chipSize, height: chipSize });
	const middle = ({ x, y, width, height }: Box) => (way === 'row' ? y + height / 2 : x + width / 2);
	const dock = (box: Box) => ({ home: box, box, by: 'end', at: middle(box) }) as const;
	/** Into a plane from its side, where its name would be in the way. */
	const arriving = (plane: Plane) =>
		way === 'row'
			? dock(plane.outer)
			: ({ home: plane.outer, box: plane.outer, by: 'side', at: plane.y + 4 } as const);
	const now = before.map((plane, channel) => ({
		plane,
		start: chip(starts[channel]!),
		end: chip(ends[channel]!),
		next: after[shuffled(channel, groups, before.length / groups)]!
	}));
	const paths = (journeys: readonly Journey[]) =>
		routesOf(streets, journeys).map((route) => (route ? routePath(route) : ''));
	const comes = paths(now.map(({ plane, start }) => ({ from: dock(plane.outer), to: dock(start) })));
	const goes = paths(now.map(({ end, next }) => ({ from: dock(end), to: arriving(next) })));
	const near = (box: Box): Point =>
		way === 'row' ? { x: box.x, y: middle(box) } : { x: middle(box), y: box.y };
	return now.map(({ start, end }, channel) => ({
		comes: comes[channel]!,
		crosses: linkPath(near(start), near(end), way),
		goes: goes[channel]!
	}));
}
