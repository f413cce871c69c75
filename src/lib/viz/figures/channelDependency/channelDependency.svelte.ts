import type { KnobValues } from '$lib/nets/knobs';
import { FigureKnobs } from '../../ui/figureKnobs.svelte';
import { channelDependencyKnobs, dependencyLayers } from './knobs';
import { dependencyCase } from './layers';

/** Which layer the reader looks at, and what its output maps have seen of the input's. */
export class ChannelDependency {
	readonly knobs: FigureKnobs<typeof channelDependencyKnobs>;
	readonly layer = $derived.by(() => this.knobs.values.layer);
	readonly groups = $derived.by(() => this.knobs.values.groups);
	readonly shown = $derived.by(() => dependencyCase(this.layer, this.groups));
	/** Those that it is compared with, itself among them: other layers, or other numbers of groups. */
	readonly rows = $derived.by(() =>
		this.layer === 'group'
			? channelDependencyKnobs.groups.choices.map((groups) => ({
					layer: this.layer,
					groups,
					isShown: groups === this.groups,
					...dependencyCase('group', groups)
				}))
			: dependencyLayers
					.filter((layer) => layer !== 'group')
					.map((layer) => ({ layer, groups: 1, isShown: layer === this.layer, ...dependencyCase(layer, 1) }))
	);

	constructor(given: Partial<KnobValues<typeof channelDependencyKnobs>> = {}) {
		this.knobs = new FigureKnobs(channelDependencyKnobs, given);
	}
}
