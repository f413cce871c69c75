import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GraphBuilder, networkById, networkIds, resolveGraph, type ResolvedGraph } from '$lib/nets';
import { blockPathsOf } from '$lib/viz/figures/network/selection';
import { layoutNetwork, type NetworkLayout, type PlacedEdge } from '$lib/viz/figures/network/layout/network';
import type { Direction, Rect } from '$lib/viz/figures/network/layout/card';
import { toChain, type Chain } from '$lib/viz/figures/network/layout/chain';
import type { Link } from '$lib/viz/figures/network/layout/items';
import {
	layoutLimits,
	layoutSize,
	LayoutEffort,
	LayoutError
} from '$lib/viz/figures/network/layout/layoutEffort';
import { packLayout, unpackLayout } from '$lib/viz/figures/network/layout/packedLayout';

const directions = ['right', 'down'] as const;
const overlap = (a: Rect, b: Rect, slack = 0.5) =>
	a.x + slack < b.x + b.width &&
	b.x + slack < a.x + a.width &&
	a.y + slack < b.y + b.height &&
	b.y + slack < a.y + a.height;
const contains = (outer: Rect, inner: Rect) =>
	outer.x <= inner.x + 0.5 &&
	outer.y <= inner.y + 0.5 &&
	inner.x + inner.width <= outer.x + outer.width + 0.5 &&
	inner.y + inner.height <= outer.y + outer.height + 0.5;

/** Points on the curve that is drawn through an edge's points. */
function samples({ points }: PlacedEdge, direction: Direction): { x: number; y: number }[] {
	const on: { x: number; y: number }[] = [];
	for (let i = 1; i < points.length; i++) {
		const [[a0, c0], [a1, c1]] = [points[i - 1]!, points[i]!];
		for (let t = 0; t <= 1; t += 0.1) {
			// A cubic whose handles lie half way along, on either side.
			const across = c0 + (c1 - c0) * t * t * (3 - 2 * t);
			const along = a0 + (a1 - a0) * (c0 === c1 ? t : 1.5 * t * (1 - t) + t ** 3);
			on.push(direction === 'right' ? { x: along, y: across } : { x: across, y: along });
		}
	}
	return on;
}

function expectSound(layout: NetworkLayout, direction: Direction) {
	const page = { x: 0, y: 0, width: layout.width, height: layout.height };
	const boxes = new Map(layout.boxes.map((box) => [box.key, box]));
	const isIn = (parent: string | null, box: string): boolean =>
		parent !== null && (parent === box || isIn(boxes.get(parent)!.parent, box));
	layout.items.forEach((item, i) => {
		expect(contains(page, item), item.key).toBe(true);
		for (const other of layout.items.slice(i + 1))
			expect(overlap(item, other), `${item.key} on ${other.key}`).toBe(false);
		for (const box of layout.boxes) {
			const isAround = isIn(item.parent, box.key);
			expect(isAround ? contains(box, item) : !overlap(box, item), `${item.key} and ${box.key}`).toBe(true);
		}
	});
	for (const edge of layout.edges) {
		edge.points.slice(1).forEach(([along], i) => {
			expect(along, `${edge.key} goes on`).toBeGreaterThanOrEqual(edge.points[i]![0] - 1e-9);
		});
		if (direction === 'down') expect(edge.turn).toEqual([]);
		for (const { x, y } of samples(edge, direction)) {
			const hit = layout.items.find(
				(item) =>
					item.key !== edge.from &&
					item.key !== edge.to &&
					x > item.x + 1 &&
					x < item.x + item.width - 1 &&
					y > item.y + 1 &&
					y < item.y + item.height - 1
			);
			expect(hit?.key, `${edge.key} runs through`).toBe(undefined);
		}
	}
}

