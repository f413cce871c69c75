import { describe, expect, it } from 'vitest';
import {
	audit,
	blockBoundary,
	blockTree,
	costByKind,
	countTotal,
	GraphBuilder,
	graphCost,
	graphMemory,
	houseConventions,
	layerRows,
	networkById,
	networkIds,
	networks,
	resolveGraph,
	type Audit,
	type BlockPart,
	type Convention
} from '$lib/nets';

const mobilenet = resolveGraph(networks.mobilenet.build());

describe('costByKind(resolved)', () => {
	it('gives MobileNet’s table 2, its misprint (1.19%) as 1.91%', () => {
		const shares = costByKind(mobilenet).map(({ kind, kernel, macsShare, paramsShare }) => [
			kind,
			kernel,
			(100 * macsShare).toFixed(2),
			(100 * paramsShare).toFixed(2)
		]);
		expect(shares).toEqual([
			['pointwise', [1, 1], '94.86', '74.59'],
			['depthwise', [3, 3], '3.06', '1.06'],
			['standard', [3, 3], '1.91', '0.02'],
			['dense', null, '0.18', '24.33'],
			['norm', null, '0.00', '0.00']
		]);
	});

	it('tells grouped pointwise convolutions from dense ones', () => {
		const kinds = costByKind(resolveGraph(networks.shufflenet.build())).map(({ kind, nodes }) => [
			kind,
			nodes
		]);
		expect(kinds).toContainEqual(['groupedPointwise', 31]);
		expect(kinds).toContainEqual(['pointwise', 1]);
	});
});

describe('layerRows(resolved)', () => {
	it('adds up to the totals, for every network', () => {
		for (const id of networkIds) {
			const resolved = resolveGraph(networkById(id).build());
			const { total } = graphCost(resolved);
			const rows = layerRows(resolved);
			const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((so, row) => so + of(row), 0);
			expect(sum((row) => row.params.trainable)).toBe(total.params.trainable);
			expect(sum((row) => row.macs)).toBe(total.macs);
			expect(sum((row) => row.weightBytes)).toBe(4 * (total.params.trainable + total.params.bnStatistics));
		}
	});

	it('has kernel, stride and groups of what has a window', () => {
		const rows = new Map(layerRows(mobilenet).map((row) => [row.id, row]));
		expect(rows.get('conv_dw_2')).toMatchObject({
			kind: 'depthwise',
			kernel: [3, 3],
			stride: [2, 2],
			groups: 64
		});
		expect(rows.get('conv_dw_2_bn')).toMatchObject({
			kind: 'norm',
			kernel: null,
			stride: null,
			groups: null
		});
		expect(rows.get('conv_pw_2')).toMatchObject({
			block: 'separable2',
			output: [56, 56, 128],
			activationBytes: 1605632
		});
	});
});

describe('graphCost(resolved)', () => {
	it('puts the arithmetic intensity of depthwise layers far under that of pointwise ones', () => {
		const { nodes } = graphCost(mobilenet);
		const intensity = (id: string) => nodes[mobilenet.byId.get(id)!.index]!.intensity;
		expect(intensity('conv_dw_7')).toBeLessThan(5);
		expect(intensity('conv_pw_7')).toBeGreaterThan(20);
	});
});

describe('graphMemory(resolved, bytesPerValue)', () => {
	const net = new GraphBuilder('Residual', [2, 2, 3]);
	const conv = net.conv2d('conv', net.input, { outChannels: 5, kernelSize: 1, bias: false });
	const back = net.conv2d('back', net.relu('relu', conv), { outChannels: 3, kernelSize: 1, bias: false });
	const resolved = resolveGraph(net.build(net.add('add', [back, net.input])));

	it('keeps what a shortcut still needs, and works in place where nobody else reads', () => {
		// Values alive: conv 12 + 20; relu in place; back 12 + 20 + 12; add 12 + 12 + 12.
		expect(graphMemory(resolved, 1)).toMatchObject({
			liveBytes: [32, 32, 44, 36],
			peakBytes: 44,
			peakNode: { id: 'back' },
			activationBytes: 12 + 20 + 20 + 12 + 12,
			weightBytes: 30
		});
	});

	it('scales with the bytes of a value', () => {
		expect(graphMemory(resolved, 4).peakBytes).toBe(4 * graphMemory(resolved, 1).peakBytes);
	});

	it('is at its peak in MobileNet where the first pointwise layer doubles the channels', () => {
		const { peakBytes, peakNode } = graphMemory(mobilenet);
		expect([peakNode.id, peakBytes]).toEqual(['conv_pw_1', 4 * 112 * 112 * (32 + 64)]);
	});
});

