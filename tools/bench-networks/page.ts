import * as tf from '@tensorflow/tfjs-core';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { observeTensors } from '../../src/lib/engine/int8/calibrate';
import { compileIntegerKernels } from '../../src/lib/engine/int8/kernels';
import { IntegerProgram } from '../../src/lib/engine/int8/program';
import { loadKernels } from '../../src/lib/engine/kernels';
import { Program } from '../../src/lib/engine/program/program';
import { randomNetworkWeights } from '../../src/lib/engine/program/weights';
import { networkById, randomNumbers, resolveGraph, type ResolvedGraph } from '../../src/lib/nets';
import { chooseRanges, quantizeNetwork } from '../../src/lib/nets/quantization/network';
import { layersModel } from '../../tests/parity/engine/layersModel';
import { foldedNetwork } from '../../tests/parity/foldedNetwork';
import { qdqFile } from '../../tests/parity/qdqFile';
import { fileIntegers, storedWeights } from '../../tests/unit/nets/quantization/fileIntegers';
import type * as Ort from 'onnxruntime-web';
import { seed, upToLogits, type Job, type Outcome } from './job';

/** Runs one network by one runner in this page, on this thread and on as many others as are asked for. */
export async function measure(job: Job): Promise<Outcome> {
	const resolved = job.units
		? resolveGraph(networkById(job.network).build())
		: upToLogits(job.network, job.knobs);
	const random = randomNumbers('bench');
	const [height, width, channels] = resolved.graph.inputs[0]!.shape;
	const input = Float32Array.from({ length: height * width * channels }, () => 2 * random() - 1);
	switch (job.runner) {
		case 'own':
			return measureOwn(resolved, input, job);
		case 'integers':
			return measureIntegers(resolved, input, job);
		case 'onnxruntime':
			return measureOnnxruntime(resolved, input, job, await fetchedModel(job));
		case 'onnxruntimeIntegers':
			return measureOnnxruntime(resolved, input, job, await quantizedModel(resolved, input, job), '.real');
		case 'layers':
			return measureLayers(resolved, input, job);
	}
}

async function measureOwn(resolved: ResolvedGraph, input: Float32Array, job: Job): Promise<Outcome> {
	await takeWasm(job.threads);
	const kernels = await loadKernels({ threads: job.threads });
	if (kernels?.threads !== job.threads)
		throw new Error(`threads: ${kernels?.threads}, expected ${job.threads}`);
	const program = new Program(resolved, randomNetworkWeights(resolved, seed), kernels);
	await idle();
	const outcome = await timed(job, async () => (await program.run([input])).output.data);
	if (!job.units) return outcome;
	return { ...outcome, units: await program.benchmark([input], { rounds: job.runs }) };
}

/** On integers, whose ranges are those that the network has for this input. */
async function measureIntegers(resolved: ResolvedGraph, input: Float32Array, job: Job): Promise<Outcome> {
	await takeWasm(job.threads);
	const weights = randomNetworkWeights(resolved, seed);
	const kernels = await loadKernels({ threads: job.threads });
	const float = new Program(resolved, weights, kernels);
	const seen = await observeTensors(float, [input]);
	float.dispose();
	kernels?.dispose();
	const network = quantizeNetwork(resolved, weights, chooseRanges(seen, 'max'), { calibration: 'max' });
	const program = await IntegerProgram.create(network, await compileIntegerKernels({ threads: job.threads }));
	if (program.threads !== job.threads)
		throw new Error(`threads: ${program.threads}, expected ${job.threads}`);
	await idle();
	return timed(job, async () => program.run(input));
}

async function fetchedModel({ network }: Job): Promise<Uint8Array> {
	return new Uint8Array(await (await fetch(`/models/${network}.onnx`)).arrayBuffer());
}

/** Activations and weights of 8 bits, each output channel with a scale of its own, in a file as tools for quantisation write it. */
async function quantizedModel(resolved: ResolvedGraph, input: Float32Array, job: Job): Promise<Uint8Array> {
	await takeWasm(job.threads);
	const folded = foldedNetwork(resolved, randomNetworkWeights(resolved, seed));
	const float = new Program(folded.resolved, folded.weights, null);
	const ranges = chooseRanges(await observeTensors(float, [input]), 'max', 8);
	float.dispose();
	const integers = fileIntegers(folded.resolved, ranges);
	const stored = storedWeights(folded.resolved, folded.weights, integers, 'channel');
	return qdqFile(folded.resolved, stored, integers, false);
}

/** @param suffix of the input's name in the model */
async function measureOnnxruntime(
	resolved: ResolvedGraph,
	input: Float32Array,
	job: Job,
	model: Uint8Array,
	suffix = ''
): Promise<Outcome> {
	const entry = '/onnxruntime/ort.wasm.min.mjs';
	const ort = (await import(/* @vite-ignore */ entry)) as typeof Ort;
	ort.env.wasm.numThreads = job.threads;
	ort.env.wasm.wasmPaths = '/onnxruntime/';
	const session = await ort.InferenceSession.create(model, {
		executionProviders: ['wasm'],
		graphOptimizationLevel: 'all'
	});
	const { id, shape } = resolved.graph.inputs[0]!;
	const [height, width, channels] = shape;
	const planes = Float32Array.from(
		input,
		(_, i) => input[(i % (height * width)) * channels + Math.floor(i / (height * width))]!
	);
	const tensor = new ort.Tensor('float32', planes, [1, channels, height, width]);
	await idle();
	return timed(
		job,
		async () => (await session.run({ [id + suffix]: tensor }))[resolved.output.ref]!.data as Float32Array
	);
}

async function measureLayers(resolved: ResolvedGraph, input: Float32Array, job: Job): Promise<Outcome> {
	await takeWasm(job.threads);
	const model = layersModel(resolved, randomNetworkWeights(resolved, seed), resolved.output.ref);
	const x = tf.tensor(input, [1, ...resolved.graph.inputs[0]!.shape]);
	await idle();
	return timed(job, async () => {
		const y = tf.tidy(() => model.predict(x) as tf.Tensor);
		const values = (await y.data()) as Float32Array;
		y.dispose();
		return values;
	});
}

async function takeWasm(threads: number): Promise<void> {
	setThreadsCount(threads);
	setWasmPaths('/node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/');
	await tf.setBackend('wasm');
}

/** Helpers start only while this thread is idle. */
const idle = () => new Promise((done) => setTimeout(done, 1000));

async function timed({ runs, warmUps = 3 }: Job, run: () => Promise<Float32Array>): Promise<Outcome> {
	let output: number[] = [];
	const milliseconds: number[] = [];
	for (let i = 0; i < warmUps + runs; i++) {
		const started = performance.now();
		const values = await run();
		if (i >= warmUps) milliseconds.push(performance.now() - started);
		output = Array.from(values);
	}
	return { milliseconds, output };
}
