import { fates, type LegStage, type StageId, type Wall, type Way } from './wall';
import { clampUnit, lerp, smooth } from '../../../plot/between';

/** The part of a cut after which the thread is two. */
export const snap = 0.12;
/** The part of a cut over which a thread stops being a connection. */
const loosening = 0.15;
/** The part of its growth after which the tip of a thread has arrived. */
const arrival = 0.85;

/** The threads of one stage, by pair: `input * channels + output`. */
export interface StageThreads {
	/** From 0, whole, past {@link snap} to 1, gone. */
	readonly cut: Float32Array;
	/** How far it has grown: 0 is not there, 1 is whole. */
	readonly grow: Float32Array;
	/** What it is worth as a connection, from 0 to 1. */
	readonly worth: Float32Array;
	/** How many there are, of the channels that are counted. */
	readonly count: number;
	/** Weights of one. */
	readonly weights: number;
	/** Multiply-adds of all of them. */
	readonly macs: number;
}

/** The figure at one place of the handle's way. It knows neither pixels nor time. */
export interface Picture {
	readonly t: number;
	readonly channels: number;
	/** The ways that it lies between, by index, and how far from the one to the other. At a way, `from` is that, and `part` 0. */
	readonly from: number;
	readonly to: number;
	readonly part: number;
	/** Where the channels stand before and behind each stage, from 0 to 1; a stage of no width is not there. */
	readonly columns: readonly [inputs: 0, front: number, shuffled: number, window: number, outputs: 1];
	readonly stages: Readonly<Record<'front' | 'window' | 'back', StageThreads>>;
	/** Where the wire of each channel ends behind the shuffle, and what each pair of it is worth. */
	readonly row: Float32Array;
	readonly shuffle: Float32Array;
	/**
	 * What the channels of each column have read of the inputs, `channel * channels + input`: by the best path, which is as strong
	 * as its weakest thread.
	 */
	readonly reach: readonly Float32Array[];
	/** From 0, where the threads of a window are one strand, to 1, where there is room for each weight's own. */
	readonly spread: number;
	readonly macs: number;
	/** Of the multiply-adds of a standard convolution, and of the inputs that an output of it sees. */
	readonly share: number;
	readonly seen: number;
}

/** When in a leg, from 0 to 1, things of one kind happen: the first begins at `start`, the last `stagger` later, each takes `each`. */
interface Turn {
	readonly start: number;
	readonly stagger: number;
	readonly each: number;
}
const turnOf = (p: number, { start, stagger, each }: Turn, order: number) =>
	clampUnit((p - start - stagger * order) / each);

const cuts: Turn = { start: 0.06, stagger: 0.5, each: 0.44 };
const opens: Turn = { start: 0.2, stagger: 0.42, each: 0.3 };
const wires: Turn = { start: 0.08, stagger: 0.42, each: 0.42 };
/**
 * Where one wall is cut while another opens, a thread of the new one arrives while those are cut that it stands for: the work only falls,
 * since more are cut than come.
 */
const trade: Turn = { start: 0.27, stagger: 0.3, each: 0.33 };
const traded: Turn = {
	start: trade.start + (snap + loosening / 2) * trade.each - ((1 + arrival) / 2) * 0.3,
	stagger: trade.stagger,
	each: 0.3
};
/** When columns move to make room. */
const moves = [0.08, 0.55] as const;

/** Places of the columns, by whether there is a stage in front and behind. */
function columnsOf({ stages }: Way): Picture['columns'] {
	if (stages.front) return [0, 0.27, 0.47, 0.7, 1];
	return [0, 0, 0, stages.back ? 0.3 : 1, 1];
}

/**
 * The picture at a place of the handle's way: 0 standard, then groups, 2 depthwise, 3 separable, 4 two walls in groups, 5 shuffled.
 * Between two ways it is neither: a thread that both have stays, one that only the first has is cut, one that only the second has grows.
 */