describe('blockTree(resolved)', () => {
	it('nests blocks in the order of their first nodes, and has each node once', () => {
		for (const id of networkIds) {
			const resolved = resolveGraph(networkById(id).build());
			const nodesIn = (parts: readonly BlockPart[]): string[] =>
				parts.flatMap((part) => (part.kind === 'node' ? [part.node.id] : nodesIn(part.parts)));
			expect(nodesIn(blockTree(resolved)).sort()).toEqual(resolved.nodes.map((node) => node.id).sort());
		}
		const [stem, stage2] = blockTree(resolveGraph(networks.shufflenet.build()));
		expect(stem).toMatchObject({ path: 'stem', blockKind: 'stem' });
		expect(stage2).toMatchObject({
			path: 'stage2',
			parts: [{ path: 'stage2/unit1', blockKind: 'shuffleUnit' }, {}, {}, {}]
		});
	});
});

describe('blockBoundary(resolved, path)', () => {
	it('gives what a block reads from outside and what leaves it', () => {
		const squeezenet = resolveGraph(networks.squeezenet.build());
		const { nodes, inputs, outputs } = blockBoundary(squeezenet, 'fire3');
		expect(nodes).toHaveLength(7);
		expect([inputs, outputs].map((tensors) => tensors.map(({ ref }) => ref))).toEqual([
			['fire2/concat'],
			['fire3/concat']
		]);
	});

	it('knows the output of the graph, and blocks that hold others', () => {
		const xception = resolveGraph(networks.xception.build());
		expect(blockBoundary(xception, 'classifier').outputs.map(({ ref }) => ref)).toEqual(['softmax']);
		expect(blockBoundary(xception, 'block5').inputs.map(({ ref }) => ref)).toEqual(['block4_add']);
	});

	it('refuses a path that is not there', () => {
		expect(() => blockBoundary(mobilenet, 'separable')).toThrow(
			'there is no block "separable" in the graph; did you mean separable1?'
		);
	});
});

describe('audit(resolved, convention)', () => {
	it.each(networkIds)('adds up to the totals of %s, each term the product of its factors', (id) => {
		const resolved = resolveGraph(networkById(id).build());
		const { params, macs, flops } = graphCost(resolved).total;
		for (const [convention, total] of [
			[houseConventions.params, params.trainable],
			[{ ...houseConventions.params, batchNorm: 'all' }, params.trainable + params.bnStatistics],
			[{ ...houseConventions.params, batchNorm: 'none', biases: false }, params.weights],
			[houseConventions.macs, macs],
			[houseConventions.flops, flops]
		] as [Convention, number][]) {
			const whole = audit(resolved, convention);
			expect(whole.value).toBe(total);
			expectSums(whole);
		}
	});

	it('opens MobileNet into its blocks, and a layer into its product', () => {
		const whole = audit(mobilenet, houseConventions.macs);
		expect(whole.parts.map(({ id }) => id).slice(0, 3)).toEqual(['stem', 'separable1', 'separable2']);
		const [pointwise] = whole.parts[1]!.parts.filter(({ id }) => id === 'conv_pw_1');
		expect(pointwise?.terms[0]?.factors.map(({ name, value }) => `${name} ${value}`)).toEqual([
			'height 112',
			'width 112',
			'kernelHeight 1',
			'kernelWidth 1',
			'inChannels 32',
			'outChannels 64'
		]);
	});

	it('leaves out what a convention leaves out, and says how much that is', () => {
		const without = audit(mobilenet, { ...houseConventions.params, batchNorm: 'none', classifier: false });
		expect(without.value).toBe(4231976 - 21888 - 1025000);
		expect(without.leftOut).toBe(2 * 21888 + 1025000);
	});

	it('counts biases and batch norm among the FLOPs where it is told to', () => {
		const fire = resolveGraph(networks['fire-module'].build());
		const bare = countTotal(fire, houseConventions.flops);
		expect(countTotal(fire, { ...houseConventions.flops, biases: true })).toBe(
			bare + 55 * 55 * (16 + 64 + 64)
		);
		const values = (id: string) => mobilenet.byRef.get(id)!.shape.reduce((a, b) => a * b);
		const norms = mobilenet.nodes
			.filter(({ op }) => op === 'batchNorm')
			.reduce((so, { id }) => so + values(id), 0);
		const counted = countTotal(mobilenet, { ...houseConventions.macs, batchNorm: 'trainable' });
		expect(counted - countTotal(mobilenet, houseConventions.macs)).toBe(norms);
	});

	it('counts a transposed convolution as its operator does', () => {
		const net = new GraphBuilder('Up', [5, 5, 4]);
		const up = net.op('transposedConv2d', 'up', net.input, {
			outChannels: 6,
			kernelSize: 3,
			stride: 2,
			padding: 1,
			groups: 2
		});
		const resolved = resolveGraph(net.build(up));
		expect(countTotal(resolved, houseConventions.macs)).toBe(graphCost(resolved).total.macs);
	});
});

function expectSums(part: Audit): void {
	const sum = (values: readonly number[]) => values.reduce((so, value) => so + value, 0);
	expect(part.value).toBe(
		sum(part.parts.map(({ value }) => value)) +
			sum(part.terms.filter(({ counted }) => counted).map(({ value }) => value))
	);
	for (const { factors, value } of part.terms) {
		expect(value).toBe(factors.reduce((product, factor) => product * factor.value, 1));
	}
	part.parts.forEach(expectSums);
}
