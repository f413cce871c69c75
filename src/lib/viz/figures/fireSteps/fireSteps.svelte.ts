import type { KnobValues } from '$lib/nets/knobs';
import { fireModule } from '$lib/nets/networks/squeezenet';
import { FigureKnobs } from '../figureKnobs.svelte';
import { readKnobs } from '../knobsAddress';
import { smallValues, stepGraph } from '../steps/stages';
import { Steps } from '../steps/steps.svelte';
import { firePlaceKnobs, fireStepsKnobs } from './knobs';

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
		this.knobs.set(readKnobs(fireStepsKnobs, search));
		const { at, step } = readKnobs(firePlaceKnobs, search);
		if (at || step) this.steps.goTo(`fire/${at ?? firePlaceKnobs.at.default}`, step ?? 1);
	}
}
