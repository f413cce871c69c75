import { networkById } from '$lib/nets/networks';
import { atLeast } from '../../words/counts';
import { formatMilliseconds, formatShort } from '../../words/format';
import { pulledInside, type Chart } from './layout/chart';
import {
	covers,
	fittedText,
	leaderTo,
	monoWidth,
	overlap,
	textWidth,
	type Box,
	type Disc,
	type PlacedLabel
} from '../../plot/labels';
import { knobText } from '../../words/knobs';
import type { LiveModel } from './compare.svelte';
import { operationsOf, type Counting, type OwnModel } from './model';
import { paramsShortText, percentText } from './words';

/** How the moving network is drawn, in pixels. */
export interface PlacedLive {
	/** A place; on an axis on which it has no value, nothing. */
	readonly at: { readonly x: number | null; readonly y: number | null };
	/** The nearest place in the plot: where its mark, arrow or label is. */
	readonly shown: { readonly x: number; readonly y: number };
	/** Direction in degrees to where it is, where it is beyond the view; else `null`. */
	readonly beyond: number | null;
	readonly lines: readonly [title: string, numbers: string];
	/** Of its label. */
	readonly box: Box;
	readonly anchor: 'start' | 'end';
	/** To the label, where it stands away from its place. */
	readonly leader: PlacedLabel['leader'];
}

/** Its name with the knobs that are turned, and its numbers in short. */
export function liveText(live: LiveModel, counting: Counting): readonly [string, string] {
	const turned = Object.entries(networkById(live.network).knobs).flatMap(([name, knob]) => {
		const value = live.knobs[name] ?? knob.default;
		if (knob.kind === 'flag' || knob.secondary || value === knob.default) return [];
		return [`${knob.symbol ? `${knob.symbol} ` : ''}${knobText(knob, value)}`];
	});
	const numbers = [paramsShortText(live, counting), formatShort(operationsOf(live, counting.count))];
	const top1 = live.published?.top1[0];
	if (top1) numbers.push(percentText(top1.value));
	return [[live.title, ...turned].join(', '), numbers.join(' · ')];
}

/** The name of the reader's own network, and its numbers in short. */
export function ownText(own: OwnModel, counting: Counting): readonly [string, string] {
	const count = formatShort(operationsOf(own, counting.count));
	const numbers = [atLeast(paramsShortText(own, counting), own.unsized), atLeast(count, own.uncounted)];
	if (own.latency) numbers.push(formatMilliseconds(own.latency.median));
	return [own.name, numbers.join(' · ')];
}

/** Where its label may begin over its place, in its own heights, best first. */
const heights = [1, 0, 0.5, 1.6, -0.6, 2.2, -1.2];
/** The same where nobody moves it, so that it may stand further away. */
const farHeights = [...heights, 3, -2, 4, -3, 5, -4, 6, -5, 7, -6, 8, -7];

/** What each step away costs, where a name that is hidden costs 1. */
const perStep = 0.2;

/** The radius of its mark. */
const radius = 10;
/** Share of the plot that a name may take, and how much bolder than others it is. */
const [nameShare, boldness] = [0.6, 1.06];

/**
 * Places the moving network: as a mark, as a line where one value is not known, as an arrow at the edge where it is beyond.
 * @param others for one that does not move: what its label must keep off, for which it may stand away from its place
 */
export function placeLive(
	value: { readonly x: number | null; readonly y: number | null },
	[name, numbers]: readonly [string, string],
	{ plot, x, y, fontSize, marks, labels }: Chart,
	others: readonly PlacedLive[] | null = null
): PlacedLive {
	const at = { x: value.x === null ? null : x(value.x), y: value.y === null ? null : y(value.y) };
	// A line is labelled at its upper or left end.
	const wanted = { x: at.x ?? plot.x + 8, y: at.y ?? plot.y + 30 };
	const shown = pulledInside(wanted, plot);
	const isBeyond = shown.x !== wanted.x || shown.y !== wanted.y;
	const title = fittedText(name, fontSize * boldness, plot.width * nameShare);
	const width = Math.max(textWidth(title, fontSize * boldness), monoWidth(numbers, fontSize));
	const height = 2.5 * fontSize;
	const away = 16;
	const isRight = shown.x + away + width <= plot.x + plot.width;
	const sides = isRight ? (['start', 'end'] as const) : (['end'] as const);
	const places = (others ? farHeights : heights).flatMap((up, at) =>
		sides.map((anchor) => {
			// Where neither side has the room, over or under its place, and never over the axis.
			const beside = anchor === 'start' ? shown.x + away : shown.x - away - width;
			const left = isRight ? beside : Math.max(plot.x + 6, beside);
			const top = Math.min(plot.y + plot.height - height, Math.max(plot.y, shown.y - up * height));
			return { far: others ? at * perStep : 0, anchor, box: { x: left, y: top, width, height } };
		})
	);
	const taken = (others ?? []).map((other) => other.box);
	const discs: readonly Disc[] = [
		...marks,
		...(others ?? []).map((other) => ({ ...other.shown, r: radius }))
	];
	/** How much of others a place would hide: marks more than their names. */
	const hidden = ({ box, far }: (typeof places)[number]) =>
		box.x < plot.x && isRight
			? Infinity
			: far +
				(covers(box, { ...shown, r: radius }) ? 9 : 0) +
				100 * taken.filter((other) => overlap(box, other)).length +
				3 * discs.filter((mark) => covers(box, mark)).length +
				labels.filter((label) => overlap(box, label)).length;
	const [best] = places.map((place) => ({ place, cost: hidden(place) })).sort((a, b) => a.cost - b.cost);
	return {
		at,
		shown,
		beyond: isBeyond ? (Math.atan2(wanted.y - shown.y, wanted.x - shown.x) * 180) / Math.PI : null,
		lines: [title, numbers],
		box: best!.place.box,
		anchor: best!.place.anchor,
		leader: others && leaderOf(best!.place.box, { ...shown, r: radius })
	};
}

/** Only where the label stands so far away that it would be taken for another's. */
function leaderOf(box: Box, mark: Disc): PlacedLabel['leader'] {
	const leader = leaderTo(box, mark);
	return leader && Math.hypot(leader.x2 - leader.x1, leader.y2 - leader.y1) > 2 * mark.r ? leader : null;
}
