import type { KnobValues } from '$lib/nets/knobs';
import { FigureKnobs } from '../../ui/figureKnobs.svelte';
import { softmaxClasses, softmaxKnobs, type SoftmaxClass } from './knobs';
import { sharesOf } from './shares';

/** Logits of a few classes, and the shares that softmax makes of them. */
export class Softmax {
	readonly knobs: FigureKnobs<typeof softmaxKnobs>;
	readonly logits: readonly number[] = $derived.by(() =>
		softmaxClasses.map((name) => this.knobs.values[name])
	);
	readonly shares = $derived.by(() => sharesOf(this.logits));
	/** The class with the largest share; of several, the first. */
	readonly top: SoftmaxClass = $derived.by(
		() => softmaxClasses[this.shares.indexOf(Math.max(...this.shares))]!
	);

	constructor(given: Partial<KnobValues<typeof softmaxKnobs>> = {}) {
		this.knobs = new FigureKnobs(softmaxKnobs, given);
	}
}