describe.each(networkIds)('layoutNetwork of %s', (id) => {
	const graph = resolveGraph(networkById(id).build());
	const paths = [...blockPathsOf(graph)];

	it.each(directions)('overlaps nothing and never runs backwards, closed and open, %s', (direction) => {
		for (const open of [[], paths, paths.filter((_, i) => i % 3 === 0)]) {
			const layout = layoutNetwork(graph, { open, direction, width: 1200 });
			expectSound(layout, direction);
			const drawn = layout.items.flatMap(({ item }) =>
				item.kind === 'block' ? item.nodes.map((node) => node.id) : item.kind === 'node' ? [item.key] : []
			);
			expect(drawn.toSorted()).toEqual(graph.nodes.map((node) => node.id).toSorted());
		}
	});

	it('closed, fits a page of 1200 pixels, and downwards a telephone', () => {
		expect(layoutNetwork(graph, { open: [], direction: 'right', width: 1200 }).width).toBeLessThanOrEqual(
			1200
		);
		expect(layoutNetwork(graph, { open: [], direction: 'down', width: 328 }).width).toBeLessThanOrEqual(328);
	});

	it('gives the same picture for the same graph', () => {
		const options = { open: paths, direction: 'right', width: 900 } as const;
		const again = resolveGraph(networkById(id).build());
		expect(positions(layoutNetwork(again, options))).toEqual(positions(layoutNetwork(graph, options)));
	});
});

function positions({ items, boxes, edges }: NetworkLayout) {
	return [...items, ...boxes]
		.map(({ key, x, y, width, height }) => ({ key, x, y, width, height }) as object)
		.concat(edges.map(({ key, path }) => ({ key, path })));
}

describe('layoutNetwork', () => {
	it('leaves out a block that data leaves and enters again', () => {
		const net = new GraphBuilder('Torn block', [4, 4, 2]);
		const first = net.relu('first', net.input);
		const between = net.relu('between', first);
		const built = net.build(net.add('last', [first, between]));
		const nodes = built.nodes.map((node) => (node.id === 'between' ? node : { ...node, block: 'torn' }));
		const layout = layoutNetwork(resolveGraph({ ...built, nodes }), {
			open: [],
			direction: 'right',
			width: 1000
		});
		expect(layout.items.map(({ key }) => key)).toEqual(['input', 'first', 'between', 'last']);
		expectSound(layout, 'right');
	});

	it('refuses lines that bend too often before anything is made of them', () => {
		const tangled = everyReadsAll(190);
		expect(() => layoutNetwork(tangled, { open: [], direction: 'right', width: 1000 })).toThrow(LayoutError);
		expect(layoutSize(tangled)).toBeGreaterThan(layoutLimits.atOnce);
	});

	it('says how far it is, up to all of it', () => {
		const graph = everyReadsAll(50);
		let told = 0;
		const effort = new LayoutEffort((done) => (told = Math.max(told, done)));
		const { edges } = layoutNetwork(graph, { open: [], direction: 'right', width: 1000 }, effort);
		const bends = edges.reduce((sum, { points }) => sum + points.length / 2 - 1, 0);
		expect(told).toBeGreaterThan(bends);
		expect(told).toBeLessThanOrEqual(2 * layoutSize(graph));
	});

	it.each(networkIds)('comes out of a worker as it went in: %s', (id) => {
		const graph = resolveGraph(networkById(id).build());
		const open = [...blockPathsOf(graph)].slice(0, 3);
		const layout = layoutNetwork(graph, { open, direction: 'right', width: 1000 });
		expect(unpackLayout(structuredClone(packLayout(layout)), graph, open)).toEqual(layout);
		expect(layoutSize(graph), 'is laid out at once').toBeLessThanOrEqual(layoutLimits.atOnce);
	});

	it('places any graph without overlap', () => {
		fc.assert(
			fc.property(randomGraph, fc.constantFrom(...directions), (graph, direction) => {
				const layout = layoutNetwork(graph, { open: [], direction, width: 600 });
				layout.items.forEach((item, i) => {
					for (const other of layout.items.slice(i + 1)) expect(overlap(item, other)).toBe(false);
				});
				for (const { points } of layout.edges)
					points.slice(1).forEach(([along], i) => expect(along).toBeGreaterThanOrEqual(points[i]![0] - 1e-9));
			})
		);
	});
});

