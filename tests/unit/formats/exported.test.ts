import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { randomNetworkWeights } from '$lib/engine/program/weights';
import { openFiles, type OpenedModel, type Preprocessing } from '$lib/formats';
import { toOnnx, type OnnxAbout } from '$lib/formats/onnx/write';
import type { NetworkWeights } from '$lib/formats/tensors';
import {
	differenceOf,
	graphCost,
	GraphBuilder,
	resolveGraph,
	type Graph,
	type ResolvedGraph
} from '$lib/nets';
import { writeKerasNetwork } from '$lib/viz/code/kerasNetwork';
import { writePytorchNetwork } from '$lib/viz/code/pytorchNetwork';
import { models } from '../../data';

async function reopened(
	net: ResolvedGraph,
	weights: NetworkWeights | null,
	about: OnnxAbout = {}
): Promise<OpenedModel> {
	const opened = await openFiles([{ name: 'again.onnx', bytes: toOnnx(net, weights, about) }]);
	if (opened.kind !== 'model') throw new Error('no model');
	return opened;
}

/** A network whose nodes of the second name share the weights of the first. */
const sharing = (graph: Graph, pairs: Readonly<Record<string, string>>): ResolvedGraph =>
	resolveGraph({
		...graph,
		nodes: graph.nodes.map((node) => (pairs[node.id] ? { ...node, sharesWith: pairs[node.id]! } : node))
	});

/** Two ways of the same weights; those of `second` are those of `first`. */
function siamese() {
	const net = new GraphBuilder('Siamese', [8, 8, 4]);
	const way = (name: string, from: typeof net.input) => {
		const conv = net.conv2d(`${name}.conv`, from, {
			outChannels: 4,
			kernelSize: 3,
			padding: 'same',
			bias: true
		});
		const norm = net.op('batchNorm', `${name}.bn`, conv, { scale: false });
		return net.op('scale', `${name}.scale`, norm, {});
	};
	const first = way('first', net.input);
	const second = way('second', net.op('relu', 'between', first, {}));
	const graph = net.build(net.op('batchNorm', 'norm', net.add('sum', [first, second]), {}));
	const resolved = sharing(graph, {
		'second.conv': 'first.conv',
		'second.bn': 'first.bn',
		'second.scale': 'first.scale'
	});
	const random = randomNetworkWeights(resolved, 3);
	const weights = Object.fromEntries(
		Object.entries(random).map(([id, of]) => [id, random[id.replace('second', 'first')] ?? of])
	);
	return { resolved, weights };
}

