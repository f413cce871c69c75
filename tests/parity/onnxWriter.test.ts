import fc from 'fast-check';
import * as ort from 'onnxruntime-web';
import { expect, it } from 'vitest';
import { randomNetworkWeights, toFloat32 } from '../../src/lib/engine/program/weights';
import { openFiles } from '../../src/lib/formats';
import { toOnnx } from '../../src/lib/formats/onnx/write';
import type { NetworkWeights } from '../../src/lib/formats/tensors';
import {
	graphCost,
	GraphBuilder,
	networkById,
	resolveGraph,
	runGraph,
	type GraphNode,
	type ResolvedGraph
} from '../../src/lib/nets';
import {
	activationOf,
	type ActivationKind,
	activations,
	computedKinds,
	type Tensor,
	type Weights
} from '../../src/lib/ops';
import { upToLogits } from '../../tools/bench-networks/job';
import { casesOf, operatorOfCase, type Case } from '../unit/ops/cases';
import { randomInputs, relativeDifference } from './engine/graphs';

type Planes = Pick<Tensor, 'shape' | 'data'>;

/** `[height, width, channels]` as `[channels, height, width]`, and back. */
function channelsFirst({
	shape,
	data
}: {
	readonly shape: readonly number[];
	readonly data: ArrayLike<number>;
}) {
	const [height, width, channels] = shape as [number, number, number];
	const area = height * width;
	return Float32Array.from(data, (_, i) => data[(i % area) * channels + Math.floor(i / area)]!);
}

/** Runs what is written in onnxruntime; its outputs in the file's order. */
async function runOnnx(
	resolved: ResolvedGraph,
	weights: NetworkWeights,
	inputs: readonly { readonly shape: readonly number[]; readonly data: ArrayLike<number> }[]
): Promise<Float32Array[]> {
	const session = await ort.InferenceSession.create(toOnnx(resolved, weights));
	const feeds = resolved.graph.inputs.map(({ id }, i) => {
		const [height, width, channels] = inputs[i]!.shape;
		return [id, new ort.Tensor('float32', channelsFirst(inputs[i]!), [1, channels!, height!, width!])];
	});
	const results = await session.run(Object.fromEntries(feeds) as Record<string, ort.Tensor>);
	const found = resolved.outputs.map(({ ref }) => results[ref]!.data as Float32Array);
	await session.release();
	return found;
}

function reference(
	resolved: ResolvedGraph,
	weights: NetworkWeights,
	inputs: readonly Planes[]
): Float32Array[] {
	const own = Object.fromEntries(
		Object.entries(weights).map(([id, of]) => [
			id,
			Object.fromEntries(
				Object.entries(of).map(([name, { shape, data }]) => [name, { shape, data: Float64Array.from(data) }])
			)
		])
	);
	const values = runGraph(resolved, inputs, own as Record<string, Weights>);
	return resolved.outputs.map(({ index }) => channelsFirst(values[index]!));
}

/** Runs a graph of these weights, or of random ones, in onnxruntime and by the reference, and holds one against the other. */
async function expectReference(
	resolved: ResolvedGraph,
	weights: NetworkWeights = randomNetworkWeights(resolved, 5)
): Promise<void> {
	const inputs = randomInputs(resolved, 6).map((data, i) => ({
		shape: resolved.graph.inputs[i]!.shape,
		data: Float64Array.from(data)
	}));
	const found = await runOnnx(resolved, weights, inputs);
	reference(resolved, weights, inputs).forEach((expected, k) =>
		expect(relativeDifference(found[k]!, expected)).toBeLessThan(1e-4)
	);
}

it.each([
	['squeezenet', { resolution: 67 }],
	['mobilenet', { alpha: 0.25, resolution: 64 }],
	['shufflenet', { scale: 0.5, resolution: 64 }],
	['xception', { resolution: 75 }]
] as const)('%s written as ONNX gives in onnxruntime what the reference gives', async (id, knobs) => {
	await expectReference(upToLogits(id, knobs));
});

/**
 * Where onnxruntime leaves the specification: factors that leave the size as it is (it copies, though places move), and corners that
 * are aligned by factors (it takes the rounded size).
 */
const isOtherThere = ({ options, g }: Case) =>
	options['factors'] !== undefined &&
	(options['coordinates'] === 'alignCorners' ||
		[0, 1].some((axis) => g.inputs[0][axis] === g.outputs[0]![axis]));

/** A single operator of a case, as a graph. */
function graphOf(of: Case): ResolvedGraph {
	const inputs = of.inputs.map(({ shape }, i) => ({ id: `input${i}`, shape }));
	const refs = of.g.outputs.map((_, k) => (of.g.outputs.length === 1 ? 'node' : `node:${k}`));
	const node = { id: 'node', op: of.kind, options: of.options, inputs: inputs.map(({ id }) => id) };
	const [output, ...otherOutputs] = refs;
	return resolveGraph({
		...{ name: of.kind, inputs, nodes: [node] as unknown as GraphNode[], output: output!, blocks: [] },
		...(otherOutputs.length > 0 && { otherOutputs })
	});
}

it.each(computedKinds)('%s, whatever its options, is in onnxruntime what the reference is', async (kind) => {
	await fc.assert(
		fc.asyncProperty(casesOf(kind), async (of) => {
			fc.pre(!isOtherThere(of));
			const resolved = graphOf(of);
			const weights = toFloat32({ node: of.weights });
			const found = await runOnnx(resolved, weights, of.inputs);
			const expected = operatorOfCase(of).run(of.inputs, of.weights, of.g);
			for (const [k, output] of expected.entries())
				expect(relativeDifference(found[k]!, channelsFirst(output))).toBeLessThan(1e-4);
		}),
		{ numRuns: 12 }
	);
});

