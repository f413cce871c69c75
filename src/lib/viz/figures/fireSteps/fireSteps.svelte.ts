import type { KnobValues } from '$lib/nets/knobs';
import { fireModule } from '$lib/nets/networks/squeezenet';
import { knobsCodec } from '../../address/knobs';
import { FigureKnobs } from '../../ui/figureKnobs.svelte';
import { smallValues, stepGraph } from '../../stepper/stages';
import { Steps } from '../../stepper/steps.svelte';
import { firePositionKnobs, fireStepsKnobs } from './knobs';

/** Height and width of the small module. */
const side = 4;
const seed = 16;

/** A small fire module with all its values, and a timeline over them. */
export class FireSteps {
	readonly knobs: FigureKnobs<typeof fireStepsKnobs>;
	readonly graph = $derived.by(() => {
		const graph = fireModule.build({ ...this.knobs.values, resolution: side });
		const { input, weights } = smallValues(graph, seed);
		return stepGraph(graph, input, weights);
	});
	readonly steps: Steps;

	constructor(given: Partial<KnobValues<typeof fireStepsKnobs>> = {}) {
		this.knobs = new FigureKnobs(fireStepsKnobs, given);
		this.steps = new Steps(() => this.graph);
	}

	/** Takes what an address or a phrase names: knobs, and where to stand. */
	read(search: string): void {
		this.knobs.readPhrase(search);
		const { value: position, said } = knobsCodec(firePositionKnobs).parse(search);
		if (said.length > 0) this.steps.goTo(`fire/${position.at}`, position.step);
	}
}
