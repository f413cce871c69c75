import type { KnobValues } from '$lib/nets/knobs';
import { FigureKnobs } from '../../ui/figureKnobs.svelte';
import { quantizerKnobs } from './knobs';
import { codingFor, store } from './stored';

/** A range cut into steps, and a value that becomes one of its integers. */
export class Quantizer {
	readonly knobs: FigureKnobs<typeof quantizerKnobs>;
	readonly coding = $derived.by(() => {
		const { low, high, bits, scheme } = this.knobs.values;
		return codingFor({ low, high }, bits, scheme);
	});
	readonly stored = $derived.by(() => store(this.knobs.values.value, this.coding));

	constructor(given: Partial<KnobValues<typeof quantizerKnobs>> = {}) {
		this.knobs = new FigureKnobs(quantizerKnobs, given);
	}

	/** Puts an end of the range, or the value, to a place as exact as a control has it. */
	put(name: 'low' | 'high' | 'value', at: number): void {
		this.knobs.set({ [name]: Number(at.toFixed(2)) });
	}
}
