import type { Ignored } from '../../address/codec';
import { threadsCodec, type ChannelCount } from './address';
import { glideKeys, placeAt, stillStory, story, type Keys, type Pace } from './layout/motion';
import { nearestWay, pictureAt, type Lit } from './layout/pictureAt';
import { wallOf } from './ways';

/** Nearer than this to a stop, a hand's place is the stop. */
const catches = 0.035;
/** How far Shift and an arrow move the handle. */
const fine = 0.04;

/** Where the handle of the wall stands, how it moves, and what is pointed at. Time is told from outside. */
export class Threads {
	#place = $state(0);
	#counted = $state<ChannelCount>(32);
	#lit = $state.raw<Lit | null>(null);
	#motion = $state.raw<{ readonly keys: Keys; readonly pace: Pace; readonly isStory: boolean } | null>(null);
	#seconds = 0;
	#isOwn = $state(false);
	readonly #isStill: () => boolean;

	readonly counted = $derived(this.#counted);
	readonly wall = $derived.by(() => wallOf({ counted: this.#counted }));
	/** What is drawn, which is the same however many channels each one stands for. */
	readonly drawn = wallOf();
	readonly picture = $derived.by(() => pictureAt(this.#place, this.wall));
	readonly lit = $derived(this.#lit);
	/** The way that the picture is nearest to. */
	readonly way = $derived.by(() => this.wall.ways[nearestWay(this.picture)]!);
	readonly isMoving = $derived(this.#motion !== null);
	/** Whether the story runs, which nobody has asked for with a hand on the handle. */
	readonly isPlaying = $derived(this.#motion?.isStory ?? false);
	/** Whether a reader has moved the handle. */
	readonly isOwn = $derived(this.#isOwn);
	/** What of the address could not be read. */
	ignored: readonly Ignored[] = $state.raw([]);
	/** Where the handle rests: at the ways. */
	readonly stops = $derived.by(() => this.wall.ways.map(({ at }) => at));
	/** What an address holds of it. */
	readonly search = $derived.by(() =>
		threadsCodec.format({ at: this.#isOwn ? this.#place : null, counted: this.#counted })
	);

	/** @param isStill whether motion is unwanted: then the handle goes from stop to stop. */
	constructor({ isStill = () => false, at = 0 }: { isStill?: () => boolean; at?: number } = {}) {
		this.#isStill = isStill;
		this.#place = at;
	}

	/** Takes what an address says. */
	read(search: string): void {
		const { value, ignored } = threadsCodec.parse(search);
		const { at, counted } = value;
		this.ignored = ignored;
		this.#counted = counted;
		this.#motion = null;
		this.#isOwn = at !== null;
		if (at !== null) this.#place = at;
	}

	/** Takes what words name, as an address has it: the handle moves there, and what they leave out stays. */
	readPhrase(phrase: string): void {
		const { value, said } = threadsCodec.parse(phrase);
		if (said.includes('channels')) this.count(value.counted);
		if (value.at !== null) this.glideTo(value.at);
	}

	/** Remembers how it stands, or will when the handle rests. @returns what moves it back there */
	keep(): () => void {
		const place = this.#motion?.keys.at(-1)![1] ?? this.#place;
		const [counted, isOwn] = [this.#counted, this.#isOwn];
		return () => {
			this.count(counted);
			this.glideTo(place);
			this.#isOwn = isOwn;
		};
	}

	/** Begins the story, from the start. */
	play(): void {
		const isStill = this.#isStill();
		this.#begin(isStill ? stillStory : story, isStill ? 'still' : 'story', true);
		this.#isOwn = false;
		this.advance(0);
	}

	/** Goes to the separable layer at once: the picture that says most where nothing may move. */
	showVerdict(): void {
		this.#place = this.wall.ways.find(({ id }) => id === 'separable')!.at;
	}

	/** Stays where it is. */
	stop(): void {
		this.#motion = null;
	}

	/** Lets some time pass. */
	advance(milliseconds: number): void {
		if (!this.#motion) return;
		this.#seconds += milliseconds / 1000;
		const { place, isDone } = placeAt(this.#motion.keys, this.#seconds, this.#motion.pace);
		this.#place = place;
		if (isDone) this.#motion = null;
	}

	/** Puts the handle where a hand has it. */
	goTo(place: number): void {
		this.stop();
		this.#isOwn = true;
		const near = this.stops.reduce((a, b) => (Math.abs(b - place) < Math.abs(a - place) ? b : a));
		this.#place =
			this.#isStill() || Math.abs(near - place) < catches
				? near
				: Math.min(this.stops.at(-1)!, Math.max(0, place));
	}

	/** Moves the handle to a stop, interruptibly. */
	glideTo(place: number): void {
		this.#isOwn = true;
		if (this.#isStill()) return this.goTo(place);
		this.#begin(glideKeys(this.#place, place), 'glide', false);
	}

	/** To the next stop, or the one before. While it moves there, to the one after that. */
	step(direction: 1 | -1): void {
		const from = this.#motion && !this.#motion.isStory ? this.#motion.keys.at(-1)![1] : this.#place;
		const next =
			direction > 0
				? this.stops.find((stop) => stop > from + 1e-3)
				: this.stops.findLast((stop) => stop < from - 1e-3);
		this.glideTo(next ?? from);
	}

	/** A little further, to look at what happens between two stops. */
	nudge(direction: 1 | -1): void {
		this.stop();
		if (this.#isStill()) return this.step(direction);
		this.#isOwn = true;
		this.#place = Math.min(this.stops.at(-1)!, Math.max(0, this.#place + direction * fine));
	}

	count(channels: ChannelCount): void {
		this.#counted = channels;
		this.#lit = null;
	}

	/** Lights the paths of a channel, or between two; of none. */
	light(lit: Lit | null): void {
		if (lit?.input !== this.#lit?.input || lit?.output !== this.#lit?.output) this.#lit = lit;
	}

	/** To the next output or input, or the one before. */
	walk(side: 'input' | 'output', direction: 1 | -1): void {
		const last = this.wall.channels - 1;
		const now = this.#lit?.[side];
		const next = now === undefined ? (direction > 0 ? 0 : last) : now + direction;
		this.light({ ...this.#lit, [side]: Math.min(last, Math.max(0, next)) });
	}

	#begin(keys: Keys, pace: Pace, isStory: boolean): void {
		this.#motion = { keys, pace, isStory };
		this.#seconds = 0;
	}
}
