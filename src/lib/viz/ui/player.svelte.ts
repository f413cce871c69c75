/** Steps a second that a reader can choose from. */
export const speeds = [0.5, 1, 2, 4, 8, 16, 32, 64] as const;

/** Milliseconds of a glide: so many a step, within limits. */
const glide = { step: 450, least: 150, most: 600 };
/** A longer way is not gone all the way: so many of its last steps are. */
const longest = 12;

const isStill = () => globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? true;

/**
 * A timeline of steps that is played, stepped and scrubbed. Its length may change under it. Step `n` lasts from position `n - 1`,
 * where the one before is done, to position `n`: what is drawn can stand anywhere between, where a player glides.
 */
export class Player {
	readonly #count: () => number;
	/** Whether what is drawn has states between whole steps. */
	readonly glides: boolean;
	#step = $state(0);
	#position = $state(0);
	#isGliding = $state(false);
	#playing = $state(false);
	#frame = 0;
	#glideFrame = 0;

	/** Steps a second. */
	speed = $state(2);
	readonly count = $derived.by(() => this.#count());
	/** The step that is under way or done. */
	readonly step = $derived.by(() => Math.max(0, Math.min(this.#step, this.#count() - 1)));
	/** Where what is drawn stands: a step, or a place on the way to one; from −1, where nothing is done. */
	readonly position = $derived.by(() =>
		this.glides ? Math.max(-1, Math.min(this.#position, this.#count() - 1)) : this.step
	);
	/** Whether a hand has let go of it between two steps. */
	readonly isBetween = $derived(!this.#isGliding && this.position !== this.step);
	readonly playing = $derived(this.#playing);
	readonly atEnd = $derived(this.step >= this.count - 1 && !this.isBetween);

	/**
	 * @param count number of steps, read anew whenever it matters.
	 * @param glides whether it takes its time from step to step.
	 */
	constructor(count: () => number, { step = 0, glides = false }: { step?: number; glides?: boolean } = {}) {
		this.#count = count;
		this.glides = glides;
		this.#step = this.#position = step;
	}

	/** Goes to a step, clamped to the timeline, in a glide where there are any. Does not stop the playing. */
	seek(step: number): void {
		/** What a step has while it plays. */
		const most = this.#playing ? Math.min(glide.most, 1000 / this.speed) : glide.most;
		if (!this.glides || most < glide.least || isStill()) return this.jump(step);
		this.#step = Math.max(0, Math.min(Math.round(step), this.count - 1));
		const way = this.#step - this.position;
		if (Math.abs(way) > longest) this.#position = this.#step - Math.sign(way) * longest;
		const time = Math.max(glide.least, Math.min(most, Math.abs(way) * glide.step));
		this.#glideTo(this.#step, this.#playing ? most : time);
	}

	/** Is at a step at once. Does not stop the playing. */
	jump(step: number): void {
		this.#step = Math.max(0, Math.min(Math.round(step), this.count - 1));
		this.#stand(this.#step);
	}

	/** Goes to a step and stops. */
	goTo(step: number): void {
		this.pause();
		this.seek(step);
	}

	/** Stands at a position at once, also between steps, and stops: for a hand on the slider. */
	scrub(position: number): void {
		this.pause();
		const at = Math.max(-1, Math.min(position, this.count - 1));
		this.#step = Math.max(0, Math.ceil(at - 1e-6));
		this.#stand(this.glides ? at : this.#step);
	}

	forward(): void {
		this.goTo(this.isBetween ? this.step : this.step + 1);
	}
	back(): void {
		this.goTo(this.step - 1);
	}
	start(): void {
		this.goTo(0);
	}
	end(): void {
		this.goTo(this.count - 1);
	}
	toggle(): void {
		if (this.#playing) this.pause();
		else this.play();
	}

	/** Plays to the end; from the end, from the start. */
	play(): void {
		if (this.#playing) return;
		this.#playing = true;
		if (this.atEnd) {
			this.#stand(-1);
			this.seek(0);
		}
		let due = performance.now() + 1000 / this.speed;
		const tick = (now: number) => {
			if (now >= due) {
				// A slow frame makes up for what it missed, but a hidden page does not.
				const missed = Math.min(Math.floor(((now - due) * this.speed) / 1000), Math.ceil(this.speed / 10));
				this.seek(this.step + 1 + missed);
				due = Math.max(due + ((1 + missed) * 1000) / this.speed, now);
			}
			if (this.atEnd) this.pause();
			else this.#frame = requestAnimationFrame(tick);
		};
		this.#frame = requestAnimationFrame(tick);
	}

	pause(): void {
		if (!this.#playing) return;
		cancelAnimationFrame(this.#frame);
		this.#playing = false;
	}

	#stand(position: number): void {
		if (this.#isGliding) cancelAnimationFrame(this.#glideFrame);
		this.#isGliding = false;
		this.#position = position;
	}

	/** From wherever it is; while it plays, at an even pace, else fast first. */
	#glideTo(position: number, time: number): void {
		if (this.#isGliding) cancelAnimationFrame(this.#glideFrame);
		const from = this.position;
		const start = performance.now();
		const pace = this.#playing ? (way: number) => way : (way: number) => Math.sin((way * Math.PI) / 2);
		this.#isGliding = true;
		const tick = (now: number) => {
			const way = Math.max(0, Math.min(1, (now - start) / time));
			this.#position = from + (position - from) * pace(way);
			if (way < 1) this.#glideFrame = requestAnimationFrame(tick);
			else this.#stand(position);
		};
		this.#glideFrame = requestAnimationFrame(tick);
	}
}
