import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { zipSync } from 'fflate';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { normalize, preprocessings, type Preprocessing } from '../../src/lib/engine/picture';
import type { Kernels } from '../../src/lib/engine/kernels';
import { randomNetworkWeights } from '../../src/lib/engine/program/weights';
import { Program } from '../../src/lib/engine/program/program';
import { openFiles, type OpenedModel } from '../../src/lib/formats';
import { writeLayersModel } from '../../src/lib/formats/tfjsLayers';
import type { NetworkWeights } from '../../src/lib/formats/tensors';
import { networkById, resolveGraph, type NetworkId, type ResolvedGraph } from '../../src/lib/nets';
import { four } from '../../src/lib/nets/networks';
import { featuresOf, withHead } from '../../src/lib/nets/backbone';
import { probabilities, type Head } from '../../src/lib/training/head/softmaxRegression';
import { pageCode } from '../../src/routes/[lang=lang]/(site)/playground/classes/pageCode';
import { readBundled } from '../../tools/weights/bundled';
import { memory, useWasm } from './engine/graphs';
import { mulberry } from './engine/random';

const labels = ['cup', 'lid', 'box'];
const time = '2026-01-01T00:00:00.000Z';

let kernels: Kernels | null = null;
beforeAll(async () => {
	kernels = await useWasm(true);
});

let before: ReturnType<typeof memory>;
beforeEach(() => {
	before = memory();
});
afterEach(() => expect(memory()).toEqual(before));

/** A head of its own for a network, and both as one. */
function headed(resolved: ResolvedGraph, weights: NetworkWeights) {
	const features = featuresOf(resolved)!;
	const width = features.shape[2];
	const random = mulberry(3);
	const head: Head = {
		kernel: Float32Array.from({ length: width * labels.length }, () => 4 * random() - 2),
		bias: Float32Array.from(labels, () => random())
	};
	const { graph, dense } = withHead(resolved, features, { name: 'My classes', classes: labels.length });
	const own = {
		kernel: { shape: [width, labels.length], data: head.kernel },
		bias: { shape: [labels.length], data: head.bias }
	};
	const whole = resolveGraph(graph);
	return { whole, features, head, weights: { ...weights, [dense]: own } };
}

/** Pixels by chance, RGB. */
function pixels({ graph }: ResolvedGraph): Uint8Array {
	const [height, width] = graph.inputs[0]!.shape;
	const random = mulberry(9);
	return Uint8Array.from({ length: height * width * 3 }, () => Math.floor(256 * random()));
}

async function run(
	resolved: ResolvedGraph,
	weights: NetworkWeights,
	input: Float32Array,
	watch: readonly string[] = []
) {
	const program = new Program(resolved, weights, kernels);
	try {
		return await program.run([input], { watch });
	} finally {
		program.dispose();
	}
}

/** The files, as plain TensorFlow.js opens them. */
async function loaded(
	files: ReadonlyMap<string, Uint8Array>,
	address = 'model.json'
): Promise<tfl.LayersModel> {
	const model = JSON.parse(new TextDecoder().decode(files.get(address))) as {
		modelTopology: object;
		weightsManifest: { paths: string[]; weights: tf.io.WeightsManifestEntry[] }[];
	};
	const [group] = model.weightsManifest;
	expect(group!.paths).toEqual(['weights.bin']);
	return tfl.loadLayersModel(
		tf.io.fromMemory({
			modelTopology: model.modelTopology,
			weightSpecs: group!.weights,
			weightData: files.get('weights.bin')!.slice().buffer
		})
	);
}

/** What plain TensorFlow.js makes of the files, for a picture as RGB from -1 to 1. */
async function predicted(files: ReadonlyMap<string, Uint8Array>, input: Float32Array): Promise<Float32Array> {
	const model = await loaded(files);
	const [, height, width] = model.inputs[0]!.shape;
	const output = tf.tidy(() => model.predict(tf.tensor4d(input, [1, height!, width!, 3])) as tf.Tensor);
	try {
		return (await output.data()) as Float32Array;
	} finally {
		output.dispose();
		model.dispose();
	}
}

const mean = (data: Float32Array, channels: number) =>
	Float32Array.from({ length: channels }, (_, c) => {
		let sum = 0;
		for (let at = c; at < data.length; at += channels) sum += data[at]!;
		return (sum * channels) / data.length;
	});

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>) {
	expect(found.length).toBe(expected.length);
	for (let c = 0; c < expected.length; c++) expect(Math.abs(found[c]! - expected[c]!)).toBeLessThan(1e-4);
}

