/** Stages that a layer can have, in the order in which its data run through them. */
export const stageIds = ['front', 'shuffle', 'window', 'back'] as const;
export type StageId = (typeof stageIds)[number];

/** Ways to convolve, in the order in which the handle meets them; there are several of `group`, by their number of groups. */
export const wayIds = ['standard', 'group', 'depthwise', 'separable', 'walls', 'shuffle'] as const;
export type WayId = (typeof wayIds)[number];

/** One stage of a way: who reads whom, and what that costs. */
export interface Stage {
	/** Of the channels that are drawn: `input * channels + output` is 1 where the output reads the input. */
	readonly pairs: Uint8Array;
	/** Connected pairs among the channels that are counted. */
	readonly threads: number;
	/** Weights that one of them has. */
	readonly weights: number;
	/** Multiply-adds of the stage. */
	readonly macs: number;
}

/** A layer of as many channels out as in. */
export interface Way {
	readonly id: WayId;
	readonly groups: number;
	/** Where it stands on the way of the handle. */
	readonly at: number;
	/** A stage that it has not hands its channels on as they are. */
	readonly stages: Readonly<Partial<Record<StageId, Stage>>>;
	readonly macs: number;
	/** Input channels that an output has seen, of those counted: the mean over all outputs. */
	readonly seen: number;
	/** The same of the channels that are drawn. */
	readonly seenDrawn: number;
}

/** What the figure shows: ways from the dearest to the one with a shuffle, and what lies between each and the next. */
export interface Wall {
	/** Channels that are drawn, a power of two. */
	readonly channels: number;
	/** Channels that are counted: a multiple of those drawn. */
	readonly counted: number;
	/** Height and width of the maps. */
	readonly size: number;
	readonly ways: readonly Way[];
	/** `legs[k]` leads from way `k` to way `k + 1`. */
	readonly legs: readonly Leg[];
}

/** What becomes of a pair between two ways. `opened`: its stage is new, and before that the channel was handed on as it is. */
export const fates = { none: 0, kept: 1, cut: 2, grown: 3, opened: 4 } as const;

/** The way from one way to the next. */
export interface Leg {
	readonly stages: Readonly<Record<StageId, LegStage>>;
	/** Whether its columns stay where they are, and all that happens is that threads are cut. */
	readonly onlyCuts: boolean;
}

export interface LegStage {
	/** By pair: one of {@link fates}. */
	readonly fate: Uint8Array;
	/** By pair: when its turn comes among those of its fate, from 0 to 1. */
	readonly order: Float32Array;
}

/** A number in [0, 1) that is always the same for a pair: threads that are cut or bent alike would make a pattern. */
export function hash(i: number, j: number): number {
	const s = Math.sin(i * 127.1 + j * 311.7) * 43758.5453;
	return s - Math.floor(s);
}

/** Of a turn's place, how much is by length and not by chance. */
const byLength = 0.78;

/** Puts what lies between each way and the next to the ways. */
export function planWall(given: Omit<Wall, 'legs'>): Wall {
	const legs = given.ways.slice(1).map((to, k): Leg => {
		const from = given.ways[k]!;
		const stages = Object.fromEntries(
			stageIds.map((id) => [id, planStage(given.channels, from.stages[id], to.stages[id])])
		) as Record<StageId, LegStage>;
		const onlyCuts = stageIds.every((id) => Boolean(from.stages[id]) === Boolean(to.stages[id]));
		return { stages, onlyCuts: onlyCuts && to.id !== 'shuffle' };
	});
	return { ...given, legs };
}

function planStage(channels: number, from: Stage | undefined, to: Stage | undefined): LegStage {
	const fate = new Uint8Array(channels ** 2);
	const turn = new Float32Array(channels ** 2);
	const [leaving, coming]: [number[], number[]] = [[], []];
	const own = (pair: number) => (Math.floor(pair / channels) === pair % channels ? 1 : 0);
	for (let pair = 0; pair < fate.length; pair++) {
		const before = from ? from.pairs[pair]! : own(pair);
		const after = to ? to.pairs[pair]! : own(pair);
		fate[pair] = before
			? after
				? !from && to
					? fates.opened
					: fates.kept
				: fates.cut
			: after
				? fates.grown
				: fates.none;
		if (fate[pair] === fates.none || fate[pair] === fates.kept) continue;
		(fate[pair] === fates.cut ? leaving : coming).push(pair);
		const far = Math.abs(Math.floor(pair / channels) - (pair % channels)) / (channels - 1);
		const chance = hash(Math.floor(pair / channels), pair % channels);
		// Long threads are cut first; short ones grow first.
		turn[pair] = byLength * (after ? far : 1 - far) + (1 - byLength) * chance;
	}
	// By rank, so that as many are cut in any part of the leg as in any other.
	const order = new Float32Array(channels ** 2);
	for (const pairs of [leaving, coming]) for (const [pair, place] of rank(pairs, turn)) order[pair] = place;
	return { fate, order };
}

function rank(pairs: readonly number[], turn: Float32Array): [pair: number, place: number][] {
	const sorted = pairs.toSorted((a, b) => turn[a]! - turn[b]!);
	return sorted.map((pair, n) => [pair, sorted.length > 1 ? n / (sorted.length - 1) : 0]);
}
