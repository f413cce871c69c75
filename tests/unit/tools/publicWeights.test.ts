import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import * as h5wasm from 'h5wasm/node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { randomNetworkWeights } from '../../../src/lib/engine/program/weights';
import { matchWeights, nameWeights } from '../../../src/lib/formats/match';
import type { NamedTensor } from '../../../src/lib/formats/tensors';
import { writeTensors } from '../../../src/lib/formats/tfjs';
import { networkById, resolveGraph, type ResolvedGraph } from '../../../src/lib/nets';
import { readDeepCompression } from '../../../tools/weights/deepCompression';
import { readKeras } from '../../../tools/weights/keras';
import {
	nameShufflenet,
	nameXception,
	publishedMobilenet,
	publishedShufflenet,
	publishedSqueezenet,
	publishedXception,
	type Fetching
} from '../../../tools/weights/public';
import { publishedWeights } from '../../data';
import { readFolder } from '../../parity/engine/shared';
import { startPublisher, type Publisher } from './publisher';

const root = mkdtempSync(join(tmpdir(), 'lightnets-public-'));
const cache = join(root, 'cache');
let publisher: Publisher;
let fetching: Fetching;

beforeAll(async () => {
	await h5wasm.ready;
	publisher = await startPublisher();
	fetching = { cache, mirror: `${publisher.address}/`, progress: () => {} };
});
afterAll(() => {
	publisher.close();
	rmSync(root, { recursive: true });
});
beforeEach(() => {
	rmSync(cache, { recursive: true, force: true });
	publisher.forget();
});

/** A Keras HDF5 file of these layers, each with its weights in order. */
function writeKeras(path: string, layers: ReadonlyMap<string, readonly NamedTensor[]>, inside = ''): void {
	const file = new h5wasm.File(path, 'w');
	const group = inside === '' ? file : file.create_group(inside);
	group.create_attribute('layer_names', [...layers.keys()]);
	for (const [layer, tensors] of layers) {
		const own = groupAt(group, layer.split('/'));
		own.create_attribute(
			'weight_names',
			tensors.map(({ name }) => name)
		);
		for (const { name, shape, data } of tensors) {
			const path = name.split('/');
			groupAt(own, path.slice(0, -1)).create_dataset({ name: path.at(-1)!, data, shape: [...shape] });
		}
	}
	file.close();
}

/** The group at a path, made where it is not there yet. */
function groupAt(group: h5wasm.Group, path: readonly string[]): h5wasm.Group {
	return path.reduce((at, name) => {
		const known = at.keys().includes(name) ? at.get(name) : null;
		return known instanceof h5wasm.Group ? known : at.create_group(name);
	}, group);
}

/** Tensors by the layer in their name, which what follows the last slash is not part of. */
function byLayer(tensors: readonly NamedTensor[]): Map<string, NamedTensor[]> {
	const layers = new Map<string, NamedTensor[]>();
	for (const tensor of tensors) {
		const layer = tensor.name.slice(0, tensor.name.lastIndexOf('/'));
		layers.set(layer, [...(layers.get(layer) ?? []), { ...tensor, name: `${tensor.name}:0` }]);
	}
	return layers;
}

function resolve(
	id: string,
	knobs: object
): { resolved: ResolvedGraph; weights: ReturnType<typeof randomNetworkWeights> } {
	const resolved = resolveGraph(networkById(id).build(knobs));
	return { resolved, weights: randomNetworkWeights(resolved, 1) };
}

