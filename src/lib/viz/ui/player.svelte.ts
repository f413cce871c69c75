/** Steps a second that a reader can choose from. */
export const speeds = [0.5, 1, 2, 4, 8, 16, 32, 64] as const;

/** A timeline of steps that is played, stepped and scrubbed. Its length may change under it. */
export class Player {
	readonly #count: () => number;
	#step = $state(0);
	#playing = $state(false);
	#frame = 0;
	#jumped = $state(false);

	/** Steps a second. */
	speed = $state(2);
	readonly count = $derived.by(() => this.#count());
	readonly step = $derived.by(() => Math.max(0, Math.min(this.#step, this.#count() - 1)));
	readonly playing = $derived(this.#playing);
	readonly atEnd = $derived(this.step >= this.count - 1);
	/** Milliseconds that the way to this step may take: none after a jump, and never longer than a step lasts. */
	readonly glide = $derived(this.#jumped ? 0 : this.#playing ? Math.min(220, 600 / this.speed) : 160);

	/** @param count number of steps, read anew whenever it matters. */
	constructor(count: () => number, step = 0) {
		this.#count = count;
		this.#step = step;
	}

	/** Goes to a step at once, clamped to the timeline. Does not stop the playing. */
	seek(step: number): void {
		this.#jumped = Math.abs(step - this.step) !== 1;
		this.#step = Math.max(0, Math.min(Math.round(step), this.count - 1));
	}

	/** Goes to a step at once and stops. */
	goTo(step: number): void {
		this.pause();
		this.seek(step);
	}

	/** Like {@link goTo}, and nothing glides: for a hand on the slider. */
	scrub(step: number): void {
		this.goTo(step);
		this.#jumped = true;
	}

	forward(): void {
		this.goTo(this.step + 1);
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
		if (this.atEnd) this.seek(0);
		this.#playing = true;
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
}
