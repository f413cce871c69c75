import { m } from '$lib/i18n';
import type { FieldWindow, GraphTensor, ReceptiveField, ResolvedNode } from '$lib/nets';
import type { Shape } from '$lib/ops';
import { formatCount, formatProduct } from '../../words/format';
import type { LayerMaps } from './layerMaps';
import { operatorText } from '../../words/layers';
import type { Inside } from './inside.svelte';
import type { InsideSource } from './insideSource';
import { formatReal } from './numbers';
import type { PartNames } from './worked';

/** What a tensor is, beside its name: what computed it. */
export function tensorText({ producer }: GraphTensor): string {
	return producer ? operatorText(producer) : m.inside_input();
}

export function shapeText(shape: Shape): string {
	return formatProduct(...shape);
}

/** A map in a sentence: its place, its range, how strong it is beside the others. */
export function mapText({ tensor: { ref, shape }, summaries, ranks }: LayerMaps, channel: number): string {
	const count = formatCount(shape[2]);
	const { min, max, strength } = summaries[channel]!;
	if (min === 0 && max === 0) return m.inside_map_silent({ channel, layer: ref, count });
	return m.inside_map({
		...{ channel, layer: ref, count, rank: ranks[channel]! },
		min: formatReal(min),
		max: formatReal(max),
		strength: formatReal(strength)
	});
}

/** What the stage shows, and what keys do there. */
export function stageText({ level, tensor, state }: Inside): string {
	if (!tensor) return m.inside_stage_network();
	if (level === 1) return m.inside_stage_layer({ count: tensor.shape[2], layer: tensor.ref });
	const channel = state.channel!;
	return level === 2
		? m.inside_stage_map({ channel, layer: tensor.ref })
		: m.inside_stage_value({ channel, layer: tensor.ref });
}

/** What is pointed at, in a sentence; where nothing is, what there is to do. */
export function saidOf(inside: Inside): string {
	const { level, tensor, maps, pointed, stacks, source, isPointing } = inside;
	if (!tensor) {
		if (!isPointing) return source ? m.inside_stack_hint() : m.inside_stack_hint_empty();
		const { name, shown, tensors, index } = stacks[pointed.stack]!;
		return m.inside_stack({
			...{ name, at: index + 1, total: stacks.length, count: tensors.length },
			shape: shapeText(shown.shape),
			layer: shown.ref,
			op: tensorText(shown)
		});
	}
	if (!maps) return source ? m.inside_waiting() : m.inside_first();
	if (level === 1 && !isPointing) {
		const silent = maps.summaries.filter(({ min, max }) => min === 0 && max === 0).length;
		const [height, width, count] = tensor.shape;
		const counted = `${tensorText(tensor)}: ${m.inside_maps_count({ count, size: formatProduct(height, width) })}`;
		return [
			counted.concat('.'),
			silent > 0 ? m.inside_maps_silent({ count: silent }) : '',
			m.inside_maps_hint()
		]
			.filter(Boolean)
			.join(' ');
	}
	if (level < 2) return mapText(maps, pointed.channel);
	const { y, x } = pointed.pixel;
	const value = maps.activation.data[(y * tensor.shape[1] + x) * tensor.shape[2] + pointed.channel]!;
	const here = m.inside_pixel({ row: y, column: x, value: formatReal(value) });
	return level === 2 ? `${mapText(maps, pointed.channel)} ${here}` : here;
}

/** What stands beside what is looked at. */
export function beside(level: number): { readonly previous: string; readonly next: string } {
	if (level < 2) return { previous: m.inside_previous_layer(), next: m.inside_next_layer() };
	return level === 2
		? { previous: m.inside_previous_map(), next: m.inside_next_map() }
		: { previous: m.inside_previous_value(), next: m.inside_next_value() };
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
		top,
		bottom,
		left,
		right
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