describe('publishedMobilenet', () => {
	const { info, read } = publishedMobilenet(0.25, 128);
	const { resolved, weights } = resolve('mobilenet', info.knobs);
	const { model, shards } = writeTensors(nameWeights(resolved, weights), { shardBytes: 500_000 });
	const path = (name: string) => `/tfjs-models/tfjs/mobilenet_v1_0.25_128/${name}`;
	const publish = () => {
		publisher.publish(path('model.json'), model);
		for (const [name, bytes] of shards) publisher.publish(path(name), bytes);
	};

	it('fetches model.json and its shards, each once', async () => {
		publish();
		for (let i = 0; i < 2; i++) {
			const matched = matchWeights(resolved, await read(fetching));
			expect(matched.problems).toEqual([]);
			for (const [layer, tensors] of Object.entries(weights))
				for (const [name, { data }] of Object.entries(tensors))
					expect(
						Buffer.compare(
							Buffer.from(matched.weights![layer]![name]!.data.buffer),
							Buffer.from(data.buffer)
						),
						`${layer}/${name}`
					).toBe(0);
		}
		expect(publisher.asked).toEqual(['model.json', ...shards.keys()].map((name) => path(name)));
	});

	it('keeps no shard that is too long, and none of a group that is too short', async () => {
		publish();
		const [first] = shards.keys();
		publisher.publish(path(first!), new Uint8Array(3_000_000));
		await expect(read(fetching)).rejects.toThrow(`${first} has 3000000 bytes, expected 1902176`);
		expect(existsSync(join(cache, info.id, first!))).toBe(false);
		publisher.publish(path(first!), new Uint8Array(3));
		await expect(read(fetching)).rejects.toThrow(/bytes, expected 1902176/);
		expect(existsSync(join(cache, info.id))).toBe(false);
	});

	it('keeps no model.json that is none', async () => {
		publisher.publish(path('model.json'), 'Please sign in');
		await expect(read(fetching)).rejects.toThrow('model.json is not JSON');
		expect(readdirSync(join(cache, info.id))).toEqual([]);
	});

	it('says which file a server does not have, and what is published', async () => {
		await expect(read(fetching)).rejects.toThrow('model.json: the server answered 404');
		expect(() => publishedMobilenet(0.3, 128)).toThrow('α is 0.25, 0.5, 0.75 or 1');
		const nowhere = { ...fetching, mirror: 'http://127.0.0.1:9' };
		await expect(read(nowhere)).rejects.toThrow('cannot be reached');
	});
});

