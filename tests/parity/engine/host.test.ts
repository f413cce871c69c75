import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineHost, type Reply, type WeightsSource } from '../../../src/lib/engine/host';
import { IntegerNetworkProgram } from '../../../src/lib/engine/int8/integerNetwork';
import { preprocessings } from '../../../src/lib/engine/picture';
import { randomNetworkWeights } from '../../../src/lib/engine/program/weights';
import {
	listStoredWeights,
	openWeightsCache,
	removeStoredWeights,
	weightsKey
} from '../../../src/lib/engine/weights/cache';
import type { FilesOfSet, Progress } from '../../../src/lib/engine/weights/fetch';
import { nameWeights } from '../../../src/lib/formats/match';
import { writeTensors } from '../../../src/lib/formats/tfjs';
import { GraphBuilder, networkById, resolveGraph } from '../../../src/lib/nets';
import { paceOf } from '../../../src/lib/nets/times/spread';
import { FakeCaches } from '../../fakeCaches';
import { memory } from './graphs';

const graph = networkById('mobilenet').build({ alpha: 0.25, resolution: 64, classes: 5 });
const resolved = resolveGraph(graph);
const named = nameWeights(resolved, randomNetworkWeights(resolved, 1));
const random: WeightsSource = { kind: 'random', seed: 1 };
const grey = {
	kind: 'picture',
	picture: {
		width: 90,
		height: 70,
		data: Uint8Array.from({ length: 90 * 70 * 4 }, (_, i) => (i % 4 < 3 ? 99 : 255))
	},
	preprocessing: preprocessings.symmetric
} as const;
const nothing = () => {};

/** The value of a reply that must be one. */
function valueOf<T>(reply: Reply<T>): T {
	if (!reply.ok) throw new Error(`${reply.failure.code}: ${reply.failure.message}`);
	return reply.value;
}

/** The failure of a reply that must be one. */
function failureOf(reply: Reply<unknown>) {
	if (reply.ok) throw new Error('nothing failed');
	return reply.failure;
}

