import type { KnobValues } from '$lib/nets/knobs';
import { FigureKnobs } from '../../ui/figureKnobs.svelte';
import { channels, cutStage, morphKnobs, type MorphStage, stages } from './knobs';
import { morphCost, towersOf } from './modules';

/** The Inception module on its way to the extreme one: where on the way, and in how many segments. */
export class InceptionMorph {
	readonly knobs: FigureKnobs<typeof morphKnobs>;
	readonly stage = $derived.by<MorphStage>(() => this.knobs.values.stage);
	/** Segments that are drawn; of the Inception module itself, those of the next stage. */
	readonly segments = $derived.by(() => (this.stage === 'extreme' ? channels : this.knobs.values.segments));
	readonly towers = $derived.by(() => towersOf(this.stage, this.knobs.values.segments));
	/** All four stages with as many segments, side by side. */
	readonly costs = $derived.by(() =>
		stages.map((stage) => ({ stage, ...morphCost(stage, this.knobs.values.segments) }))
	);

	constructor(given: Partial<KnobValues<typeof morphKnobs>> = {}) {
		this.knobs = new FigureKnobs(morphKnobs, given);
	}

	show(stage: MorphStage): void {
		this.knobs.set({ stage });
	}

	cut(segments: number): void {
		this.knobs.set({ segments, stage: cutStage[this.stage] });
	}
}
