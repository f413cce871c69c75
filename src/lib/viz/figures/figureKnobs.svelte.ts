import { defaultKnobs, type KnobTable, type KnobValues } from '$lib/nets/knobs';
import { changeKnobs, readKnobs, writeKnobs } from './knobsAddress';

/** Values of a figure's knobs, which an address holds. */
export class FigureKnobs<T extends KnobTable> {
	#values = $state.raw<KnobValues<T>>() as KnobValues<T>;
	readonly table: T;

	/** A value for every knob. */
	readonly values = $derived(this.#values);
	/** What an address holds: the knobs that are not at their defaults, `''` where all are. */
	readonly search = $derived.by(() => writeKnobs(this.table, this.#values));

	constructor(table: T, given: Partial<KnobValues<T>> = {}) {
		this.table = table;
		this.#values = { ...defaultKnobs(table), ...given };
	}

	/** Takes the values of an address; all others come to their defaults. */
	read(search: string): void {
		this.#values = { ...defaultKnobs(this.table), ...readKnobs(this.table, search) };
	}

	/** Takes values that a control or a phrase of the text names; all others stay. */
	set(given: Partial<KnobValues<T>>): void {
		this.#values = changeKnobs(this.table, this.#values, given);
	}
}
