import { describe, expect, it } from 'vitest';
import { graphCost, networkById, networkIds, resolveGraph } from '$lib/nets';
import { layoutNetwork } from '$lib/viz/figures/network/layout/network';
import { blockPathsOf } from '$lib/viz/figures/network/selection';
import { skylineArea } from '$lib/viz/figures/network/layout/skyline';

describe.each(networkIds)('the skyline of %s', (id) => {
	const graph = resolveGraph(networkById(id).build());
	const { nodes, total } = graphCost(graph);
	const paths = [...blockPathsOf(graph)];
	const cases = (['right', 'down'] as const).flatMap((direction) =>
		[[], paths, paths.filter((_, i) => i % 3 === 0)].map((open) => ({ direction, open }))
	);

	it('has as area what the cards have of the multiply-adds, together 1, whatever is open', () => {
		for (const { direction, open } of cases) {
			const { items } = layoutNetwork(graph, { open, direction, width: 1000 });
			const areas = items.map(({ item, card }) => {
				const inside = item.kind === 'input' ? [] : item.kind === 'node' ? [item.node] : item.nodes;
				const macs = inside.reduce((sum, { index }) => sum + nodes[index]!.macs, 0);
				const area = card.bar ? (card.bar.width * card.bar.height) / skylineArea[direction] : 0;
				const parts = (card.bar?.parts ?? []).reduce((sum, part) => sum + part.width * part.height, 0);
				expect(area).toBeCloseTo(macs / total.macs, 9);
				expect(parts / skylineArea[direction]).toBeCloseTo(area, 9);
				return { area, macs };
			});
			expect(areas.reduce((sum, { area }) => sum + area, 0)).toBeCloseTo(1, 9);
			areas.sort((a, b) => a.macs - b.macs);
			areas.slice(1).forEach(({ area }, i) => expect(area).toBeGreaterThanOrEqual(areas[i]!.area - 1e-12));
		}
	});

	it('stands on its card, and in the room that the card takes', () => {
		for (const { direction, open } of cases)
			for (const { width, height, card } of layoutNetwork(graph, { open, direction, width: 1000 }).items) {
				const { bar, card: on } = card;
				if (!bar || !on) continue;
				if (direction === 'right')
					expect([bar.x, bar.width, bar.y + bar.height]).toEqual([on.x, on.width, on.y]);
				else {
					expect([bar.y, bar.height]).toEqual([on.y, on.height]);
					expect(bar.x + bar.width).toBeCloseTo(on.x, 9);
				}
				expect(Math.min(bar.x, bar.y)).toBeGreaterThanOrEqual(-1e-9);
				expect(bar.x + bar.width).toBeLessThanOrEqual(width + 1e-9);
				expect(bar.y + bar.height).toBeLessThanOrEqual(height + 1e-9);
			}
	});
});