/** The head on features that were watched, one model of both, plain TensorFlow.js, and what is opened again: all the same. */
async function expectSame(
	resolved: ResolvedGraph,
	own: NetworkWeights,
	preprocessing: Preprocessing
): Promise<void> {
	const { whole, features, head, weights } = headed(resolved, own);
	const rgb = pixels(resolved);
	const input = normalize(rgb, preprocessing);
	const { watched } = await run(resolved, own, input, [features.ref]);
	const expected = probabilities(head, mean(watched[features.ref]!.data, features.shape[2]));
	expect(Math.max(...expected)).toBeGreaterThan(0.34);
	expectClose((await run(whole, weights, input)).output.data, expected);

	const files = writeLayersModel(whole, weights, { preprocessing, labels, time });
	const symmetric = normalize(rgb, preprocessings.symmetric);
	expectClose(await predicted(files, symmetric), expected);

	const opened = await openFiles([{ name: 'own.zip', bytes: zipSync(Object.fromEntries(files)) }]);
	expect(opened).toMatchObject({ kind: 'model', labels, share: 1, preprocessing: preprocessings.symmetric });
	const { graph, weights: again, notes } = opened as OpenedModel;
	expect(notes.filter(({ code }) => code === 'opaque')).toEqual([]);
	expectClose((await run(resolveGraph(graph), again!, symmetric)).output.data, expected);
}

/** A picture with so many columns of noise on both sides. */
function wider(rgb: ArrayLike<number>, [height, width]: readonly [number, number], sides: number): number[] {
	const random = mulberry(5);
	return Array.from({ length: height * (width + 2 * sides) * 3 }, (_, at) => {
		const row = Math.floor(at / 3 / (width + 2 * sides));
		const column = (Math.floor(at / 3) % (width + 2 * sides)) - sides;
		const isInside = column >= 0 && column < width;
		return isInside ? rgb[(row * width + column) * 3 + (at % 3)]! : Math.floor(256 * random());
	});
}

describe('pageCode', () => {
	it('says in a page of a reader what the network says of a picture', async () => {
		const { resolved, weights: own, set } = readBundled('cifar10-mobilenet');
		const { whole, weights } = headed(resolved, own);
		const rgb = pixels(resolved);
		const [height, width] = resolved.graph.inputs[0]!.shape;
		// The page teaches the square in the middle: what lies left and right of it, here noise, says nothing.
		const sides = 7;
		const wide = wider(rgb, [height, width], sides);
		const files = writeLayersModel(whole, weights, { preprocessing: set.preprocessing, labels, time });
		const { output } = await run(whole, weights, normalize(rgb, set.preprocessing));

		const [, body] = /<script type="module">([^]*)<\/script>/.exec(pageCode)!;
		const said: [string, number][] = [];
		let model: tfl.LayersModel | null = null;
		const page = {
			tf: {
				...{ tidy: tf.tidy, image: tf.image, div: tf.div, sub: tf.sub, expandDims: tf.expandDims },
				slice: tf.slice,
				browser: { fromPixels: () => tf.tensor3d(wide, [height, width + 2 * sides, 3], 'int32') },
				loadLayersModel: async (address: string) => (model = await loaded(files, address))
			},
			document: { querySelector: () => ({ decode: async () => {} }) },
			fetch: async (address: string) => new Response(files.get(address)!.slice()),
			console: { log: (label: string, share: number) => said.push([label, share]) }
		};
		const AsyncFunction = (async () => {}).constructor as new (
			...parts: string[]
		) => (...given: unknown[]) => Promise<void>;
		await new AsyncFunction(...Object.keys(page), body!)(...Object.values(page));
		model!.dispose();
		expect(said.map(([label]) => label)).toEqual(labels);
		expectClose(
			said.map(([, share]) => share),
			output.data
		);
	});
});

describe('writeLayersModel', () => {
	it.each(four)('writes %s with a head, as it is bundled', async (network) => {
		const { resolved, weights, set } = readBundled(`cifar10-${network}`);
		await expectSame(resolved, weights, set.preprocessing);
	});

	it.each([
		['squeezenet', { resolution: 99 }, 'caffe'],
		['squeezenet', { resolution: 99, version: '1.1', bypass: 'complex' }, 'imagenet'],
		['mobilenet', { alpha: 0.25, resolution: 96 }, 'symmetric'],
		['shufflenet', { resolution: 96 }, 'imagenet'],
		['xception', { resolution: 96, width: 0.25 }, 'symmetric'],
		['mobilenet-v2', { alpha: 0.5, resolution: 64 }, 'bytes']
	] satisfies [NetworkId, object, keyof typeof preprocessings][])(
		'writes %s of %j with weights by chance',
		async (id, knobs, kind) => {
			const resolved = resolveGraph(networkById(id).build(knobs));
			await expectSame(resolved, randomNetworkWeights(resolved, 5), preprocessings[kind]);
		}
	);
});
