import { getContext, setContext } from 'svelte';

/** Which controls a figure offers. In a text these are few, until the reader asks for all; elsewhere, all. */
export class Offered {
	/** Names of those that stand there from the beginning; `null` for all. */
	readonly #few: readonly string[] | null;
	isAll = $state(false);

	constructor(few: readonly string[] | null) {
		this.#few = few;
	}

	has(name: string): boolean {
		return this.isAll || this.#few === null || this.#few.includes(name);
	}
}

const key = Symbol('offered');
const everything = new Offered(null);

/** Says which controls the figures within the component offer. */
export const offerControls = (few: readonly string[] | null): Offered => setContext(key, new Offered(few));

/** What is offered where the component stands. */
export const offeredControls = (): Offered => getContext<Offered | undefined>(key) ?? everything;