describe('ONNX that is written and opened again', () => {
	it.each(['with weights', 'as the structure alone'])('counts shared weights once, %s', async (way) => {
		const { resolved, weights } = siamese();
		const { graph } = await reopened(resolved, way === 'with weights' ? weights : null);
		const total = (net: ResolvedGraph) => graphCost(net).total.params;
		expect(graph.nodes.filter(({ sharesWith }) => sharesWith).map(({ id }) => id)).toEqual([
			'second.conv',
			'second.bn',
			'second.scale'
		]);
		expect(total(resolveGraph(graph))).toEqual(total(resolved));
	});

	it('has the layers’ names, those too that end like an operator, and those around others', async () => {
		const net = new GraphBuilder('Names', [8, 8, 3]);
		const conv = (id: string, from: typeof net.input) =>
			net.conv2d(id, from, { outChannels: 3, kernelSize: 1 });
		const first = net.op('relu6', 'block.Relu6.relu6', conv('block.Relu6', net.input), {});
		const pool = net.op('maxPool', 'features.2.MaxPool', first, { kernelSize: 2 });
		const shifted = net.op('scale', 'shift', conv('only.Conv', pool), {});
		const resolved = resolveGraph(
			net.build(net.add('sum.Add', [shifted, net.op('swish', 'act', shifted, {})]))
		);
		const { graph } = await reopened(resolved, randomNetworkWeights(resolved, 1));
		expect(graph.nodes.map(({ id }) => id)).toEqual(resolved.nodes.map(({ id }) => id));
	});

	it('holds shared weights once', () => {
		const { resolved, weights } = siamese();
		const apart = resolveGraph({
			...resolved.graph,
			nodes: resolved.graph.nodes.map(({ sharesWith: _, ...node }) => node as Graph['nodes'][number])
		});
		const [once, twice] = [resolved, apart].map((net) => toOnnx(net, weights).length);
		// A kernel of 3×3×4×4 and a bias of 4, five vectors of the norms, all as float32, beside their names.
		expect(twice! - once!).toBeGreaterThanOrEqual(4 * (144 + 4 + 5 * 4));
	});

	it('counts no scale that a norm does not have', async () => {
		const net = new GraphBuilder('Plain', [4, 4, 6]);
		const norm = net.op('batchNorm', 'bn', net.input, { scale: false, center: false });
		const resolved = resolveGraph(
			net.build(net.op('layerNorm', 'ln', norm, { scale: false, center: false }))
		);
		const { graph } = await reopened(resolved, randomNetworkWeights(resolved, 1));
		expect(graphCost(resolveGraph(graph)).total.params).toEqual(graphCost(resolved).total.params);
	});

	it('has numbers as they were written', async () => {
		const net = new GraphBuilder('Numbers', [4, 4, 2]);
		const norm = net.op('batchNorm', 'bn', net.input, { epsilon: 1e-3 });
		const resolved = resolveGraph(
			net.build(net.op('leakyRelu', 'leaky', norm, { alpha: Math.fround(1 / 3) }))
		);
		const { graph } = await reopened(resolved, randomNetworkWeights(resolved, 1));
		expect(graph.nodes.map(({ options }) => options)).toMatchObject([{ epsilon: 0.001 }, {}]);
		expect(Math.fround((graph.nodes[1]!.options as { alpha: number }).alpha)).toBe(Math.fround(1 / 3));
	});

	it('says how its pictures are prepared, and names its classes', async () => {
		const net = new GraphBuilder('Two', [4, 4, 3]);
		const resolved = resolveGraph(net.build(net.dense('fc', net.input, { outChannels: 2 })));
		const preprocessing: Preprocessing = { order: 'bgr', mean: [1, 2.5, 3], deviation: [4, 5, 0.1] };
		const labels = ["a jack-o'-lantern", 'said “b”, or "b", \\ and 猫'];
		const weights = randomNetworkWeights(resolved, 1);
		expect(await reopened(resolved, weights, { preprocessing, labels, share: 0.9 })).toMatchObject({
			...{ preprocessing, labels, share: 0.9 }
		});
		const plain = await reopened(resolved, weights);
		expect([plain.preprocessing, plain.labels, plain.share]).toEqual([null, null, undefined]);
		// What others may have written under that name.
		for (const broken of [
			{ ...preprocessing, deviation: [1, 0, 1] },
			{ ...preprocessing, mean: [1, 2] }
		])
			expect(
				(await reopened(resolved, weights, { preprocessing: broken as unknown as Preprocessing }))
					.preprocessing
			).toBeNull();
	});

	it.skipIf(models.isAbsent)(models.needed('a Keras file and its ONNX have the same layers'), async () => {
		const name = 'fer2013_mini_XCEPTION.hdf5';
		const bytes = new Uint8Array(readFileSync(join(models.path, 'keras', name)));
		const opened = await openFiles([{ name, bytes }]);
		if (opened.kind !== 'model') throw new Error('no model');
		const net = resolveGraph(opened.graph);
		const again = await reopened(net, opened.weights, opened);
		const { rows, changed } = differenceOf(net, resolveGraph(again.graph), [opened.weights, again.weights]);
		expect([rows.filter(({ a }) => a?.node.op === 'batchNorm').length, changed]).toEqual([14, 0]);
		expect(again.preprocessing).toEqual(opened.preprocessing);
	});
});

describe('an output that is a row, and pictures of which any number comes', () => {
	const pooled = () => {
		const net = new GraphBuilder('Pooled', [4, 4, 8]);
		const x = net.op('channelShuffle', 'shuffle', net.input, { groups: 2 });
		const y = net.op('globalAvgPool', 'pool', net.conv2d('conv', x, { outChannels: 8, kernelSize: 1 }), {});
		return resolveGraph(net.build(net.op('softmax', 'softmax', y, {})));
	};

	it('are so in what is exported, and opened again', async () => {
		const net = pooled();
		expect(await reopened(net, null)).toMatchObject({ isRow: false, isBatchOpen: false });
		const opened = await reopened(net, null, { isRow: true, isBatchOpen: true });
		expect(opened).toMatchObject({ isRow: true, isBatchOpen: true });
		expect(opened.graph.nodes.map(({ op }) => op)).toEqual([
			...['channelShuffle', 'conv2d', 'globalAvgPool', 'softmax']
		]);
		const again = await reopened(resolveGraph(opened.graph), null, opened);
		expect(again).toMatchObject({ isRow: true, isBatchOpen: true });
	});

	it('are so in programs', () => {
		expect(writePytorchNetwork(pooled())).not.toContain('flatten(1)');
		const pytorch = writePytorchNetwork(pooled(), { isRow: true });
		expect(pytorch).toContain('return x.flatten(1)');
		expect(pytorch).toContain('# [1, 8]');
		expect(writeKerasNetwork(pooled(), { isRow: true })).toContain('x = layers.Flatten()(x)\nmodel =');
	});

	it('are so in Keras’s files', async () => {
		const layer = (class_name: string, config: object) => ({ class_name, config });
		const opened = (keepdims: boolean, batch: number | null) =>
			openFiles([
				{
					name: 'pooled.json',
					bytes: new TextEncoder().encode(
						JSON.stringify(
							layer('Sequential', {
								layers: [
									layer('InputLayer', { name: 'in', batch_input_shape: [batch, 4, 4, 8] }),
									layer('GlobalAveragePooling2D', { name: 'pool', keepdims }),
									layer('Activation', { name: 'softmax', activation: 'softmax' })
								]
							})
						)
					)
				}
			]);
		expect(await opened(false, null)).toMatchObject({ isRow: true, isBatchOpen: true });
		expect(await opened(true, 1)).toMatchObject({ isRow: false, isBatchOpen: false });
	});
});
