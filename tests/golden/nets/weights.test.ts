import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
	logitsOf,
	networks,
	resolveGraph,
	runGraph,
	weightSpecs,
	type Graph,
	type GraphWeights
} from '$lib/nets';
import { tensor, type Tensor } from '$lib/ops';
import { publishedWeights } from '../../data';

/*
 * The reference interpreter on published weights, against the logits that PyTorch gives on the same pixels: says that the
 * graphs compute what the networks compute, not only that they cost the same.
 */

const FOLDER = publishedWeights.path;

interface Case {
	readonly folder: string;
	readonly graph: Graph;
	/** Turns a byte of a channel (0: red) into an input value, and the order of the channels. */
	readonly pixel: (byte: number, channel: number) => number;
	readonly channels: readonly number[];
}

const cases: readonly Case[] = [
	{
		folder: 'mobilenet_v1_0.25_224',
		graph: networks.mobilenet.build({ alpha: 0.25 }),
		pixel: (byte) => byte / 127.5 - 1,
		channels: [0, 1, 2]
	},
	{
		folder: 'squeezenet_v1.1',
		graph: networks.squeezenet.build({ version: '1.1' }),
		pixel: (byte, channel) => byte - [123, 117, 104][channel]!,
		channels: [2, 1, 0]
	}
];

describe.skipIf(publishedWeights.isAbsent)(publishedWeights.needed('runGraph with published weights'), () => {
	it.each(cases)('$folder gives PyTorch’s logits', ({ folder, graph, pixel, channels }) => {
		const resolved = resolveGraph(graph);
		const golden = goldenLogits(folder);
		const input = readPicture(`${FOLDER}/pictures/${golden.pixels}`, golden.size, pixel, channels);
		const values = runGraph(resolved, [input], readWeights(`${FOLDER}/${folder}`, resolved));
		const logits = values[logitsOf(resolved).index]!.data;
		const largest = Math.max(...golden.logits.map(Math.abs));
		const error = Math.max(...golden.logits.map((value, i) => Math.abs(value - logits[i]!)));
		expect(error / largest).toBeLessThan(1e-4);
	});
});

interface Golden {
	readonly picture: string;
	readonly pixels: string;
	readonly size: number;
	readonly weights: string;
	readonly logits: readonly number[];
}

function goldenLogits(folder: string): Golden {
	const all: readonly Golden[] = JSON.parse(readFileSync(`${FOLDER}/pictures/golden_logits.json`, 'utf8'));
	return all.find(({ weights, picture }) => weights === folder && picture === 'chelsea.png')!;
}

function readPicture(file: string, size: number, pixel: Case['pixel'], channels: Case['channels']): Tensor {
	const bytes = readFileSync(file);
	const values = Array.from({ length: bytes.length }, (_, i) => {
		const channel = channels[i % 3]!;
		return pixel(bytes[i - (i % 3) + channel]!, channel);
	});
	return tensor([size, size, 3], values);
}

/** TensorFlow.js's weight format, float32: names `layer/kernel`, `layer_bn/moving_mean` and so on. */
function readWeights(folder: string, resolved: ReturnType<typeof resolveGraph>): GraphWeights {
	interface Group {
		readonly paths: readonly string[];
		readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
	}
	const manifest: readonly Group[] = JSON.parse(readFileSync(`${folder}/model.json`, 'utf8')).weightsManifest;
	const byName = new Map<string, Float64Array>();
	for (const { paths, weights } of manifest) {
		const bytes = Buffer.concat(paths.map((path) => readFileSync(`${folder}/${path}`)));
		let offset = 0;
		for (const { name, shape } of weights) {
			const length = shape.reduce((a, b) => a * b, 1);
			byName.set(
				name,
				Float64Array.from({ length }, (_, i) => bytes.readFloatLE(offset + 4 * i))
			);
			offset += 4 * length;
		}
	}
	const published: Readonly<Record<string, string>> = { mean: 'moving_mean', variance: 'moving_variance' };
	return Object.fromEntries(
		weightSpecs(resolved).map(({ id, specs }) => [
			id,
			Object.fromEntries(
				specs.map(({ name, shape }) => {
					const names = [`${id}/${published[name] ?? name}`, `${id}/depthwise_${name}`];
					const data = byName.get(names[0]!) ?? byName.get(names[1]!);
					if (!data) throw new Error(`${folder} has no ${names.join(' and no ')}`);
					return [name, { shape, data }];
				})
			)
		])
	);
}
