import type { KnobValues } from '$lib/nets/knobs';
import { FigureKnobs } from '../../ui/figureKnobs.svelte';
import { bottlenecks, countedMacs, widestWithin } from './bottlenecks';
import { equalCostKnobs } from './knobs';

/** Three bottleneck units of the same width, and how wide each could be for what the first costs. */
export class EqualCost {
	readonly knobs: FigureKnobs<typeof equalCostKnobs>;
	readonly channels = $derived.by<number>(() => this.knobs.values.channels);
	readonly groups = $derived.by<number>(() => this.knobs.values.groups);
	readonly units = $derived.by(() => {
		const budget = countedMacs('resnet', this.channels, this.groups).total;
		return bottlenecks.map((unit) => ({
			unit,
			...countedMacs(unit, this.channels, this.groups),
			// A ResNet unit has no groups: its own width is what the budget was made of.
			widest: unit === 'resnet' ? this.channels : widestWithin(unit, this.groups, budget)
		}));
	});

	constructor(given: Partial<KnobValues<typeof equalCostKnobs>> = {}) {
		this.knobs = new FigureKnobs(equalCostKnobs, given);
	}
}