/** Each node reads all before it. */
function everyReadsAll(count: number): ResolvedGraph {
	const net = new GraphBuilder('Tangled', [4, 4, 2]);
	const refs = [net.relu('a0', net.input), net.relu('a1', 'a0')];
	for (let i = 2; i < count; i++) refs.push(net.add(`a${i}`, [...refs]));
	return resolveGraph(net.build(refs.at(-1)!));
}

/** Graphs of additions: each node reads one to three of those before it. */
const randomGraph: fc.Arbitrary<ResolvedGraph> = fc
	.array(fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 14 })
	.map((reads) => {
		const net = new GraphBuilder('Random', [8, 8, 4]);
		const refs = [net.input];
		reads.forEach((sources, i) => {
			const inputs = sources.map((source) => refs[source % refs.length]!);
			refs.push(inputs.length === 1 ? net.relu(`n${i}`, inputs[0]!) : net.add(`n${i}`, inputs));
		});
		return resolveGraph(net.build(refs.at(-1)!));
	});

describe('toChain', () => {
	const link = (from: number, to: number, rank = 0): Link => ({ from, to, rank, drawn: true });
	const item = (index: number) => ({ kind: 'item', index });

	it('puts what comes one after the other in a row', () => {
		expect(toChain(2, [link(-1, 0), link(0, 1), link(1, 2)])).toEqual([item(0), item(1)]);
	});

	it('puts branches side by side, in the order in which they are read', () => {
		const chain = toChain(4, [link(-1, 0), link(0, 1), link(0, 2), link(1, 3, 1), link(2, 3, 0), link(3, 4)]);
		expect(chain).toEqual([
			item(0),
			{
				kind: 'parallel',
				branches: [
					{ chain: [item(2)], passing: null },
					{ chain: [item(1)], passing: null }
				]
			},
			item(3)
		]);
	});

	it('keeps a lane for what passes by', () => {
		const past = link(0, 2, 1);
		const chain = toChain(3, [link(-1, 0), link(0, 1), link(1, 2), past, link(2, 3)]);
		expect(chain[1]).toEqual({
			kind: 'parallel',
			branches: [
				{ chain: [item(1)], passing: null },
				{ chain: [], passing: past }
			]
		});
	});

	it('lays what is neither in columns, with places for what passes by', () => {
		// 0 → 1, 2; 1 → 2, 3; 2 → 3: a bridge between two branches.
		const links = [link(-1, 0), link(0, 1), link(0, 2), link(1, 2), link(1, 3), link(2, 3), link(3, 4)];
		const [, mesh] = toChain(4, links);
		expect(mesh).toMatchObject({
			kind: 'mesh',
			columns: [
				[{ index: 1 }, { passing: { from: 0, to: 2 } }],
				[{ passing: { from: 1, to: 3 } }, { index: 2 }]
			]
		});
	});

	it('has each item once, whatever the graph', () => {
		fc.assert(
			fc.property(
				fc.array(fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 20 }),
				(reads) => {
					const links = new Map<string, Link>();
					reads.forEach((sources, to) => {
						for (const source of sources) {
							const from = (source % (to + 1)) - 1;
							links.set(`${from}>${to}`, link(from, to));
						}
					});
					const count = reads.length;
					const read = new Set([...links.values()].map(({ from }) => from));
					for (let i = 0; i < count; i++) if (!read.has(i)) links.set(`${i}>`, link(i, count));
					const items = itemsOf(toChain(count, [...links.values()]));
					expect(items.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
				}
			)
		);
	});
});

function itemsOf(chain: Chain): number[] {
	return chain.flatMap((part) => {
		if (part.kind === 'item') return [part.index];
		if (part.kind === 'parallel') return part.branches.flatMap(({ chain: inner }) => itemsOf(inner));
		return part.columns.flat().flatMap(({ index }) => (index === null ? [] : [index]));
	});
}
