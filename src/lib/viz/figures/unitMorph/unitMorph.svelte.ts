import type { KnobValues } from '$lib/nets/knobs';
import { FigureKnobs } from '../../ui/figureKnobs.svelte';
import { unitKnobs, unitStages, type UnitStage } from './knobs';
import { unitCost, unitTensors } from './units';

/** ShuffleNet's units on the way from one to the next: which of the three, and in how many groups. */
export class UnitMorph {
	readonly knobs: FigureKnobs<typeof unitKnobs>;
	readonly stage = $derived.by<UnitStage>(() => this.knobs.values.stage);
	readonly groups = $derived.by<number>(() => this.knobs.values.groups);
	readonly tensors = $derived.by(() => unitTensors(this.stage, this.groups));
	/** All three side by side. */
	readonly costs = $derived.by(() => unitStages.map((stage) => ({ stage, ...unitCost(stage, this.groups) })));

	constructor(given: Partial<KnobValues<typeof unitKnobs>> = {}) {
		this.knobs = new FigureKnobs(unitKnobs, given);
	}

	show(stage: UnitStage): void {
		this.knobs.set({ stage });
	}
}
