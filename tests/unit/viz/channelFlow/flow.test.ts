import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	channelFlow,
	mixing,
	networkIds,
	networks,
	resolveGraph,
	dependencyCount,
	type Graph
} from '$lib/nets';
import { subgraph, withoutShuffle, withPointwise } from '$lib/nets/transforms';
import { flowParts, partGraph, tellingPart } from '$lib/viz/figures/network/flowParts';
import { groupStack } from '$lib/viz/channelFlow/groupStack';
import { flowChannelAt, layoutFlow } from '$lib/viz/channelFlow/layout/flow';
import { layoutCells } from '$lib/viz/channelFlow/layout/cells';
import { layoutLinks } from '$lib/viz/channelFlow/layout/links';
import { carriedBy, planFlow } from '$lib/viz/channelFlow/layout/plan';
import { flowClasses, flowDependency } from '$lib/viz/channelFlow/layout/dependency';
import { segmentLabel } from '$lib/viz/channelFlow/words';
import { traceFlow } from '$lib/viz/channelFlow/layout/trace';

const metrics = { across: 420, pitch: 120, thickness: 36, maxCell: 26, horizontal: true };
const unit = partGraph(resolveGraph(networks.shufflenet.build()), 'stage2/unit2');
const layersUntilMixed = (graph: Graph) => {
	const net = resolveGraph(graph);
	return mixing(net, channelFlow(net))?.layers ?? null;
};
const stacks = fc
	.record({
		groups: fc.integer({ min: 1, max: 4 }),
		perGroup: fc.integer({ min: 1, max: 6 }),
		layers: fc.integer({ min: 1, max: 4 })
	})
	.map(({ groups, perGroup, layers }) => groupStack({ channels: groups * perGroup, groups, layers }));

describe('transforms', () => {
	it('withoutShuffle keeps groups apart; withPointwise mixes at once', () => {
		expect(layersUntilMixed(unit)).toBe(3);
		expect(layersUntilMixed(withoutShuffle(unit))).toBeNull();
		expect(layersUntilMixed(withPointwise(unit))).toBe(1);
	});

	it('both keep every node, its shape and its name', () => {
		for (const change of [withoutShuffle, withPointwise]) {
			const before = resolveGraph(unit).tensors.map(({ ref, shape }) => ({ ref, shape }));
			const after = resolveGraph(change(unit)).tensors.map(({ ref, shape }) => ({ ref, shape }));
			expect(after).toEqual(before);
		}
	});

	it('subgraph cuts a block out with what it reads as its input', () => {
		expect(unit.inputs).toEqual([{ id: 'stage2/unit1/relu', shape: [28, 28, 240] }]);
		expect(unit.nodes.map(({ id }) => id.split('/').at(-1))).toContain('add');
		expect(resolveGraph(unit).output.shape).toEqual([28, 28, 240]);
	});

	it('subgraph gives a tensor of a split an id that an input can have', () => {
		const net = resolveGraph(networks['shufflenet-v2'].build());
		const split = net.nodes.find(({ op }) => op === 'split')!;
		const cut = subgraph(net, (node) => split.outputs.some((tensor) => node.inputs.includes(tensor)));
		expect(() => resolveGraph(cut)).not.toThrow();
	});

	it('subgraph refuses to cut out nothing', () => {
		expect(() => subgraph(resolveGraph(unit), () => false)).toThrow('no node of');
	});
});

describe('planFlow', () => {
	it.each(networkIds)(
		'%s: every segment reads only the level before, and the last holds the output',
		(id) => {
			const net = resolveGraph(networks[id].build());
			const { segments, levels } = planFlow(net);
			for (const { level, bundles, channels } of segments) {
				const levelsRead = bundles.flatMap(({ reads }) =>
					reads.map(({ segment }) => segments[segment]!.level)
				);
				expect(levelsRead.every((read) => read === level - 1)).toBe(true);
				if (level > 0) expect(bundles.reduce((sum, { count }) => sum + count, 0)).toBe(channels);
			}
			const last = levels.at(-1)!.map((index) => segments[index]!.channels);
			expect(last).toContain(net.output.shape[2]);
		}
	);

	it('carries a shortcut beside the layers in lanes', () => {
		const { segments, levels } = planFlow(resolveGraph(unit));
		expect(levels.map((level) => level.map((index) => segments[index]!.kind))).toEqual([
			['input'],
			['layer', 'lane'],
			['layer', 'lane'],
			['layer', 'lane'],
			['layer', 'lane'],
			['layer']
		]);
	});

	it('knows what a lane carries, and names it by that', () => {
		const plan = planFlow(resolveGraph(unit));
		const lanes = plan.segments.filter(({ kind }) => kind === 'lane');
		expect(lanes.length).toBeGreaterThan(0);
		for (const { index } of lanes) {
			expect(plan.segments[carriedBy(plan, index)]).toMatchObject({ kind: 'input', level: 0 });
			expect(segmentLabel(plan.segments[index]!)).toBe('shortcut of Input');
		}
		expect(
			plan.segments.filter(({ kind }) => kind !== 'lane').map(({ index }) => carriedBy(plan, index))
		).toEqual(plan.segments.filter(({ kind }) => kind !== 'lane').map(({ index }) => index));
	});
});

