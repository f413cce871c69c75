import { m } from '$lib/i18n';
import type { LayerKind } from '$lib/nets';

/** What a reader calls a layer of a kind. */
export const layerKindNames: Readonly<Record<LayerKind, () => string>> = {
	standard: m.networks_kind_standard,
	grouped: m.networks_kind_grouped,
	depthwise: m.networks_kind_depthwise,
	pointwise: m.networks_kind_pointwise,
	groupedPointwise: m.networks_kind_grouped_pointwise,
	transposed: m.networks_op_transposed,
	dense: m.networks_kind_dense,
	norm: m.networks_kind_norm,
	activation: m.networks_kind_activation,
	pool: m.networks_kind_pool,
	join: m.networks_kind_join,
	rearrange: m.networks_kind_rearrange,
	dropout: () => 'Dropout',
	opaque: m.networks_op_opaque
};

/** The colour of a kind, in every picture and chart. */
export const layerKindColors: Readonly<Record<LayerKind, string>> = {
	standard: 'var(--op-standard)',
	grouped: 'var(--op-grouped)',
	depthwise: 'var(--op-depthwise)',
	pointwise: 'var(--op-pointwise)',
	groupedPointwise: 'var(--op-grouped)',
	transposed: 'var(--op-standard)',
	dense: 'var(--op-dense)',
	norm: 'var(--op-quiet)',
	activation: 'var(--op-quiet)',
	pool: 'var(--op-pool)',
	join: 'var(--op-join)',
	rearrange: 'var(--op-shuffle)',
	dropout: 'var(--op-quiet)',
	opaque: 'var(--op-quiet)'
};