describe('EngineHost', () => {
	const host = new EngineHost();
	let job = 0;
	const load = (source: WeightsSource, progress: (progress: Progress) => void = nothing) =>
		host.load(++job, graph, source, progress);

	it('starts on WASM with our kernels', async () => {
		const { backend, measured } = valueOf(await host.start(++job, 'wasm'));
		expect(backend.name).toBe('wasm');
		expect(backend.kernels).not.toBeNull();
		expect(measured).toEqual([]);
	});

	it('has a network run on integers where that is faster, and on float32 again', async () => {
		const { id } = valueOf(await load(random));
		const watch = ['input', 'conv_dw_1', 'conv_dw_1_relu'];
		const before = valueOf(await host.run(++job, id, grey, watch));
		expect(before.isInteger).toBe(false);
		const pictures = [before.watched['input']!.data];
		const reply = valueOf(await host.useIntegers(++job, id, { kind: 'inputs', inputs: pictures }));
		if (!reply?.isComputed) throw new Error('it is computed');
		expect(reply.pace).toBe(paceOf(reply.times.integers, reply.times.float32));
		expect(reply.isTaken).toBe(reply.pace !== 'slower');
		expect([reply.times.integers.count, reply.times.float32.count]).toEqual([8, 8]);
		expect(reply.bytes).toBeGreaterThan(0);
		const after = valueOf(await host.run(++job, id, grey, watch));
		expect(after.isInteger).toBe(reply.isTaken);
		for (const ref of watch) expect(after.watched[ref]!.shape).toEqual(before.watched[ref]!.shape);
		const { units, runs } = valueOf(await host.benchmark(++job, id, 2, nothing));
		expect(runs.length).toBe(2);
		expect(units.flatMap(({ nodes }) => nodes)).toContain('conv_dw_1');
		expect(valueOf(await host.useIntegers(++job, id, null))).toBeNull();
		expect(valueOf(await host.run(++job, id, grey, [])).isInteger).toBe(false);
		valueOf(await host.unload(++job, id));
	});

	it('has a network run on the integers of its file, whatever takes longer', async () => {
		const net = new GraphBuilder('filed', [4, 4, 3]);
		const graph = net.build(net.conv2d('conv', net.input, { kernelSize: 1, outChannels: 2, bias: false }));
		const values = Int8Array.of(1, -2, 3, -4, 5, -128);
		const kernel = {
			...{ shape: [1, 1, 3, 2], data: Float32Array.from(values, (value) => value / 2) },
			quantized: { values, scales: [0.5], zeroPoints: [0], axis: null }
		};
		const weights = { conv: { kernel } };
		const { id } = valueOf(await host.load(++job, graph, { kind: 'opened', weights }, nothing));
		const integers = { input: { scale: 2, zeroPoint: 100, most: 255 } };
		const reply = valueOf(await host.useIntegers(++job, id, { kind: 'file', integers }));
		expect(reply).toMatchObject({ isComputed: true, isTaken: true, isOfFile: true, hasSoftmax: false });
		const input = new Float32Array(48).fill(7);
		const { output, isInteger } = valueOf(await host.run(++job, id, { kind: 'values', values: [input] }, []));
		expect(isInteger).toBe(true);
		// 7 is 3.5 steps, rounded to 4; sums are 4 · 9 and 4 · −134, each of half a unit times two.
		expect([...output.data.subarray(0, 2)]).toEqual([36, -536]);
		const other = valueOf(await host.useIntegers(++job, id, { kind: 'file', integers: {} }));
		expect(other).toEqual({ isComputed: false, node: 'input', op: 'input', hindrance: 'tensor' });
		valueOf(await host.unload(++job, id));
	});

	it('lets go of a network on integers that fails while it is timed', async () => {
		const { id } = valueOf(await load(random));
		const picture = valueOf(await host.run(++job, id, grey, ['input'])).watched['input']!.data;
		const dispose = vi.spyOn(IntegerNetworkProgram.prototype, 'dispose');
		const run = vi.spyOn(IntegerNetworkProgram.prototype, 'run').mockImplementationOnce(() => {
			throw new RangeError('it broke down');
		});
		const reply = await host.useIntegers(++job, id, { kind: 'inputs', inputs: [picture] });
		expect(reply.ok).toBe(false);
		expect(dispose).toHaveBeenCalledTimes(1);
		run.mockRestore();
		dispose.mockRestore();
		expect(valueOf(await host.run(++job, id, grey, [])).isInteger).toBe(false);
		valueOf(await host.unload(++job, id));
	});

	it('a part of the engine that does not come is said to be unfetched, and asked for again', async () => {
		const { id } = valueOf(await load(random));
		const picture = valueOf(await host.run(++job, id, grey, ['input'])).watched['input']!.data;
		const source = { kind: 'inputs', inputs: [picture] } as const;
		const create = vi.spyOn(IntegerNetworkProgram, 'create').mockImplementationOnce(async () => {
			throw new TypeError('Failed to fetch dynamically imported module: https://example.org/plain.js');
		});
		const reply = await host.useIntegers(++job, id, source);
		expect(reply).toMatchObject({ ok: false, failure: { code: 'unfetched' } });
		create.mockRestore();
		const first = valueOf(await host.useIntegers(++job, id, source));
		if (!first?.isComputed) throw new Error('it is computed');
		// Asked again, it does not contradict itself.
		expect(valueOf(await host.useIntegers(++job, id, source))).toEqual(first);
		valueOf(await host.unload(++job, id));
	});

	it('says which node integers do not compute', async () => {
		const net = new GraphBuilder('gated', [4, 4, 3]);
		const gated = net.build(net.op('sigmoid', 'gate', net.input, {}));
		const { id } = valueOf(await host.load(++job, gated, random, nothing));
		const reply = valueOf(
			await host.useIntegers(++job, id, { kind: 'ranges', ranges: {}, calibration: 'max' })
		);
		expect(reply).toEqual({ isComputed: false, node: 'gate', op: 'sigmoid', hindrance: 'operator' });
	});

	it('runs a network on a picture, watches, and frees it', async () => {
		const before = memory();
		const { id, units } = valueOf(await load(random));
		expect(units[0]).toEqual(['conv1', 'conv1_bn', 'conv1_relu']);
		const reply = valueOf(await host.run(++job, id, grey, ['input', 'conv_dw_1']));
		expect(reply.backend).toBe('wasm');
		expect(reply.output.shape).toEqual([1, 1, 5]);
		expect(reply.output.data.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
		expect(new Set(reply.watched['input']!.data)).toEqual(new Set([Math.fround(99 / 127.5 - 1)]));
		expect(reply.watched['conv_dw_1']!.shape).toEqual([32, 32, 8]);
		expect(valueOf(await host.weight(++job, id, 'conv_dw_1', 'kernel')).shape).toEqual([3, 3, 1, 8]);
		valueOf(await host.unload(++job, id));
		expect(memory()).toEqual(before);
		expect(failureOf(await host.run(++job, id, grey, [])).code).toBe('unloaded');
	});

	it('gives no answer that is no number, and names the layer in which the first arose', async () => {
		const before = memory();
		const huge = named.map((tensor) =>
			tensor.name === 'conv_preds/kernel' ? { ...tensor, data: tensor.data.map(() => 3e38) } : tensor
		);
		const { id } = valueOf(await load({ kind: 'tensors', tensors: huge }));
		const failure = failureOf(await host.run(++job, id, grey, []));
		expect(failure).toMatchObject({ code: 'notFinite', params: { node: 'conv_preds' } });
		valueOf(await host.unload(++job, id));
		expect(memory()).toEqual(before);
	});

	it('the same weights come from tensors, from files, and from random numbers', async () => {
		const { model, shards } = writeTensors(named, { shardBytes: 100_000 });
		const files = [
			new File([model], 'model.json'),
			...Array.from(shards, ([name, bytes]) => new File([bytes as Uint8Array<ArrayBuffer>], name))
		];
		const outputs = [];
		for (const source of [random, { kind: 'tensors', tensors: named }, { kind: 'files', files }] as const) {
			const { id } = valueOf(await load(source));
			outputs.push([...valueOf(await host.run(++job, id, grey, [])).output.data]);
			valueOf(await host.unload(++job, id));
		}
		expect(outputs[1]).toEqual(outputs[0]);
		expect(outputs[2]).toEqual(outputs[0]);
	});

	it('says what is wrong, and goes on', async () => {
		const tensors = named.map((tensor) =>
			tensor.name === 'conv_pw_3/kernel' ? { ...tensor, shape: [1, 1, 64, 32] } : tensor
		);
		const problems = failureOf(await load({ kind: 'tensors', tensors }));
		expect(problems.code).toBe('problems');
		expect(problems.message).toBe('conv_pw_3: kernel is 1×1×64×32, expected 1×1×32×32');
		expect(failureOf(await load({ kind: 'files', files: [new File([''], 'cat.png')] }))).toMatchObject({
			code: 'weights',
			params: { code: 'unknownFiles', files: 'cat.png' }
		});
		expect(failureOf(await host.load(++job, { ...graph, output: 'softmaxx' }, random, nothing)).code).toBe(
			'graph'
		);
		const { id } = valueOf(await load(random));
		expect(failureOf(await host.run(++job, id, { kind: 'values', values: [] }, [])).code).toBe('input');
		valueOf(await host.run(++job, id, grey, []));
		valueOf(await host.unload(++job, id));
	});

	it('a job is cancelled while it waits, and while it runs', async () => {
		const { id } = valueOf(await load(random));
		const running = host.benchmark(++job, id, 1000, () => host.cancel(job));
		const first = failureOf(await running);
		expect(first.code).toBe('cancelled');
		const before = memory();
		const one = host.run(++job, id, grey, []);
		const two = host.run(++job, id, grey, []);
		host.cancel(job);
		valueOf(await one);
		expect(failureOf(await two).code).toBe('cancelled');
		expect(memory()).toEqual(before);
		valueOf(await host.unload(++job, id));
	});

	it('benchmark gives whole runs and units, with progress', async () => {
		const { id } = valueOf(await load(random));
		const progress: Progress[] = [];
		const { runs, units, backend } = valueOf(await host.benchmark(++job, id, 3, (of) => progress.push(of)));
		expect(runs).toHaveLength(3);
		expect(units.map(({ nodes }) => nodes[0])).toContain('conv_pw_13');
		expect(backend.name).toBe('wasm');
		expect(progress.at(-1)).toEqual({ loaded: 8, total: 8 });
		valueOf(await host.unload(++job, id));
	});

	it('a backend that is not there is replaced by WASM, with a notice, and networks move', async () => {
		const { id } = valueOf(await load(random));
		const expected = valueOf(await host.run(++job, id, grey, [])).output.data;
		const warn = vi.spyOn(console, 'warn').mockImplementation(nothing);
		const error = vi.spyOn(console, 'error').mockImplementation(nothing);
		const { backend, notices } = valueOf(await host.start(++job, 'webgl'));
		warn.mockRestore();
		error.mockRestore();
		expect(backend.name).toBe('wasm');
		expect(notices).toMatchObject([{ code: 'unavailable', params: { backend: 'webgl' } }]);
		expect(valueOf(await host.run(++job, id, grey, [])).output.data).toEqual(expected);
		valueOf(await host.unload(++job, id));
		expect(tf.getBackend()).toBe('wasm');
	});

	describe('weights that the site serves', () => {
		const { model, shards } = writeTensors(named, { shardBytes: 100_000 });
		const files = new Map<string, string | Uint8Array>([['model.json', model], ...shards]);
		const facts: FilesOfSet = Object.fromEntries(
			[...files].map(([name, content]) => [
				name,
				{
					bytes: Buffer.byteLength(content),
					sha256: createHash('sha256').update(content).digest('hex')
				}
			])
		);
		const asked: string[] = [];
		let server: Server;
		let source: WeightsSource;

		beforeAll(async () => {
			server = createServer((request, response) => {
				asked.push(request.url!);
				const file = files.get(request.url!.replace(/^\/weights\/tiny\//, '').replace(/\?.*/, ''));
				if (file === undefined) response.writeHead(404);
				response.end(file);
			});
			await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
			const { port } = server.address() as AddressInfo;
			source = { kind: 'site', model: `http://127.0.0.1:${port}/weights/tiny/model.json`, files: facts };
		});
		beforeEach(() => void (asked.length = 0));
		afterAll(() => void server.close());
		afterEach(() => void vi.unstubAllGlobals());

		it('are fetched once, with progress, kept, listed and removed', async () => {
			vi.stubGlobal('caches', new FakeCaches());
			const progress: Progress[] = [];
			for (let i = 0; i < 2; i++) {
				const { id } = valueOf(await load(source, (of) => progress.push(of)));
				valueOf(await host.unload(++job, id));
			}
			expect(asked.sort()).toEqual(
				[...files.keys()].map((file) => weightsKey(`/weights/tiny/${file}`, facts[file]!.sha256)).sort()
			);
			const bytes = [...shards.values()].reduce((sum, { length }) => sum + length, 0);
			expect(progress.at(-1)).toEqual({ loaded: bytes, total: bytes });
			expect(await listStoredWeights()).toEqual([{ id: 'tiny', bytes: bytes + model.length }]);
			await removeStoredWeights('other');
			expect(await listStoredWeights()).toHaveLength(1);
			await removeStoredWeights('tiny');
			expect(await listStoredWeights()).toEqual([]);
		});

		it('that went bad while they were kept are fetched again, once, and it is said', async () => {
			vi.stubGlobal('caches', new FakeCaches());
			valueOf(await host.unload(++job, valueOf(await load(source)).id));
			const cache = (await openWeightsCache())!;
			for (const request of await cache.keys()) {
				const bad = request.url.includes('model.json') ? '<p>Sign in</p>' : null;
				if (bad !== null) await cache.put(request, new Response(bad));
			}
			asked.length = 0;
			const { id, repaired } = valueOf(await load(source));
			expect(repaired).toEqual(['model.json']);
			expect(asked).toHaveLength(1);
			valueOf(await host.unload(++job, id));
			const again = valueOf(await load(source));
			expect(again.repaired).toEqual([]);
			expect(asked).toHaveLength(1);
			valueOf(await host.unload(++job, again.id));
		});

		it('are not kept where a sign-in page, half a file or altered bytes came, and are asked for again', async () => {
			vi.stubGlobal('caches', new FakeCaches());
			const shard = [...shards.keys()][0]!;
			const good = files.get(shard)! as Uint8Array;
			const altered = good.slice();
			altered[100]! ^= 1;
			for (const bad of ['<!doctype html><p>Sign in</p>', good.subarray(0, 1000), altered]) {
				files.set(shard, bad);
				expect(failureOf(await load(source))).toMatchObject({
					code: 'weights',
					params: { code: 'altered', file: shard }
				});
				expect(asked.filter((path) => path.includes(shard))).toHaveLength(2);
				asked.length = 0;
			}
			files.set(shard, good);
			const { id, repaired } = valueOf(await load(source));
			expect(repaired).toEqual([]);
			valueOf(await host.unload(++job, id));
		});

		it('fail with the answer of the site', async () => {
			const shard = [...shards.keys()][1]!;
			files.delete(shard);
			expect(failureOf(await load(source))).toMatchObject({
				code: 'weights',
				params: { code: 'fetch', file: shard, status: 404 }
			});
			server.close();
			server.closeAllConnections();
			expect(failureOf(await load(source)).params).toMatchObject({ code: 'fetch', status: 0 });
		});
	});
});
