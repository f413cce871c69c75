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
