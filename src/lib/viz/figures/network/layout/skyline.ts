import { graphCost } from '$lib/nets/analyses/cost';
import { layerKind, layerKinds, type LayerKind } from '$lib/nets/analyses/layerKind';
import type { ResolvedGraph } from '$lib/nets/resolve';
import type { Card, Direction, Rect } from './card';
import type { Item } from './items';

/** The share of a network's multiply-adds that a kind of layer has in an item. */
export interface KindShare {
	readonly kind: LayerKind;
	readonly share: number;
}

/** Square pixels of all multiply-adds of a network, whichever blocks are open: a block's bar is what those inside it are together. */
export const skylineArea: Readonly<Record<Direction, number>> = { right: 104 * 170, down: 58 * 105 };

/** What each kind of layer has of the network's multiply-adds in an item, in the order of the kinds; nothing where nothing is counted. */
export type SharesOf = (item: Item) => readonly KindShare[];

/** Tells shares of a graph's multiply-adds. */
export function sharesOf(graph: ResolvedGraph): SharesOf {
	const { nodes, total } = graphCost(graph);
	return (item) => {
		if (item.kind === 'input' || total.macs === 0) return [];
		const sums = new Map<LayerKind, number>();
		for (const node of item.kind === 'node' ? [item.node] : item.nodes) {
			const { macs } = nodes[node.index]!;
			if (macs > 0) sums.set(layerKind(node), (sums.get(layerKind(node)) ?? 0) + macs);
		}
		return layerKinds
			.filter((kind) => sums.has(kind))
			.map((kind) => ({ kind, share: sums.get(kind)! / total.macs }));
	};
}

/** Puts a bar on a card, out of the way of the data: upwards where it runs right, to the left where it runs down. */
export function withBar(card: Card, shares: readonly KindShare[], direction: Direction): Card {
	const { card: on } = card;
	if (!on || shares.length === 0) return card;
	const share = shares.reduce((sum, part) => sum + part.share, 0);
	const isRight = direction === 'right';
	const lengthOf = (part: number) => (part * skylineArea[direction]) / (isRight ? on.width : on.height);
	const length = lengthOf(share);
	// What stands beside the card may leave room already.
	const more = Math.max(0, length - (isRight ? on.y : on.x));
	const [dx, dy] = isRight ? [0, more] : [more, 0];
	const moved = <Place extends { readonly x: number; readonly y: number }>(place: Place): Place => ({
		...place,
		x: place.x + dx,
		y: place.y + dy
	});
	const base = moved(on);
	const rect = (from: number, to: number): Rect =>
		isRight
			? { x: base.x, y: base.y - to, width: base.width, height: to - from }
			: { x: base.x - to, y: base.y, width: to - from, height: base.height };
	let from = 0;
	const parts = shares.map(({ kind, share: part }) => {
		const placed = { kind, ...rect(from, from + lengthOf(part)) };
		from += lengthOf(part);
		return placed;
	});
	return {
		width: card.width + dx,
		height: card.height + dy,
		axis: card.axis + more,
		card: base,
		tensor: card.tensor && moved(card.tensor),
		label: card.label && moved(card.label),
		bar: { ...rect(0, length), share, parts }
	};
}
