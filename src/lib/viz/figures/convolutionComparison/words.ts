import { m } from '$lib/i18n';
import type { Variant } from '$lib/nets/networks/oneBackbone';
import { kindMarks, type Mark } from '../../kinds/marks';
import type { ComparisonAxis } from './knobs';

/** Names of the ways, as the network's own knob has them. */
export const variantNames: Readonly<Record<Variant, () => string>> = {
	standard: m.networks_choice_standard,
	depthwise: m.networks_choice_depthwise,
	separable: m.networks_choice_separable,
	group: m.networks_choice_group,
	groupShuffle: m.networks_choice_groupShuffle,
	pointwiseFirst: m.networks_choice_pointwiseFirst,
	pointwiseFirstRelu: m.networks_choice_pointwiseFirstRelu
};

export const axisNames: Readonly<Record<ComparisonAxis, () => string>> = {
	macs: m.convolutions_axis_macs,
	params: m.convolutions_axis_params,
	time: m.convolutions_axis_time
};

/** By what mixes the channels: the mark of that kind of layer. */
export const variantMarks: Readonly<Record<Variant, Mark>> = {
	standard: kindMarks.standard,
	depthwise: kindMarks.depthwise,
	separable: kindMarks.pointwise,
	group: kindMarks.grouped,
	groupShuffle: kindMarks.rearrange,
	pointwiseFirst: kindMarks.pointwise,
	pointwiseFirstRelu: kindMarks.pointwise
};
