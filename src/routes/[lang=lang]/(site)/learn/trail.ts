import type { OpenFigure } from '$lib/viz/lessonFigure';

/** What phrases have set in a figure, in the order of the text: who goes back before a phrase has what it set taken back. */
export class Trail {
	readonly #figure: Pick<OpenFigure, 'set' | 'keep'>;
	/** Those that have set something, and what takes it back. */
	#set: readonly { readonly phrase: number; readonly takeBack: () => void }[] = [];

	constructor(figure: Pick<OpenFigure, 'set' | 'keep'>) {
		this.#figure = figure;
	}

	/**
	 * Comes to a phrase, by its number; −1 is before the first.
	 * @param phrases what each names; `null` for those that nobody sees
	 * @param isRead whether the text was read up to there: then those that were passed over on the way have their say, too
	 */
	go(to: number, phrases: readonly (string | null)[], isRead: boolean): void {
		const beyond = this.#set.find(({ phrase }) => phrase > to);
		beyond?.takeBack();
		this.#set = this.#set.filter(({ phrase }) => phrase <= to);
		const last = this.#set.at(-1)?.phrase ?? -1;
		for (let phrase = isRead && !beyond ? Math.min(last + 1, to) : to; phrase <= to; phrase++) {
			const named = phrases[phrase];
			if (typeof named !== 'string') continue;
			if (phrase !== last) this.#set = [...this.#set, { phrase, takeBack: this.#figure.keep() }];
			this.#figure.set(named);
		}
	}

	/** The reader has set the figure: how it stands is nothing that is taken back. */
	forget(): void {
		this.#set = [];
	}
}
