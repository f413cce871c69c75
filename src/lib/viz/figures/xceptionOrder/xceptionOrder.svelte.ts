import type { KnobValues } from '$lib/nets/knobs';
import { knobsCodec } from '../../address/knobs';
import { FigureKnobs } from '../../ui/figureKnobs.svelte';
import { stepGraph } from '../../stepper/stages';
import { Steps } from '../../stepper/steps.svelte';
import { orderKnobs, orderPositionKnobs, orders } from './knobs';
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
		this.knobs.readPhrase(search);
		const { value: position, said } = knobsCodec(orderPositionKnobs).parse(search);
		if (said.length > 0) this.steps.goTo(position.at, position.step);
	}
}
