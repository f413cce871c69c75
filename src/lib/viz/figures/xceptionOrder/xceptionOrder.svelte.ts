import type { KnobValues } from '$lib/nets/knobs';
import { FigureKnobs } from '../figureKnobs.svelte';
import { readKnobs } from '../knobsAddress';
import { stepGraph } from '../steps/stages';
import { Steps } from '../steps/steps.svelte';
import { orderKnobs, orderPlaceKnobs, orders } from './knobs';
import { effectOfRelu, factsOf, orderGraph, orderValues } from './layers';

/** Pointwise and depthwise in the order that the reader chooses, with a ReLU between or not, and a timeline over both. */
export class XceptionOrder {
	readonly knobs: FigureKnobs<typeof orderKnobs>;
	readonly graph = $derived.by(() => {
		const { input, weights } = orderValues(this.knobs.values);
		return stepGraph(orderGraph(this.knobs.values), input, weights);
	});
	readonly steps: Steps;
	readonly facts = $derived.by(() => orders.map((order) => factsOf({ ...this.knobs.values, order })));
	readonly effect = $derived.by(() => effectOfRelu(this.knobs.values));

	constructor(given: Partial<KnobValues<typeof orderKnobs>> = {}) {
		this.knobs = new FigureKnobs(orderKnobs, given);
		this.steps = new Steps(() => this.graph);
	}

	/** Takes what an address or a phrase names: knobs, and where to stand. */
	read(search: string): void {
		this.knobs.set(readKnobs(orderKnobs, search));
		const { at, step } = readKnobs(orderPlaceKnobs, search);
		if (at || step) this.steps.goTo(at ?? orderPlaceKnobs.at.default, step ?? 1);
	}
}