it.each(Object.keys(activations))('%s holds beyond its bends, from -8 to 8', async (kind) => {
	const net = new GraphBuilder(kind, [1, 1, 400]);
	const spread = ['two', 'four', 'eight'].reduce((x, id) => net.add(id, [x, x]), net.input);
	await expectReference(resolveGraph(net.build(net.op(kind as 'relu', 'node', spread, {}))));
});

it.each(Object.keys(activations) as ActivationKind[])(
	'%s is opened as itself where ONNX has one operator for it',
	async (kind) => {
		const net = new GraphBuilder(kind, [2, 2, 3]);
		const resolved = resolveGraph(
			net.build(net.op(kind as 'relu', 'node', net.add('sum', [net.input, net.input]), {}))
		);
		const isOne = activationOf(kind).onnx(resolved.byId.get('node')!.geometry as never) !== null;
		const opened = await openFiles([{ name: 'net.onnx', bytes: toOnnx(resolved, null) }]);
		if (opened.kind !== 'model') throw new Error('no model');
		const ops = opened.graph.nodes.map(({ op }) => op);
		if (isOne) expect(ops).toEqual(['add', kind]);
		// Others are read as what they are put together from.
		else expect(ops).not.toContain('opaque');
	}
);

it('layers that share their weights read the same ones', async () => {
	const net = new GraphBuilder('Shared', [6, 6, 4]);
	const way = (name: string, from: typeof net.input) =>
		net.op(
			'batchNorm',
			`${name}.bn`,
			net.conv2d(`${name}.conv`, from, { outChannels: 4, kernelSize: 3, padding: 'same', bias: true }),
			{ scale: false }
		);
	const graph = net.build(way('second', net.op('relu', 'between', way('first', net.input), {})));
	const resolved = resolveGraph({
		...graph,
		nodes: graph.nodes.map((node): GraphNode => {
			const [name, layer] = node.id.split('.');
			return name === 'second' ? { ...node, sharesWith: `first.${layer}` } : node;
		})
	});
	const weights = randomNetworkWeights(resolved, 5);
	const shared = Object.fromEntries(
		Object.keys(weights).map((id) => [id, weights[id.replace('second', 'first')]!])
	);
	await expectReference(resolved, shared);
});

it('what follows a dense layer has a row, or its height and width back', async () => {
	const net = new GraphBuilder('Rows', [4, 5, 6]);
	const row = net.dense('fc', net.input, { outChannels: 8 });
	const gate = net.op('sigmoid', 'gate', net.batchNorm('bn', net.op('prelu', 'slope', row, {})), {});
	const joined = net.concat('joined', [gate, row]);
	const wide = net.conv2d('conv', joined, { outChannels: 6, kernelSize: 1 });
	const picture = net.op('multiply', 'times', [net.input, wide] as never, {});
	await expectReference(resolveGraph(net.build(net.dense('end', picture, { outChannels: 3 }))));
});

it.each(['squeezenet', 'mobilenet', 'shufflenet', 'xception', 'mobilenet-v3-small', 'resnet18'])(
	'%s, written without weights and opened again, has the same layers at the same cost',
	async (id) => {
		const resolved = resolveGraph(networkById(id).build());
		const bytes = toOnnx(resolved, null, { labels: ['one', 'two'] });
		const opened = await openFiles([{ name: 'net.onnx', bytes }]);
		if (opened.kind !== 'model') throw new Error('no model');
		expect(opened.weights).toBeNull();
		expect(opened.labels).toEqual(['one', 'two']);
		const again = resolveGraph(opened.graph);
		expect(again.nodes.map(({ op }) => op)).toEqual(resolved.nodes.map(({ op }) => op));
		const total = ({ total: { macs, params } }: ReturnType<typeof graphCost>) => [macs, params.trainable];
		expect(total(graphCost(again))).toEqual(total(graphCost(resolved)));
	}
);

it('any number of pictures runs where that is open, and a pooled output is a row', async () => {
	const net = new GraphBuilder('Open', [4, 4, 6]);
	const shuffled = net.op('channelShuffle', 'shuffle', net.input, { groups: 3 });
	const gate = net.dense('gate', net.op('globalAvgPool', 'squeeze', shuffled, {}), { outChannels: 6 });
	const gated = net.op('multiply', 'times', [shuffled, gate] as never, {});
	const pooled = net.op('globalAvgPool', 'pool', gated, {});
	const resolved = resolveGraph(net.build(net.op('softmax', 'softmax', pooled, {})));
	const bytes = toOnnx(resolved, randomNetworkWeights(resolved, 1), { isRow: true, isBatchOpen: true });
	const session = await ort.InferenceSession.create(bytes);
	const data = Float32Array.from({ length: 2 * 96 }, (_, i) => Math.sin(i));
	const both = new ort.Tensor('float32', data, [2, 6, 4, 4]);
	const results = await session.run({ [resolved.graph.inputs[0]!.id]: both });
	const found = results[resolved.output.ref]!;
	expect(found.dims).toEqual([2, 6]);
	const single = await session.run({
		[resolved.graph.inputs[0]!.id]: new ort.Tensor('float32', data.slice(96), [1, 6, 4, 4])
	});
	const [second, alone] = [
		(found.data as Float32Array).slice(6),
		single[resolved.output.ref]!.data as Float32Array
	];
	second.forEach((value, i) => expect(value).toBeCloseTo(alone[i]!, 6));
	await session.release();
});