describe('seenFlow', () => {
	it('by class it adds up to what the analysis counts, for every channel', () => {
		fc.assert(
			fc.property(stacks, (graph) => {
				const net = resolveGraph(graph);
				const plan = planFlow(net);
				const classes = flowClasses(net);
				const dependency = flowDependency(net, plan, classes);
				const flow = channelFlow(net);
				expect(classes.sizes.reduce((sum, size) => sum + size, 0)).toBe(dependency.total);
				for (const { index, tensor, channels } of plan.segments) {
					for (let channel = 0; channel < channels; channel++) {
						const sum = dependency.byClass(index, channel).reduce((so, count) => so + count, 0);
						expect(sum).toBe(dependencyCount(flow, tensor, channel));
						expect(dependency.count(index, channel)).toBe(sum);
					}
				}
			}),
			{ numRuns: 40 }
		);
	});
});

describe('traceFlow', () => {
	it('marks in the input exactly what the channel has seen, and reaches exactly those that have seen an input channel', () => {
		fc.assert(
			fc.property(stacks, fc.nat(), (graph, random) => {
				const net = resolveGraph(graph);
				const plan = planFlow(net);
				const dependency = flowDependency(net, plan, flowClasses(net));
				const last = plan.levels.at(-1)![0]!;
				const channel = random % plan.segments[last]!.channels;
				const ancestry = traceFlow(plan, { segment: last, channel })[0]!;
				expect(ancestry.reduce((sum, mark) => sum + mark, 0)).toBe(dependency.count(last, channel));
				const reached = traceFlow(plan, { segment: 0, channel })[last]!;
				reached.forEach((mark, i) => {
					expect(traceFlow(plan, { segment: last, channel: i })[0]![channel]).toBe(mark);
				});
			}),
			{ numRuns: 40 }
		);
	});

	it('refuses a channel that is not there', () => {
		expect(() => traceFlow(planFlow(resolveGraph(unit)), { segment: 0, channel: 240 })).toThrow(
			'no channel 240'
		);
	});
});

describe('layoutFlow', () => {
	it.each(networkIds)('%s: segments lie inside the picture and do not overlap', (id) => {
		const plan = planFlow(resolveGraph(networks[id].build()));
		const { boxes, length } = layoutFlow(plan, metrics);
		plan.levels.forEach((level) => {
			const spans = level
				.map((index) => boxes[index]!)
				.map(({ start, cell, channels }) => [start, start + cell * channels] as const)
				.toSorted(([a], [b]) => a - b);
			expect(spans[0]![0]).toBeGreaterThanOrEqual(-1e-6);
			expect(spans.at(-1)![1]).toBeLessThanOrEqual(metrics.across + 1e-6);
			spans.slice(1).forEach(([start], i) => expect(start).toBeGreaterThanOrEqual(spans[i]![1]));
		});
		for (const { along, thickness } of boxes) expect(along + thickness).toBeLessThanOrEqual(length + 1e-6);
	});

	it('flowChannelAt is its inverse', () => {
		const plan = planFlow(resolveGraph(unit));
		const layout = layoutFlow(plan, metrics);
		for (const { index, channels } of plan.segments) {
			const { along, thickness, start, cell } = layout.boxes[index]!;
			for (let channel = 0; channel < channels; channel += 7) {
				const at = flowChannelAt(plan, layout, along + thickness / 2, start + (channel + 0.5) * cell);
				expect(at).toEqual({ segment: index, channel });
			}
		}
		expect(flowChannelAt(plan, layout, metrics.pitch / 2, 200)).toBeNull();
	});
});

describe('layoutCells and layoutLinks', () => {
	const net = resolveGraph(groupStack({ channels: 6, groups: 2, layers: 2 }));
	const plan = planFlow(net);
	const classes = flowClasses(net);
	const dependency = flowDependency(net, plan, classes);
	const layout = layoutFlow(plan, metrics);
	const count = (shapes: readonly { readonly path: string }[]) =>
		shapes.reduce((sum, { path }) => sum + path.split('Z').length - 1, 0);

	it('a cell has a bar for each class that its channel has seen', () => {
		const bars = plan.segments.map(({ index }) => count(layoutCells(layout, dependency, classes, index)));
		expect(bars).toEqual([6, 18, 18, 36]);
	});

	it('links are single lines where there are few: nine a group, one a channel of a shuffle', () => {
		expect([1, 2, 3].map((index) => count(layoutLinks(layout, plan, dependency, index)))).toEqual([
			18, 6, 18
		]);
	});

	it('where there are many, those that keep together are one band: a group of a convolution, a class of a shortcut', () => {
		const big = resolveGraph(unit);
		const bigPlan = planFlow(big);
		const bigSeen = flowDependency(big, bigPlan, flowClasses(big));
		const bigLayout = layoutFlow(bigPlan, metrics);
		const [, [gconv1, lane] = []] = bigPlan.levels;
		expect(count(layoutLinks(bigLayout, bigPlan, bigSeen, gconv1!))).toBe(3);
		expect(count(layoutLinks(bigLayout, bigPlan, bigSeen, lane!))).toBe(3);
	});

	it('with a mask only what belongs to the channel is drawn', () => {
		const mask = traceFlow(plan, { segment: 3, channel: 0 });
		expect([1, 2, 3].map((index) => count(layoutLinks(layout, plan, dependency, index, mask)))).toEqual([
			9, 3, 3
		]);
	});
});

describe('flowParts', () => {
	it.each([
		['shufflenet', 'stage2/unit2'],
		['squeezenet', 'fire2'],
		['mobilenet', 'separable1']
	] as const)('%s begins with %s', (id, part) => {
		const net = resolveGraph(networks[id].build());
		expect(tellingPart(net, flowParts(net))).toBe(part);
	});

	it.each(networkIds)('%s: every part is a graph with one input', (id) => {
		const net = resolveGraph(networks[id].build());
		for (const part of flowParts(net)) {
			const graph = partGraph(net, part);
			expect(graph.inputs).toHaveLength(1);
			expect(() => resolveGraph(graph)).not.toThrow();
		}
	});
});
