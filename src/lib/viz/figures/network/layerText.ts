import { m } from '$lib/i18n';
import type { LayerRow, ResolvedNode } from '$lib/nets';
import { formatProduct, formatShape } from '$lib/viz/words/format';
import type { TextColumn } from '../../ui/tableText';
import type { Conventions } from './conventions';
import { layerKindNames } from '../../words/layerKinds';
import type { TableRow } from './layerTable';
import { blockName, operatorText, opNames } from '../../words/layers';

/** What a row is: its operator, convolutions by how they read channels; of a block its kind. */
export function opText({ block, node, layer }: TableRow): string {
	if (block) return blockName(block.kind ?? undefined);
	if (node.op === 'opaque') return operatorText(node);
	return layer.kind === 'dense' || node.op === 'conv2d' ? layerKindNames[layer.kind]() : opNames[node.op]();
}

/** Name of what a row's MACs are counted as. */
export function macsName({ count }: Conventions): string {
	return count === 'flops' ? 'FLOPs' : 'MACs';
}

/** Side of a receptive field, `height×width` where they differ; whole where it is the whole input; nothing where it is not known. */
export function fieldText({ global, unknown, y, x }: LayerRow['field']): string {
	if (unknown) return '?';
	if (global) return m.networks_detail_field_all();
	return y.size === x.size ? String(y.size) : formatProduct(y.size, x.size);
}

/** One number where both are alike, else `height×width`. */
export function pairText(pair: readonly [number, number] | null): string {
	if (!pair) return '';
	return pair[0] === pair[1] ? String(pair[0]) : formatProduct(...pair);
}

/** How far apart the window's taps are; `null` for a layer without a window. */
export const dilationOf = ({ geometry }: ResolvedNode): readonly [number, number] | null =>
	(geometry as { readonly dilation?: readonly [number, number] }).dilation ?? null;

/** Columns of the layers' file, numbers in full; what blocks say can be summed from the column that names them. */
export function layerFileColumns(conventions: Conventions): TextColumn<TableRow>[] {
	return [
		{ title: m.networks_table_block(), value: ({ layer }) => layer.block },
		{ title: m.networks_table_name(), value: ({ id }) => id },
		{ title: m.networks_table_op(), value: opText },
		{ title: m.networks_table_output(), value: ({ layer }) => formatShape(layer.output, layer.isGuess) },
		{
			title: m.networks_table_kernel(),
			value: ({ layer }) => layer.kernel && formatProduct(...layer.kernel)
		},
		{ title: m.networks_table_stride(), value: ({ layer }) => pairText(layer.stride) },
		{ title: m.networks_table_dilation(), value: ({ node }) => pairText(dilationOf(node)) },
		{ title: m.networks_table_groups(), value: ({ layer }) => layer.groups },
		{ title: m.networks_table_params(), value: ({ layer, params }) => (layer.unsized > 0 ? null : params) },
		{ title: macsName(conventions), value: ({ layer, macs }) => (layer.uncounted > 0 ? null : macs) },
		{ title: m.networks_table_memory_bytes(), value: ({ layer, memory }) => (layer.isGuess ? null : memory) },
		{ title: m.networks_table_field(), value: ({ layer }) => fieldText(layer.field) }
	];
}
