import type { KnobValues } from '$lib/nets/knobs';
import type { FlowMode } from '../../channelFlow/channelFlow.svelte';
import { groupStack } from '../../channelFlow/groupStack';
import { FigureKnobs } from '../../ui/figureKnobs.svelte';
import { blockedFlowKnobs, channels } from './knobs';

/** Group convolutions in a row: how many, in how many groups, and whether their channels are shuffled between them. */
export class BlockedFlow {
	readonly knobs: FigureKnobs<typeof blockedFlowKnobs>;
	readonly groups = $derived.by(() => this.knobs.values.groups);
	readonly layers = $derived.by(() => this.knobs.values.layers);
	readonly graph = $derived.by(() => groupStack({ channels, groups: this.groups, layers: this.layers }));

	constructor(given: Partial<KnobValues<typeof blockedFlowKnobs>> = {}) {
		this.knobs = new FigureKnobs(blockedFlowKnobs, given);
	}

	get mix(): FlowMode {
		return this.knobs.values.mix;
	}
	set mix(mix: FlowMode) {
		this.knobs.set({ mix });
	}
}