describe('Keras files', () => {
	it('xception: names of Keras, shortcuts by their number, and weights without names by their order', async () => {
		const { resolved, weights } = resolve('xception', { width: 0.05, resolution: 71, classes: 10 });
		const named = nameWeights(resolved, weights).map((tensor) => ({
			...tensor,
			name: tensor.name
				.replace(/_dw\/depthwise_kernel$/, '/depthwise_kernel')
				.replace(/_pw\/kernel$/, '/pointwise_kernel')
				.replace(/^block(\d+)_shortcut(_bn)?/, (_, block: string, bn?: string) => {
					const n = [2, 3, 4, 13].indexOf(Number(block)) + 5;
					return bn ? `batch_normalization_${n}` : `conv2d_${n}`;
				})
		}));
		const path = join(root, 'xception.h5');
		writeKeras(path, byLayer(named));
		expect(matchWeights(resolved, nameXception(await readKeras(path)))).toEqual({ weights, problems: [] });

		const old = [...byLayer(named)].map(
			([layer, tensors]) =>
				[
					layer.replace('conv2d_', 'convolution2d_').replace('batch_normalization_', 'batchnormalization_'),
					tensors.map((tensor, i) => ({ ...tensor, name: `${layer}_W${i}:0` }))
				] as const
		);
		writeKeras(path, new Map(old), 'model_weights');
		expect(matchWeights(resolved, nameXception(await readKeras(path)))).toEqual({ weights, problems: [] });
	});

	it.each([
		[1, 0.25],
		[3, 0.25]
	])('shufflenet, g = %i: names of imgclsmob, with a convolution a group', async (groups, scale) => {
		const { resolved, weights } = resolve('shufflenet', { groups, scale, classes: 10 });
		const theirs: Record<string, string> = {
			...{ gconv1: 'compress_conv1', gconv1_bn: 'compress_bn1', dwconv: 'dw_conv2', dwconv_bn: 'dw_bn2' },
			...{ gconv2: 'expand_conv3', gconv2_bn: 'expand_bn3' }
		};
		const named = nameWeights(resolved, weights).flatMap(({ name, shape, data }): NamedTensor[] => {
			const renamed = name
				.replace(/^conv1\//, 'features/init_block/conv/')
				.replace(/^conv1_bn\//, 'features/init_block/bn/')
				.replace(/^fc\//, 'output/')
				.replace(
					/^stage(\d)\/(unit\d)\/(\w+)\//,
					(_, stage: string, unit: string, layer: string) =>
						`features/stage${Number(stage) - 1}/${unit}/${theirs[layer]}/`
				);
			const isGrouped = /conv[13]\/kernel$/.test(renamed) && !/stage1\/unit1\/compress/.test(renamed);
			if (groups === 1 || !isGrouped) return [{ name: renamed, shape, data }];
			const columns = shape[3]! / groups;
			return Array.from({ length: groups }, (_, group) => ({
				name: renamed.replace(/kernel$/, `convgroup${group + 1}/kernel`),
				shape: [1, 1, shape[2]!, columns],
				data: data.filter((_, i) => Math.floor((i % shape[3]!) / columns) === group)
			}));
		});
		const path = join(root, 'shufflenet.h5');
		writeKeras(path, byLayer(named));
		expect(matchWeights(resolved, nameShufflenet(await readKeras(path)))).toEqual({ weights, problems: [] });
	});

	it('keeps no download whose digest is wrong', async () => {
		const xception = publishedXception();
		publisher.publish(new URL(xception.address).pathname, Uint8Array.of(1, 2, 3));
		await expect(xception.read(fetching)).rejects.toThrow(
			'its md5 is 5289df737df57326fcdd22597afb1fac, expected 0a58'
		);

		const shufflenet = publishedShufflenet(3, 1);
		const path = new URL(shufflenet.address).pathname;
		const name = shufflenet.file.replace(/\.zip$/, '');
		publisher.publish(path, zipSync({ [name]: Uint8Array.of(1, 2, 3) }));
		await expect(shufflenet.read(fetching)).rejects.toThrow('expected 0e213e76');
		publisher.publish(path, zipSync({ 'other.h5': Uint8Array.of(1) }));
		await expect(shufflenet.read(fetching)).rejects.toThrow('but other.h5');
		publisher.publish(path, Uint8Array.of(1, 2, 3));
		await expect(shufflenet.read(fetching)).rejects.toThrow('is no zip file');
		expect(readdirSync(cache)).toEqual([]);
		expect(() => publishedShufflenet(5, 1)).toThrow('g 5 at 1× is not published');
	});
});

describe('readDeepCompression', () => {
	const layers = resolveGraph(networkById('squeezenet').build()).nodes.filter(({ op }) => op === 'conv2d');

	/** A file in which each layer has two weights: at 3 with code 7, and at 3 + 16 with code 9. */
	function sparse(): Uint8Array {
		const parts: Uint8Array[] = [new Uint8Array(new Uint32Array(layers.map(() => 2)).buffer)];
		layers.forEach((layer, i) => {
			parts.push(new Uint8Array(Float32Array.from({ length: 256 }, (_, code) => code && code + i).buffer));
			parts.push(new Uint8Array(new Float32Array(layer.outputs[0]!.shape[2]).fill(i).buffer));
			parts.push(Uint8Array.of(7, 9), Uint8Array.of(3 | (15 << 4)));
		});
		return Buffer.concat(parts);
	}

	it('puts each stored weight at its distance from the last, in our order of axes', () => {
		const tensors = readDeepCompression(sparse(), 'file');
		expect(tensors).toHaveLength(2 * layers.length);
		const conv1 = tensors[0]!;
		expect(conv1.shape).toEqual([7, 7, 3, 96]);
		// Values 3 and 19 of [out, in, 7, 7] are at (0, 3) and (2, 5) of the first channel of the first filter.
		const at = (y: number, x: number) => conv1.data[(y * 7 + x) * 3 * 96];
		expect([at(0, 3), at(2, 5)]).toEqual([7, 9]);
		expect(conv1.data.filter((value) => value !== 0)).toHaveLength(2);
		expect(new Set(tensors.at(-1)!.data)).toEqual(new Set([layers.length - 1]));
	});

	it('refuses a file that is too short or too long', () => {
		expect(() => readDeepCompression(sparse().subarray(0, 5000), 'file')).toThrow(
			'file ends after 5000 bytes'
		);
		expect(() => readDeepCompression(Buffer.concat([sparse(), Uint8Array.of(0)]), 'file')).toThrow(
			/file has \d+ bytes/
		);
	});

	it.skipIf(publishedWeights.isAbsent)(
		publishedWeights.needed(
			"the authors' file gives the weights that others decoded from it, fetched from where they have it"
		),
		async () => {
			const folder = join(publishedWeights.path, 'squeezenet_v1.0');
			const { address, info, read } = publishedSqueezenet();
			publisher.publish(new URL(address).pathname, readFileSync(join(folder, 'compressed_SqueezeNet.net')));
			const tensors = await read(fetching);
			expect(info.id).toBe('squeezenet_v1.0');
			const expected = new Map(readFolder(folder).map((tensor) => [tensor.name, tensor]));
			expect(tensors.map(({ name }) => name).sort()).toEqual([...expected.keys()].sort());
			for (const { name, shape, data } of tensors) {
				expect(shape).toEqual(expected.get(name)!.shape);
				expect(
					Buffer.compare(Buffer.from(data.buffer), Buffer.from(expected.get(name)!.data.buffer)),
					name
				).toBe(0);
			}
		}
	);
});

it('a file that is no Keras file is refused', async () => {
	const path = join(root, 'empty.h5');
	new h5wasm.File(path, 'w').close();
	await expect(readKeras(path)).rejects.toThrow('has no layer_names');
	writeFileSync(path, 'text');
	await expect(readKeras(path)).rejects.toThrow('is no HDF5 file');
});
