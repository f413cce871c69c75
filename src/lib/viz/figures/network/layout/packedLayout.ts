import type { ResolvedGraph } from '$lib/nets/resolve';
import type { NetworkLayout, PlacedBox, PlacedItem } from './network';
import type { Card } from './card';
import { sectionOf, type Item, type Section } from './items';

type Packed<Placed extends { readonly item: Item }> = Omit<Placed, 'item' | 'card'>;

/** A layout as a worker can hand it over: plain data, in which items and tensors go by their names. */
export interface PackedLayout extends Pick<NetworkLayout, 'width' | 'height' | 'edges'> {
	readonly items: readonly (Packed<PlacedItem> & {
		readonly card: Omit<Card, 'tensor'> & {
			readonly tensor: (Omit<NonNullable<Card['tensor']>, 'of'> & { readonly of: string }) | null;
		};
	})[];
	readonly boxes: readonly Packed<PlacedBox>[];
}

export function packLayout({ items, boxes, ...rest }: NetworkLayout): PackedLayout {
	return {
		...rest,
		items: items.map(({ key, parent, x, y, width, height, card }) => ({
			...{ key, parent, x, y, width, height },
			card: { ...card, tensor: card.tensor && { ...card.tensor, of: card.tensor.of.ref } }
		})),
		boxes: boxes.map(({ key, parent, depth, x, y, width, height }) => ({
			...{ key, parent, depth, x, y, width, height }
		}))
	};
}

/** The inverse of {@link packLayout}. @param open as the layout was made with */
export function unpackLayout(
	{ items, boxes, ...rest }: PackedLayout,
	graph: ResolvedGraph,
	open: readonly string[]
): NetworkLayout {
	const byKey = new Map<string, Item>();
	const note = ({ items: within }: Section) => {
		for (const item of within) {
			byKey.set(item.key, item);
			if (item.kind === 'block' && item.inside) note(item.inside);
		}
	};
	note(sectionOf(graph, open));
	return {
		...rest,
		items: items.map((placed): PlacedItem => {
			const { card } = placed;
			const tensor = card.tensor && { ...card.tensor, of: graph.byRef.get(card.tensor.of)! };
			return { ...placed, item: byKey.get(placed.key)!, card: { ...card, tensor } };
		}),
		boxes: boxes.map((placed) => ({ ...placed, item: byKey.get(placed.key) as PlacedBox['item'] }))
	};
}