export function pictureAt(t: number, wall: Wall): Picture {
	const { channels, counted, ways, legs } = wall;
	const last = ways.length - 1;
	const at = Math.min(ways[last]!.at, Math.max(0, t));
	const from = Math.max(
		0,
		ways.findLastIndex((way) => way.at <= at)
	);
	const to = Math.min(last, from + 1);
	const [a, b] = [ways[from]!, ways[to]!];
	const part = from === to ? 0 : (at - a.at) / (b.at - a.at);
	// At the last way, the end of the leg to it.
	const leg = legs[from] ?? legs[last - 1]!;
	const [before, after, p] = from === to ? [ways[last - 1]!, b, 1] : [a, b, part];

	const trades = Boolean(after.stages.front) && !before.stages.front;
	const threads = (id: 'front' | 'window' | 'back') =>
		threadsAt(p, leg.stages[id], before.stages[id], after.stages[id], {
			cut: trades ? trade : cuts,
			grow: trades ? traded : opens,
			drawn: channels
		});
	const stages = { front: threads('front'), window: threads('window'), back: threads('back') };
	const { row, shuffle } = wiresAt(p, channels, before, after);

	const reach = [unit(channels)];
	for (const worth of [stages.front.worth, shuffle, stages.window.worth, stages.back.worth])
		reach.push(compose(channels, worth, reach.at(-1)!));
	const seenDrawn = sum(reach[4]!) / channels;
	const scale = lerp(before.seen / before.seenDrawn, after.seen / after.seenDrawn, smooth(p, 0, 0.8));

	const [x, y] = [columnsOf(before), columnsOf(after)];
	const column = (n: number) => lerp(x[n]!, y[n]!, smooth(p, ...moves));
	const macs = stages.front.macs + stages.window.macs + stages.back.macs;
	const windows = sum(stages.window.worth);
	return {
		...{ t: at, channels, from, to, part, stages, row, shuffle, reach, macs },
		columns: [0, column(1), column(2), column(3), 1],
		spread: 1 - smooth(windows, channels, 4 * channels),
		share: macs / ways[0]!.macs,
		seen: Math.min(1, Math.max(1, seenDrawn * scale) / counted)
	};
}

/** Threads of a stage on the way from one state of it to another. */
function threadsAt(
	p: number,
	{ fate, order }: LegStage,
	from: Way['stages'][StageId],
	to: Way['stages'][StageId],
	turns: { readonly cut: Turn; readonly grow: Turn; readonly drawn: number }
): StageThreads {
	const cut = new Float32Array(fate.length);
	const grow = new Float32Array(fate.length);
	const worth = new Float32Array(fate.length);
	/** What is paid for it: a channel that is handed on as it is costs nothing until its stage has opened. */
	let [keeps, leaves, comes] = [0, 0, 0];
	for (let pair = 0; pair < fate.length; pair++) {
		const what = fate[pair]!;
		if (what === fates.none) continue;
		if (what === fates.kept) {
			grow[pair] = worth[pair] = 1;
			keeps++;
		} else if (what === fates.cut) {
			const turn = turnOf(p, turns.cut, order[pair]!);
			grow[pair] = 1;
			cut[pair] = turn;
			leaves += worth[pair] = 1 - smooth(turn, snap, snap + loosening);
		} else {
			const turn = turnOf(p, turns.grow, order[pair]!);
			const arrived = smooth(turn, arrival, 1);
			grow[pair] = smooth(turn);
			comes += arrived;
			worth[pair] = what === fates.opened ? 1 : arrived;
		}
	}
	// What one that is drawn stands for may change: a depthwise convolution keeps one of its pairs for each channel.
	const each = (of: (stage: NonNullable<typeof from>) => number, stage: typeof from) =>
		stage ? of(stage) / sum(stage.pairs) : 0;
	const total = (of: (stage: NonNullable<typeof from>) => number) =>
		keeps * lerp(each(of, from), each(of, to), smooth(p)) + leaves * each(of, from) + comes * each(of, to);
	return {
		...{ cut, grow, worth, weights: (to ?? from)?.weights ?? 0 },
		count: from || to ? total(({ threads }) => threads) : 0,
		macs: from || to ? total(({ macs }) => macs) : 0
	};
}

