import { describe, expect, it } from 'vitest';
import { networkById, resolveGraph } from '$lib/nets';
import { layoutNetwork } from '$lib/viz/figures/network/layout/network';
import { around, firstOf, isWithin, partOf, sizeOf } from '$lib/viz/figures/network/layout/window';

const graph = resolveGraph(networkById('xception').build());
const open = graph.nodes.flatMap(({ node }) => (node.block === undefined ? [] : [node.block]));
const layout = layoutNetwork(graph, { open, direction: 'right', width: 1000 });
const keys = (of: readonly { readonly key: string }[]) => of.map(({ key }) => key);
const nothing = new Set<string>();

describe('partOf(layout, sight, { direction, always })', () => {
	it('has what touches the part in sight, in its place and order, and is as large as the whole', () => {
		const sight = { x: 0.4 * layout.width, y: 0, width: 0.2 * layout.width, height: layout.height };
		const part = partOf(layout, sight, { direction: 'right', always: nothing });
		expect([part.width, part.height]).toEqual([layout.width, layout.height]);
		expect(part.items.length).toBeGreaterThan(0);
		expect(part.items.length).toBeLessThan(layout.items.length / 2);
		const isSeen = ({ x, width }: { x: number; width: number }) =>
			x <= sight.x + sight.width && x + width >= sight.x;
		expect(part.items).toEqual(layout.items.filter(isSeen));
		expect(part.boxes).toEqual(layout.boxes.filter(isSeen));
	});

	it('loses nothing: parts that cover the whole have all of it together', () => {
		const parts = Array.from({ length: 20 }, (_, i) =>
			partOf(
				layout,
				{ x: (i * layout.width) / 20, y: -50, width: layout.width / 20, height: layout.height + 100 },
				{ direction: 'right', always: nothing }
			)
		);
		for (const of of ['items', 'boxes', 'edges'] as const)
			expect(new Set(parts.flatMap((part) => keys(part[of])))).toEqual(new Set(keys(layout[of])));
	});

	it('so too where data runs down', () => {
		const down = layoutNetwork(graph, { open, direction: 'down', width: 360 });
		const parts = Array.from({ length: 20 }, (_, i) =>
			partOf(
				down,
				{ x: -50, y: (i * down.height) / 20, width: down.width + 100, height: down.height / 20 },
				{ direction: 'down', always: nothing }
			)
		);
		expect(Math.max(...parts.map(({ edges }) => edges.length))).toBeLessThan(down.edges.length / 2);
		for (const of of ['items', 'boxes', 'edges'] as const)
			expect(new Set(parts.flatMap((part) => keys(part[of])))).toEqual(new Set(keys(down[of])));
	});

	it('has a line that passes through, with both of its ends out of sight', () => {
		const long = layout.edges
			.filter(({ points }) => points.length > 1)
			.map((edge) => ({ edge, length: edge.points.at(-1)![0] - edge.points[0]![0] }))
			.sort((a, b) => b.length - a.length)[0]!;
		const [from] = long.edge.points;
		const middle = {
			x: from![0] + long.length / 2,
			y: -1000,
			width: 1,
			height: layout.height + 2000
		};
		expect(keys(partOf(layout, middle, { direction: 'right', always: nothing }).edges)).toContain(
			long.edge.key
		);
	});

	it('has what is always drawn, wherever that lies', () => {
		const last = layout.items.at(-1)!.key;
		const sight = { x: 0, y: 0, width: 1, height: 1 };
		expect(keys(partOf(layout, sight, { direction: 'right', always: nothing }).items)).not.toContain(last);
		expect(keys(partOf(layout, sight, { direction: 'right', always: new Set([last]) }).items)).toContain(
			last
		);
	});
});

describe('firstOf(layout, sight, { direction, always, count })', () => {
	const some = { direction: 'right', always: nothing } as const;

	it('has what is in sight before the rest, and all of it in the end', () => {
		const sight = { x: 0, y: layout.height / 2, width: layout.width, height: 300 };
		const near = partOf(layout, sight, some);
		expect(firstOf(layout, sight, { ...some, count: 0 })).toEqual({
			...layout,
			items: [],
			boxes: [],
			edges: []
		});
		expect(firstOf(layout, sight, { ...some, count: 5 }).items).toEqual(near.items.slice(0, 5));
		expect(firstOf(layout, sight, { ...some, count: near.items.length }).items).toEqual(near.items);
		expect(firstOf(layout, sight, { ...some, count: sizeOf(layout) })).toEqual(layout);
		expect(firstOf(layout, sight, { ...some, count: sizeOf(layout) - 1 })).not.toEqual(layout);
	});

	it('has what was there before, too', () => {
		const before = layout.items.slice(-3);
		const first = firstOf(
			layout,
			{ x: 0, y: 0, width: 1, height: 1 },
			{
				...{ direction: 'right', count: 4 },
				always: new Set(keys(before))
			}
		);
		expect(first.items).toHaveLength(7);
		expect(first.items.slice(-3)).toEqual(before);
	});
});

describe('around(rect)', () => {
	it('has it in its middle, with half as much on each side', () => {
		const rect = { x: 10, y: 20, width: 30, height: 40 };
		expect(around(rect)).toEqual({ x: -5, y: 0, width: 60, height: 80 });
		expect([isWithin(rect, around(rect)), isWithin(around(rect), rect)]).toEqual([true, false]);
	});
});
