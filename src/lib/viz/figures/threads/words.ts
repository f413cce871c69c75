import { m } from '$lib/i18n';
import { smooth } from '../../plot/between';
import { formatCount } from '../../words/format';
import { countReached, hasSeen, type Lit, type Picture } from './layout/pictureAt';
import type { StageId, Wall, Way } from './layout/wall';

/** Names as the rail has them. */
export const wayNames = {
	standard: m.threads_way_standard,
	group: m.threads_way_group,
	depthwise: m.threads_way_depthwise,
	separable: m.threads_way_separable,
	walls: m.threads_way_walls,
	shuffle: m.threads_way_shuffle
} as const;

/** The name of a way, a group convolution with its number of groups. */
export function wayName({ id, groups }: Way): string {
	return id === 'group' ? m.threads_way_groups({ groups }) : wayNames[id]();
}

/** Where a picture between two ways stands, in short: two numbers of groups stand under the name of groups. */
const betweenText = (from: Way, to: Way): string =>
	from.id === 'group' && to.id === 'group'
		? m.threads_between_groups({ from: from.groups, to: to.groups })
		: m.threads_between({ from: wayName(from), to: wayName(to) });

/** A share of the work: 1/7.02, 1/2. */
export function shareText(share: number): string {
	const factor = 1 / share;
	const whole = Math.round(factor);
	return `1/${Math.abs(factor - whole) < 0.004 ? formatCount(whole) : factor.toFixed(2)}`;
}

/** The sentence beside a picture: what it says is true at a way, so between two it fades while the picture moves on, and rests as neither. */
export function leadAt(
	picture: Picture,
	wall: Wall,
	isMoving: boolean
): { readonly way: Way | null; readonly text: string; readonly strength: number } {
	const [from, to] = [wall.ways[picture.from]!, wall.ways[picture.to]!];
	const way = picture.part < 0.5 ? from : to;
	const isOne = from.id === to.id || picture.part === 0;
	if (isMoving || isOne) {
		const strength = isOne ? 1 : smooth(Math.abs(2 * picture.part - 1), 0.25, 0.8);
		return { way, text: leadOf(way, wall), strength };
	}
	const text = betweenText(from, to);
	return { way: null, text: text.charAt(0).toUpperCase() + text.slice(1), strength: 1 };
}

/** What is to be seen at a way, in a sentence. */
function leadOf(way: Way, wall: Wall): string {
	const share = shareText(way.macs / wall.ways[0]!.macs);
	const kernel = kernelOf(way);
	return {
		standard: () => m.threads_lead_standard({ kernel }),
		group: m.threads_lead_group,
		depthwise: m.threads_lead_depthwise,
		separable: () => m.threads_lead_separable({ share }),
		walls: m.threads_lead_walls,
		shuffle: () => m.threads_lead_shuffle({ share })
	}[way.id]();
}

const kernelOf = ({ stages }: Way) => {
	const side = Math.sqrt(stages.window!.weights);
	return `${side}×${side}`;
};

/** A text with a word in it that is left out where there is no room. */
type SumParts = readonly [before: string, word: string, after: string];

/** What is to be read beside the number: of which products it is the sum, or that it lies between two layers. */
export function sumParts({ part, from, to, stages, macs }: Picture, wall: Wall): SumParts {
	const { window, front, back } = stages;
	const [weights, count] = [window.weights, window.count].map(Math.round) as [number, number];
	const walls = Math.round(front.count + back.count);
	// On the way the number has no such sum; at its end it is there a little before the threads are.
	const isSum = Math.round(macs) === wall.size ** 2 * (weights * count + walls);
	if (part > 0 && !isSum) return [betweenText(wall.ways[from]!, wall.ways[to]!), '', ''];
	const terms = `${weights}×${formatCount(count)}${walls ? ` + ${formatCount(walls)}` : ''}`;
	const size = `${wall.size}×${wall.size}`;
	return macs > 0 ? [`= ${size}`, ` ${m.threads_positions()}`, ` × (${terms})`] : ['', '', ''];
}

/** A share in words: what fills the hole is set off. */
export interface Gauge {
	readonly before: string;
	readonly value: string;
	readonly after: string;
	readonly share: number;
}

/** The work that is left, and the inputs that an output sees. */
export function gaugesOf({ share, seen }: Picture, { counted }: Wall): readonly [work: Gauge, seen: Gauge] {
	const gauge = (text: (hole: string) => string, value: string, share: number): Gauge => {
		const [before, after] = around(text);
		return { before, value, after, share };
	};
	return [
		gauge(
			(hole) => m.threads_share({ share: hole }),
			share > 0.9999 ? m.threads_all() : shareText(share),
			share
		),
		gauge(
			(hole) => m.threads_seen({ seen: hole }),
			m.threads_of({ seen: Math.round(seen * counted), count: counted }),
			seen
		)
	];
}

/** What a screen reader says of the handle's place. */
export function valueText(picture: Picture, wall: Wall): string {
	const { part, from, to, macs, share, seen } = picture;
	const [a, b] = [wall.ways[from]!, wall.ways[to]!];
	return m.threads_value({
		way: part > 0 ? m.threads_between({ from: wayName(a), to: wayName(b) }) : wayName(a),
		macs: formatCount(macs),
		share: share > 0.9999 ? m.threads_whole() : shareText(share),
		seen: Math.round(seen * wall.counted),
		count: wall.counted
	});
}

/** The name of a stage and what it has: threads, or wires that cost nothing. */
export function stageText(
	id: StageId,
	picture: Picture,
	wall: Wall
): { readonly name: string; readonly note: string } {
	const way = wall.ways[picture.part < 0.5 ? picture.from : picture.to]!;
	if (id === 'shuffle') {
		const isStraight = picture.row.every((row, i) => row === i);
		return {
			name: isStraight ? m.threads_stage_unshuffled() : m.threads_stage_shuffle(),
			note: m.threads_free()
		};
	}
	const { count } = picture.stages[id];
	const note = m.threads_threads({ count: formatCount(Math.round(count)) });
	const kernel = id === 'window' ? kernelOf(way) : '1×1';
	if (id === 'front') return { name: m.threads_stage_group({ kernel }), note };
	if (id === 'back')
		return {
			name:
				way.id === 'separable' || way.id === 'depthwise'
					? m.threads_stage_pointwise({ kernel })
					: m.threads_stage_group({ kernel }),
			note
		};
	const name = {
		standard: m.threads_stage_standard,
		group: m.threads_stage_group,
		depthwise: m.threads_stage_depthwise,
		separable: m.threads_stage_depthwise,
		walls: m.threads_stage_depthwise,
		shuffle: m.threads_stage_depthwise
	}[way.id];
	return { name: name({ kernel }), note };
}

/** What is lit, in a sentence; channels count from 0, as everywhere. */
export function litText(picture: Picture, lit: Lit): string {
	const { input, output } = lit;
	const total = picture.channels;
	const count = () => countReached(picture, lit);
	if (output === undefined) return m.threads_says_input({ input: input!, count: count(), total });
	if (input === undefined) return m.threads_says_output({ output, count: count(), total });
	const ends = { input, output };
	return hasSeen(picture, input, output) ? m.threads_says_sees(ends) : m.threads_says_blind(ends);
}

/** A text with a hole, as what stands before the hole and what behind it: so that what fills it can be set off. */
function around(text: (hole: string) => string): readonly [before: string, after: string] {
	const [before = '', after = ''] = text('\u0001').split('\u0001');
	return [before, after];
}
