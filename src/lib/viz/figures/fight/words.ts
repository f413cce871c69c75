import { m } from '$lib/i18n';
import type { Way } from '$lib/nets/networks/oneBackbone';
import type { FightAxis } from './knobs';

/** Names of the ways, as the network's own knob has them. */
export const wayNames: Readonly<Record<Way, () => string>> = {
	standard: m.networks_choice_standard,
	depthwise: m.networks_choice_depthwise,
	separable: m.networks_choice_separable,
	group: m.networks_choice_group,
	groupShuffle: m.networks_choice_groupShuffle,
	pointwiseFirst: m.networks_choice_pointwiseFirst,
	pointwiseFirstRelu: m.networks_choice_pointwiseFirstRelu
};

export const axisNames: Readonly<Record<FightAxis, () => string>> = {
	macs: m.fight_axis_macs,
	params: m.fight_axis_params,
	time: m.fight_axis_time
};

/** By what mixes the channels. */
export const wayColors: Readonly<Record<Way, string>> = {
	standard: 'var(--op-standard)',
	depthwise: 'var(--op-depthwise)',
	separable: 'var(--op-pointwise)',
	group: 'var(--op-grouped)',
	groupShuffle: 'var(--op-shuffle)',
	pointwiseFirst: 'var(--op-pointwise)',
	pointwiseFirstRelu: 'var(--op-pointwise)'
};
