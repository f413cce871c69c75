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
	/** The classes with the largest share: more than one where logits are equal. */
	readonly largest: readonly SoftmaxClass[] = $derived.by(() => {
		const most = Math.max(...this.logits);
		return softmaxClasses.filter((_, i) => this.logits[i] === most);
	});
	/** The class with the largest share; of several, the first. */
	readonly top: SoftmaxClass = $derived(this.largest[0]!);

	constructor(given: Partial<KnobValues<typeof softmaxKnobs>> = {}) {
		this.knobs = new FigureKnobs(softmaxKnobs, given);
	}
}
