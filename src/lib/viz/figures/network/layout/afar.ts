import { layerKind, type LayerKind } from '$lib/nets/analyses/layerKind';
import { cardForm, type Rect } from './card';
import type { NetworkLayout, PlacedItem } from './network';
import { once } from './once';

/** Cards, open blocks and lines as a few paths: what is seen of them from afar, at a small part of what drawing each one takes. */
export interface Afar {
	readonly cards: string;
	readonly boxes: string;
	readonly edges: string;
	/** Bars, and the bands of layers, by kind. */
	readonly kinds: readonly (readonly [LayerKind, string])[];
}

const rectPath = ({ x, y, width, height }: Rect): string => `M${x} ${y}h${width}v${height}h${-width}z`;

/** Width of the band that a layer's card has at its left. */
const bandWidth = 6;

/** A card and what is of a kind on it, from the layout's corner on. */
const shapesOf = once(({ item, card, x, y }: PlacedItem) => {
	const at = (rect: Rect): Rect => ({ ...rect, x: x + rect.x, y: y + rect.y });
	const outline = card.card ?? card.tensor;
	const hasBand = item.kind === 'node' && card.card !== null && cardForm(item.node) === 'node';
	return {
		outline: outline ? rectPath(at(outline)) : '',
		kinds: [
			...(card.bar?.parts ?? []).map((part) => [part.kind, rectPath(at(part))] as const),
			...(hasBand ? [[layerKind(item.node), rectPath({ ...at(card.card), width: bandWidth })] as const] : [])
		]
	};
});

/** What of a part of a layout is not drawn by itself. */
export function afarOf(part: NetworkLayout, drawn: NetworkLayout): Afar {
	const rest = <Of extends { readonly key: string }>(all: readonly Of[], there: readonly Of[]) => {
		const keys = new Set(there.map(({ key }) => key));
		return all.filter(({ key }) => !keys.has(key));
	};
	const cards: string[] = [];
	const kinds = new Map<LayerKind, string>();
	for (const item of rest(part.items, drawn.items)) {
		const of = shapesOf(item);
		cards.push(of.outline);
		for (const [kind, path] of of.kinds) kinds.set(kind, (kinds.get(kind) ?? '') + path);
	}
	return {
		cards: cards.join(''),
		boxes: rest(part.boxes, drawn.boxes).map(rectPath).join(''),
		edges: rest(part.edges, drawn.edges)
			.map(({ path }) => path)
			.join(''),
		kinds: [...kinds]
	};
}

/** The card or the title of an open block at a place, the one that is drawn last; `undefined` beside all. */
export function keyAt({ items, boxes }: NetworkLayout, x: number, y: number): string | undefined {
	const has = (rect: Rect) =>
		rect.x <= x && x <= rect.x + rect.width && rect.y <= y && y <= rect.y + rect.height;
	return (items.findLast(has) ?? boxes.findLast(has))?.key;
}