/** The wires of the shuffle: straight where a way has none. */
function wiresAt(
	p: number,
	channels: number,
	from: Way,
	to: Way
): { row: Float32Array; shuffle: Float32Array } {
	const row = new Float32Array(channels);
	const shuffle = new Float32Array(channels ** 2);
	const target = (way: Way, i: number) => {
		const pairs = way.stages.shuffle?.pairs;
		return pairs ? pairs.subarray(i * channels, (i + 1) * channels).indexOf(1) : i;
	};
	for (let i = 0; i < channels; i++) {
		const [start, end] = [target(from, i), target(to, i)];
		const turn = turnOf(p, wires, i / (channels - 1));
		row[i] = lerp(start, end, smooth(turn));
		if (start === end) shuffle[i * channels + start] = 1;
		else {
			shuffle[i * channels + start] = 1 - smooth(turn, 0.4, 0.9);
			shuffle[i * channels + end] = smooth(turn, 0.6, 1);
		}
	}
	return { row, shuffle };
}

function unit(channels: number): Float32Array {
	const own = new Float32Array(channels ** 2);
	for (let i = 0; i < channels; i++) own[i * channels + i] = 1;
	return own;
}

/** What the channels behind one more stage have read. */
function compose(channels: number, worth: Float32Array, reach: Float32Array): Float32Array {
	const out = new Float32Array(channels ** 2);
	// Most channels have read one input or all, and it is done for each frame.
	const read = new Uint16Array(channels);
	for (let i = 0; i < channels; i++) {
		let count = 0;
		for (let c = 0; c < channels; c++) if (reach[i * channels + c]! > 0) read[count++] = c;
		for (let j = 0; j < channels; j++) {
			const strength = worth[i * channels + j]!;
			if (strength === 0) continue;
			for (let n = 0; n < count; n++) {
				const c = read[n]!;
				const path = Math.min(strength, reach[i * channels + c]!);
				if (path > out[j * channels + c]!) out[j * channels + c] = path;
			}
		}
	}
	return out;
}

function sum(list: Float32Array | Uint8Array): number {
	let total = 0;
	// By index: an iterator of two kinds of arrays takes four times as long.
	for (let n = 0; n < list.length; n++) total += list[n]!;
	return total;
}

/** What is pointed at: an input channel, an output channel, or both. */
export interface Lit {
	readonly input?: number;
	readonly output?: number;
}

/** By column and channel, whether it lies on a path from what is lit, and to it: from 0 to 1. */
export interface Paths {
	readonly forth: readonly Float32Array[];
	readonly back: readonly Float32Array[];
}

/** The paths between what is lit; where only one end is, to all of the other side. */
export function pathsOf({ channels, stages, shuffle }: Picture, { input, output }: Lit): Paths {
	const ways = [stages.front.worth, shuffle, stages.window.worth, stages.back.worth];
	const ends = (only: number | undefined) =>
		Float32Array.from({ length: channels }, (_, i) => (only === undefined || i === only ? 1 : 0));
	const walk = (from: Float32Array, worth: Float32Array, isForth: boolean) =>
		from.map((_, a) =>
			from.reduce(
				(most, strength, b) =>
					Math.max(most, Math.min(strength, worth[isForth ? b * channels + a : a * channels + b]!)),
				0
			)
		);
	const forth = [ends(input)];
	const back = [ends(output)];
	for (const worth of ways) forth.push(walk(forth.at(-1)!, worth, true));
	for (const worth of ways.toReversed()) back.unshift(walk(back[0]!, worth, false));
	return { forth, back };
}

/** How many inputs an output has seen of those drawn, or outputs an input has reached. */
export function countReached({ channels, reach }: Picture, { input, output }: Lit): number {
	const last = reach.at(-1)!;
	let count = 0;
	for (let other = 0; other < channels; other++)
		if (last[output !== undefined ? output * channels + other : other * channels + input!]! > 0.5) count++;
	return count;
}

/** Whether an output has seen an input. */
export function hasSeen({ channels, reach }: Picture, input: number, output: number): boolean {
	return reach.at(-1)![output * channels + input]! > 0.5;
}

/** The way that a picture is nearest to. */
export const nearestWay = ({ from, to, part }: Picture) => (part < 0.5 ? from : to);
