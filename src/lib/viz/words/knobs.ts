import { m } from '$lib/i18n';
import type { Knob, KnobValue } from '$lib/nets';

const names: Readonly<Record<string, () => string>> = {
	alpha: m.networks_knob_alpha,
	resolution: m.networks_knob_resolution,
	convolution: m.networks_knob_convolution,
	repeats: m.networks_knob_repeats,
	classes: m.networks_knob_classes,
	stemStride: m.networks_knob_stemStride,
	firstStride: m.networks_knob_firstStride,
	firstPool: m.networks_knob_firstPool,
	activation: m.networks_knob_activation,
	dropout: m.networks_knob_dropout,
	version: m.networks_knob_version,
	bypass: m.networks_knob_bypass,
	conv10Padding: m.networks_knob_conv10Padding,
	squeezeRatio: m.networks_knob_squeezeRatio,
	expand3x3Share: m.networks_knob_expand3x3Share,
	width: m.networks_knob_width,
	fires: m.networks_knob_fires,
	batchNorm: m.networks_knob_batchNorm,
	s1: m.networks_knob_s1,
	e1: m.networks_knob_e1,
	e3: m.networks_knob_e3,
	inChannels: m.networks_knob_inChannels,
	groups: m.networks_knob_groups,
	groupWidth: m.networks_knob_groupWidth,
	scale: m.networks_knob_scale,
	shuffle: m.networks_knob_shuffle,
	densePointwise: m.networks_knob_densePointwise,
	rounding: m.networks_knob_rounding,
	channels: m.networks_knob_channels,
	units: m.networks_knob_units,
	variant: m.networks_knob_variant,
	strideAt: m.networks_knob_strideAt,
	way: m.networks_knob_way
};

const choices: Readonly<Record<string, () => string>> = {
	none: m.networks_choice_none,
	simple: m.networks_choice_simple,
	complex: m.networks_choice_complex,
	identity: m.networks_choice_identity,
	pointwise: m.networks_choice_pointwise,
	separable: m.networks_choice_separable,
	standard: m.networks_choice_standard,
	depthwise: m.networks_choice_depthwise,
	group: m.networks_choice_group,
	groupShuffle: m.networks_choice_groupShuffle,
	pointwiseFirst: m.networks_choice_pointwiseFirst,
	pointwiseFirstRelu: m.networks_choice_pointwiseFirstRelu,
	exact: m.networks_choice_exact,
	up: m.networks_choice_up,
	grouped: m.networks_choice_grouped,
	single: m.networks_choice_single,
	relu: () => 'ReLU',
	relu6: () => 'ReLU6',
	'1x1': () => '1×1',
	'3x3': () => '3×3'
};

/** The knobs that have a name in the reader's language; a test holds it against the networks' tables. */
export const namedKnobs = Object.keys(names);
/** The values that are words and have a name in the reader's language. */
export const namedChoices = Object.keys(choices);

/** Name of a knob, the one it has in the graph where there is no other. */
export function knobName(knob: string): string {
	return names[knob]?.() ?? knob;
}

/** A value of a knob with its unit. */
export function knobText(knob: Knob, value: KnobValue): string {
	const text = choices[String(value)]?.() ?? String(value);
	return knob.unit === undefined ? text : knob.unit === '×' ? `${text}×` : `${text} ${knob.unit}`;
}
