import type { KindCost, LayerKind } from '$lib/nets';

/** The share of a network's MACs or weights that layers of a kind have, whatever their kernels. */
export const shareOfKind = (
	kinds: readonly KindCost[],
	wanted: LayerKind,
	of: 'macsShare' | 'paramsShare'
): number => kinds.filter(({ kind }) => kind === wanted).reduce((sum, kind) => sum + kind[of], 0);
