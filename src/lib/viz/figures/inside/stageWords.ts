import { joined, m } from '$lib/i18n';
import { formatCount, formatProduct } from '../../words/format';
import type { Inside } from './inside.svelte';
import type { LayerMaps } from './layerMaps';
import { formatReal } from './numbers';
import { shapeText, tensorText } from './words';

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
		return joined(
			m.ui_sentence({ words: counted }),
			silent > 0 ? m.inside_maps_silent({ count: silent }) : '',
			m.inside_maps_hint()
		);
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
