import { describe, expect, it } from 'vitest';
import { networkById, resolveGraph } from '$lib/nets';
import { afarOf, keyAt } from '$lib/viz/figures/network/layout/afar';
import { layoutNetwork } from '$lib/viz/figures/network/layout/network';
import { partOf } from '$lib/viz/figures/network/layout/window';

const graph = resolveGraph(networkById('xception').build());
const open = graph.nodes.flatMap(({ node }) => (node.block === undefined ? [] : [node.block]));
const layout = layoutNetwork(graph, { open, direction: 'right', width: 1000 });
const nothing = { ...layout, items: [], boxes: [], edges: [] };
const rectangles = (path: string) =>
	[...path.matchAll(/M([^ ]+) ([^h]+)h([^v]+)v([^h]+)h/g)].map((numbers) => numbers.slice(1).map(Number));
const area = (path: string) =>
	rectangles(path).reduce((sum, [, , width, height]) => sum + width! * height!, 0);

describe('afarOf(part, drawn)', () => {
	it('has a card of each item in its place, and all boxes and lines', () => {
		const { cards, boxes, edges } = afarOf(layout, nothing);
		expect(rectangles(cards)).toEqual(
			layout.items.map(({ x, y, card }) => {
				const of = (card.card ?? card.tensor)!;
				return [x + of.x, y + of.y, of.width, of.height];
			})
		);
		expect(rectangles(boxes)).toEqual(layout.boxes.map(({ x, y, width, height }) => [x, y, width, height]));
		expect(edges).toBe(layout.edges.map(({ path }) => path).join(''));
	});

	it('has bars whose areas are the shares of multiply-adds, by kind', () => {
		const closed = layoutNetwork(graph, { open: [], direction: 'right', width: 1000 });
		// Blocks alone have no bands beside their bars.
		const blocks = { ...closed, items: closed.items.filter(({ item }) => item.kind === 'block') };
		const kinds = afarOf(blocks, nothing).kinds;
		const shares = blocks.items.flatMap(({ card }) => card.bar?.parts ?? []);
		for (const [kind, path] of kinds)
			expect(area(path)).toBeCloseTo(
				shares.filter((part) => part.kind === kind).reduce((sum, of) => sum + of.width * of.height, 0),
				6
			);
		expect(new Set(kinds.map(([kind]) => kind))).toEqual(new Set(shares.map(({ kind }) => kind)));
		expect(shares.length).toBeGreaterThan(0);
	});

	it('leaves out what is drawn by itself', () => {
		const drawn = partOf(
			layout,
			{ x: 0, y: 0, width: layout.width / 2, height: layout.height },
			{
				...{ direction: 'right', always: new Set<string>() }
			}
		);
		const { cards, edges } = afarOf(layout, drawn);
		expect(rectangles(cards)).toHaveLength(layout.items.length - drawn.items.length);
		expect(drawn.items.length).toBeGreaterThan(0);
		expect(edges.length).toBeLessThan(layout.edges.map(({ path }) => path).join('').length);
		expect(afarOf(layout, layout)).toEqual({ cards: '', boxes: '', edges: '', kinds: [] });
	});
});

describe('keyAt(part, x, y)', () => {
	it('finds each card by its middle, an open block by its corner, and nothing beside all', () => {
		for (const { key, x, y, width, height } of layout.items)
			expect(keyAt(layout, x + width / 2, y + height / 2)).toBe(key);
		for (const { key, x, y } of layout.boxes) expect(keyAt(layout, x + 1, y + 1)).toBe(key);
		expect(keyAt(layout, -1, -1)).toBeUndefined();
	});
});
