import * as ort from 'onnxruntime-web';
import { expect, it } from 'vitest';
import { randomNetworkWeights } from '../../../src/lib/engine/program/weights';
import {
	GraphBuilder,
	randomWeights,
	resolveGraph,
	runGraph,
	type ResolvedGraph
} from '../../../src/lib/nets';
import { ofActivations } from '../../../src/lib/ops';
import { upToLogits } from '../../../tools/bench-networks/job';
import { toOnnx } from '../../../tools/bench-networks/onnx';
import { randomInputs, relativeDifference } from '../engine/graphs';

/** Runs a graph of random weights in onnxruntime and by the reference, and holds one against the other. */
async function expectReference(resolved: ResolvedGraph): Promise<void> {
	const weights = randomNetworkWeights(resolved, 5);
	const [input] = randomInputs(resolved, 6);
	const [{ id: name, shape }] = resolved.graph.inputs as [(typeof resolved.graph.inputs)[number]];
	const [height, width, channels] = shape;
	const turned = Float32Array.from(input!, (_, i) => {
		const [c, at] = [Math.floor(i / (height * width)), i % (height * width)];
		return input![at * channels + c]!;
	});
	const session = await ort.InferenceSession.create(toOnnx(resolved, weights));
	const results = await session.run({
		[name]: new ort.Tensor('float32', turned, [1, channels, height, width])
	});
	const reference = runGraph(
		resolved,
		[{ shape, data: Float64Array.from(input!) }],
		randomWeights(resolved, 5)
	);
	const expected = Float32Array.from(reference[resolved.output.index]!.data);
	const got = results[resolved.output.ref]!.data as Float32Array;
	expect(relativeDifference(got, expected)).toBeLessThan(1e-4);
}

it.each([
	['squeezenet', { resolution: 67 }],
	['mobilenet', { alpha: 0.25, resolution: 64 }],
	['shufflenet', { scale: 0.5, resolution: 64 }],
	['xception', { resolution: 75 }]
] as const)('%s written as ONNX gives in onnxruntime what the reference gives', async (id, knobs) => {
	await expectReference(upToLogits(id, knobs));
});

const named = Object.values(ofActivations((activation, kind) => ({ activation, kind }))).flatMap(
	({ activation, kind }) =>
		activation.onnx(activation.geometry([[1, 1, 1]], {})) ? [[kind, activation.name] as const] : []
);

it.each(named)('%s is the operator that ONNX has for it', async (kind) => {
	// From -8 to 8: beyond the bends of the functions.
	const net = new GraphBuilder(kind, [1, 1, 400]);
	const spread = ['two', 'four', 'eight'].reduce((x, id) => net.add(id, [x, x]), net.input);
	await expectReference(resolveGraph(net.build(net.op(kind, 'node', spread, {}))));
});
