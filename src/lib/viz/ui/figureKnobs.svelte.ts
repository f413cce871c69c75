import { changeKnobs, defaultKnobs, type KnobTable, type KnobValues } from '$lib/nets/knobs';
import { mergeSearch, type Codec, type Ignored } from '../address/codec';
import { knobsCodec } from '../address/knobs';

/** Values of a figure's knobs, which an address holds. */
export class FigureKnobs<T extends KnobTable> {
	#values = $state.raw<KnobValues<T>>() as KnobValues<T>;
	readonly table: T;
	readonly #codec: Codec<KnobValues<T>>;

	/** What of the address could not be read. */
	ignored: readonly Ignored[] = $state.raw([]);

	/** A value for every knob. */
	readonly values = $derived(this.#values);
	/** What an address holds: the knobs that are not at their defaults, `''` where all are. */
	readonly search = $derived.by(() => this.#codec.format(this.#values));

	constructor(table: T, given: Partial<KnobValues<T>> = {}) {
		this.table = table;
		this.#codec = knobsCodec(table);
		this.#values = { ...defaultKnobs(table), ...given };
	}

	/** Takes the values of an address; all others come to their defaults. */
	read(search: string): void {
		const { value, ignored } = this.#codec.parse(search);
		this.#values = value;
		this.ignored = ignored;
	}

	/** Takes what a phrase of the text names; all others stay. */
	readPhrase(phrase: string): void {
		this.read(mergeSearch(this.search, phrase));
	}

	/** Takes values that a control names; all others stay. */
	set(given: Partial<KnobValues<T>>): void {
		this.#values = changeKnobs(this.table, this.#values, given);
	}
}
