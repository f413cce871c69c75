/** A phrase's place on the screen: its top, and how far along its line it stands, from 0 to 1. */
export interface Place {
	readonly top: number;
	readonly height: number;
	readonly along: number;
}

/** Index of the phrase that the eye has come to at a line across the screen, −1 before the first. A line of text is read from its start to its end. */
export function phraseAt(places: readonly Place[], line: number): number {
	return places.findLastIndex(({ top, height, along }) => top + along * height <= line);
}

/**
 * What moves a figure: the sentence that is being read, until the reader sets the figure. From then on scrolling leaves it alone,
 * until a phrase is chosen or the figure is told to follow again.
 */
export class Reading {
	#follows = $state(true);
	#shown = $state<number | null>(null);
	/** The phrase that the eye has come to. */
	#reached = -1;
	#isChosen = false;
	/** A phrase was chosen that the eye has yet to come to: what is read on the way there does not undo it. */
	#isAhead = false;

	readonly follows = $derived(this.#follows);
	/** The phrase that the figure shows; `null` once the reader has set it. */
	readonly shown = $derived(this.#shown);

	/** Whether the phrase that the figure shows was chosen, not read. */
	get isChosen(): boolean {
		return this.#isChosen;
	}

	/** The eye has come to a phrase. @returns the phrase that the figure is to show, −1 for none, `null` where it stays as it is */
	reach(phrase: number): number | null {
		if (phrase === this.#reached) return null;
		this.#reached = phrase;
		if (this.#isAhead && phrase !== this.#shown) return null;
		this.#isAhead = false;
		if (!this.#follows || phrase === (this.#shown ?? -1)) return null;
		this.#shown = phrase < 0 ? null : phrase;
		this.#isChosen = false;
		return phrase;
	}

	/** The reader has chosen a phrase. */
	choose(phrase: number): void {
		this.#follows = true;
		this.#shown = phrase;
		this.#isChosen = true;
		this.#isAhead = phrase !== this.#reached;
	}

	/** What was chosen has left the screen: the eye is elsewhere. */
	leave(): void {
		this.#isAhead = false;
	}

	/** The reader has set the figure, or wants it to stay as it is. */
	hold(): void {
		this.#follows = this.#isChosen = false;
		this.#shown = null;
	}

	/** Follows the text again. @returns the phrase that the figure is to show, `null` before the first */
	follow(): number | null {
		this.#follows = true;
		this.#isAhead = false;
		this.#shown = this.#reached < 0 ? null : this.#reached;
		return this.#shown;
	}
}
