import { dotRace, type DotRace } from './layers';

/** Milliseconds that the slower one takes. */
const duration = 11_000;

/** Two convolutions of one layer at the same pace, a dot after the other. Time is told from outside. */
export class DotRaceState {
	readonly race: DotRace;
	/** Dots that each has done, or would have, were there more to do. */
	#done = $state(0);
	#isRunning = $state(false);

	readonly total: number;
	readonly isRunning = $derived(this.#isRunning);
	readonly done = $derived(this.#done);
	readonly isOver = $derived.by(() => this.#done >= this.total);
	readonly lanes = $derived.by(() =>
		this.race.runners.map((runner) => {
			const dots = runner.macs / this.race.macsPerDot;
			const done = Math.min(this.#done, dots);
			return { runner, dots, done, macs: done * this.race.macsPerDot, isDone: this.#done >= dots };
		})
	);

	constructor({ race = dotRace(), done = 0 }: { race?: DotRace; done?: number } = {}) {
		this.race = race;
		this.total = Math.max(...race.runners.map(({ macs }) => macs)) / race.macsPerDot;
		this.#done = done;
	}

	/** Goes on; from the end, from the start. */
	run(): void {
		if (this.isOver) this.#done = 0;
		this.#isRunning = true;
	}

	stop(): void {
		this.#isRunning = false;
	}

	/** Shows how it ends. */
	finish(): void {
		this.#isRunning = false;
		this.#done = this.total;
	}

	advance(milliseconds: number): void {
		if (!this.#isRunning) return;
		this.#done = Math.min(this.total, this.#done + (this.total * milliseconds) / duration);
		if (this.isOver) this.#isRunning = false;
	}
}
