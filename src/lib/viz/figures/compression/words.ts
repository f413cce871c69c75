import { m } from '$lib/i18n';
import type { CompressionStep, LayerSize } from '$lib/nets/compression/layer';

/** Names of the steps. */
export const stepNames: Readonly<Record<CompressionStep, () => string>> = {
	float32: m.compression_step_float32,
	float16: m.compression_step_float16,
	pruned: m.compression_step_pruned,
	shared: m.compression_step_shared,
	huffman: m.compression_step_huffman
};

/** What bytes are for; of a network also those that are no kernels'. */
export type SizePart = keyof LayerSize | 'rest';

export const partNames: Readonly<Record<SizePart, () => string>> = {
	values: m.compression_part_values,
	gaps: m.compression_part_gaps,
	tables: m.compression_part_tables,
	rest: m.compression_part_rest
};
