import { m } from '$lib/i18n';
import type { FieldWindow, GraphTensor, ReceptiveField, ResolvedNode } from '$lib/nets';
import type { Shape } from '$lib/ops';
import { formatProduct, formatRange } from '../../words/format';
import { operatorText } from '../../words/layers';
import type { InsideSource } from './insideSource';
import type { PartNames } from './worked';

/** What a tensor is, beside its name: what computed it. */
export function tensorText({ producer }: GraphTensor): string {
	return producer ? operatorText(producer) : m.inside_input();
}

export function shapeText(shape: Shape): string {
	return formatProduct(...shape);
}

/** What a value can see of the picture, in a sentence. */
export function fieldText(field: ReceptiveField, window: FieldWindow | null, [height, width]: Shape): string {
	const size = formatProduct(height, width);
	if (!window) return m.inside_field_none();
	const { top, bottom, left, right } = window;
	const seen = { rows: bottom - top + 1, columns: right - left + 1 };
	if (field.global) return m.inside_field_global({ size });
	if (seen.rows === height && seen.columns === width) return m.inside_field_whole({ size });
	const text = m.inside_field({
		seen: formatProduct(seen.rows, seen.columns),
		size,
		rows: formatRange(top, bottom),
		columns: formatRange(left, right)
	});
	const isCut = seen.rows < field.y.size || seen.columns < field.x.size;
	return isCut ? `${text} ${m.inside_field_cut({ field: formatProduct(field.y.size, field.x.size) })}` : text;
}

/** What is claimed of a class: its name, where the weights are trained and it is known; otherwise its number. */
export function className({ trained, labels }: InsideSource, index: number): string {
	const name = trained ? labels?.[index] : undefined;
	return name ?? m.inside_class_number({ index });
}

/** What channels and kernels are called in the arithmetic of a node. */
export function partNames(node: ResolvedNode, order: InsideSource['channelOrder']): PartNames {
	const isSeveral = node.inputs.length > 1;
	const colours = [m.inside_red, m.inside_green, m.inside_blue];
	if (order === 'bgr') colours.reverse();
	return {
		input({ ref, shape, producer }, channel) {
			const colour = producer === null && shape[2] === 3 ? colours[channel] : undefined;
			if (colour) return colour();
			return isSeveral ? m.inside_part_of({ channel, layer: ref }) : m.inside_part({ channel });
		},
		kernel: node.op === 'batchNorm' ? 'γ / √(σ² + ε)' : m.inside_kernel()
	};
}
