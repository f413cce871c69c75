import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { randomNetworkWeights } from '../../../src/lib/engine/program/weights';
import { nameWeights } from '../../../src/lib/formats/match';
import { writeTensors } from '../../../src/lib/formats/tfjs';
import { networkById, resolveGraph } from '../../../src/lib/nets';
import type { Conv2dGeometry } from '../../../src/lib/ops';
import { bring, bringAll, lineOf, summaryOf } from '../../../tools/weights/bring';
import {
	publishedMobilenet,
	publishedShufflenet,
	publishedSqueezenet,
	publishedXception,
	type Fetching,
	type Published
} from '../../../tools/weights/public';
import { runTool } from './command';
import { startPublisher, type Publisher, type Publishing } from './publisher';

/** A folder that has of a checkout what the tool looks for where it is run. */
const root = mkdtempSync(join(tmpdir(), 'lightnets-bring-'));
const target = join(root, 'static/weights');
const cache = join(root, 'node_modules/.cache/weights');
const mobilenet = publishedMobilenet(0.25, 128);
const squeezenet = publishedSqueezenet();
const shufflenet = publishedShufflenet(3, 1);
const xception = publishedXception();
const all = [squeezenet, mobilenet, shufflenet, xception];
let publisher: Publisher;
let fetching: Fetching;

beforeAll(async () => {
	publisher = await startPublisher();
	fetching = { cache, mirror: publisher.address, progress: () => {} };
});
afterAll(() => {
	publisher.close();
	rmSync(root, { recursive: true });
});
beforeEach(() => {
	for (const folder of [target, cache]) rmSync(folder, { recursive: true, force: true });
	mkdirSync(target, { recursive: true });
	publisher.forget();
});

const pathOf = (address: string): string => new URL(address).pathname;
const signIn = ['<title>Sign in</title>', { headers: { 'Content-Type': 'text/html' } }] as const;

const small = resolveGraph(networkById('mobilenet').build(mobilenet.info.knobs));
const { model, shards } = writeTensors(nameWeights(small, randomNetworkWeights(small, 1)));
const [shard] = shards.keys();
const shardPath = pathOf(mobilenet.address).replace('model.json', shard!);

function publishMobilenet(publishing: Publishing = {}): void {
	publisher.publish(pathOf(mobilenet.address), model);
	publisher.publish(shardPath, shards.get(shard!)!, publishing);
	publisher.publish(pathOf(mobilenet.licenceAddress), 'Apache License');
}

function publishSqueezenet(): void {
	publisher.publish(pathOf(squeezenet.address), deepCompression(675_763));
	publisher.publish(pathOf(squeezenet.licenceAddress), 'BSD license');
}

/** A file of Deep Compression's form and of that size, with as many stored weights as fill it, all beside each other. */
function deepCompression(bytes: number): Buffer {
	const layers = resolveGraph(networkById('squeezenet').build()).nodes.filter(({ op }) => op === 'conv2d');
	const geometries = layers.map(({ geometry }) => geometry as Conv2dGeometry);
	let left = bytes - geometries.reduce((sum, { outChannels }) => sum + 4 + 1024 + 4 * outChannels, 0);
	// A stored weight is a byte and half of one more, rounded up: an odd number of them in up to two layers makes any size.
	let odd = [0, 2, 1][left % 3]!;
	const counts = geometries.map(({ inChannels, outChannels, kernelSize: [h, w] }) => {
		const one = odd > 0 ? 1 : 0;
		odd -= one;
		const most = h * w * inChannels * outChannels;
		const count = Math.min(most - (most % 2), 2 * Math.floor((left - 2 * one) / 3)) - one;
		left -= count + Math.ceil(count / 2);
		return Math.max(count, 0);
	});
	expect(left).toBe(0);
	return Buffer.concat([
		Buffer.from(new Uint32Array(counts).buffer),
		...geometries.flatMap(({ outChannels }, i) => [
			Buffer.from(Float32Array.from({ length: 256 }, (_, code) => code / 256).buffer),
			Buffer.alloc(4 * outChannels),
			Buffer.alloc(counts[i]!, 7),
			Buffer.alloc(Math.ceil(counts[i]! / 2))
		])
	]);
}

/** One source that breaks off halfway once, one that fails, one that sends a page, and one that is well. */
function publishAmiss(): void {
	publishSqueezenet();
	publishMobilenet({ breaks: [900_000] });
	publisher.publish(pathOf(mobilenet.licenceAddress), ...signIn);
	publisher.publish(pathOf(shufflenet.address), ...signIn);
	publisher.publish(pathOf(xception.address), 'Service unavailable', { status: 503 });
}

const stored = (published: Published) => readdirSync(join(target, published.info.id)).sort();

describe('bringAll', () => {
	it('goes on where one source fails, ends what breaks off, and says what is there and what is not', async () => {
		publishAmiss();
		const said: string[] = [];
		const outcomes = await bringAll(all, target, 'float32', fetching, (line) => said.push(line));
		expect(said).toEqual([
			'SqueezeNet v1.0: 5.0 MB, S. Han et al., SqueezeNet-Deep-Compression (BSD-2-Clause)',
			'MobileNet v1, α 0.25, 128 px: 1.9 MB, Google, TensorFlow.js models (Apache-2.0)',
			expect.stringContaining('ShuffleNet v1, g = 3, 1×: not there: '),
			expect.stringMatching(/^Xception: not there: .*\.h5: the server answered 503$/)
		]);
		expect(said[2]).toContain('a web page came in the place of the file');
		expect(readdirSync(target).sort()).toEqual([mobilenet.info.id, squeezenet.info.id].sort());
		expect(stored(squeezenet)).toContain('LICENSE');
		expect(stored(mobilenet)).not.toContain('LICENSE');
		expect(publisher.asked).toContainEqual(expect.stringMatching(`^${shardPath} bytes=[1-9]`));
		// Nothing of the two that did not come.
		const kept = readdirSync(cache).sort();
		expect(kept).toEqual([squeezenet.file, `${squeezenet.info.id}.licence.txt`, mobilenet.info.id].sort());

		const summary = summaryOf(outcomes, { cache: 'CACHE', mirror: undefined });
		expect(summary).toMatch(/^2 of 4 sets are there, 6\.9 MB in all\./);
		expect(summary).toContain('Not there: ShuffleNet v1, g = 3, 1×; Xception.');
		expect(summary).toContain(`${xception.address} as CACHE/${xception.file}`);
		expect(summary).toContain('--mirror URL');
		expect(summaryOf(outcomes, fetching)).not.toContain('--mirror');
		expect(summary).toMatch(/lay the text of their licence .*\n- mobilenet_v1_0\.25_128 \(Apache-2\.0\): /);
	});

	it('fetches nothing again of what is there and good', async () => {
		publishAmiss();
		await bringAll(all, target, 'float32', fetching, () => {});
		publisher.asked.length = 0;
		publisher.publish(pathOf(mobilenet.licenceAddress), 'Apache License');
		const [first, second] = await bringAll(all, target, 'float32', fetching, () => {});
		expect(publisher.asked).toEqual(
			[mobilenet.licenceAddress, shufflenet.address, xception.address].map(pathOf)
		);
		expect(first!.result).toMatchObject({ wasThere: true, licenceMissing: null });
		expect(second!.result).toMatchObject({ wasThere: true, licenceMissing: null });
		expect(stored(mobilenet)).toContain('LICENSE');
		const both = [first!, second!];
		expect(summaryOf(both, fetching)).toBe(
			'2 of 2 sets are there, 6.9 MB in all.\nThe next build offers them in the playground.'
		);
	});
});

describe('bring', () => {
	it('leaves to the next command what breaks off for good, which goes on there', async () => {
		publishMobilenet({ breaks: [900_000, 0] });
		await expect(bring(mobilenet, target, 'float32', fetching)).rejects.toThrow('broke off after');
		expect(readdirSync(target)).toEqual([]);
		publisher.asked.length = 0;
		const { set, wasThere } = await bring(mobilenet, target, 'float32', fetching);
		expect(publisher.asked).toEqual([
			expect.stringMatching(`^${shardPath} bytes=[1-9]`),
			pathOf(mobilenet.licenceAddress)
		]);
		expect(wasThere).toBe(false);
		expect(lineOf({ set, wasThere: true, licenceMissing: null })).toMatch(/, there already$/);
	});

	it.each<[string, (folder: string) => void, ('float32' | 'float16')?]>([
		['a file of it was changed', (folder: string) => flip(join(folder, 'group1-shard1of1.bin'))],
		['a file of it is not there', (folder: string) => rmSync(join(folder, 'group1-shard1of1.bin'))],
		['it is not described', (folder: string) => writeFileSync(join(folder, 'set.json'), '{')],
		['it is stored otherwise', () => {}, 'float16']
	])('stores anew a set that is there and not good: %s', async (_, spoil, storage = 'float32') => {
		publishMobilenet();
		const before = await bring(mobilenet, target, 'float32', fetching);
		const folder = join(target, mobilenet.info.id);
		spoil(folder);
		publisher.asked.length = 0;
		const after = await bring(mobilenet, target, storage, fetching);
		expect(after.wasThere).toBe(false);
		expect(after.set.storage).toBe(storage);
		if (storage === 'float32') expect(after.set).toEqual(before.set);
		// The download was kept, and is good.
		expect(publisher.asked).toEqual([]);
		expect((await bring(mobilenet, target, storage, fetching)).wasThere).toBe(true);
	});

	it('keeps no download that is not the network’s weights', async () => {
		publishMobilenet();
		publisher.publish(pathOf(mobilenet.address), model.replaceAll('conv_pw_3/', 'conv_pw_99/'));
		await expect(bring(mobilenet, target, 'float32', fetching)).rejects.toThrow(
			'conv_pw_3: kernel is missing'
		);
		expect(existsSync(join(cache, mobilenet.info.id))).toBe(false);
		expect(readdirSync(target)).toEqual([]);
	});
});

function flip(file: string): void {
	const bytes = readFileSync(file);
	bytes[5]! ^= 1;
	writeFileSync(file, bytes);
}

it('npm run weights -- all says by its exit code whether all is there', async () => {
	publishSqueezenet();
	const words = ['all', '--alpha', '0.25', '--size', '128', '--mirror', publisher.address];
	const { code, out, err } = await runTool('weights.ts', words, { cwd: root });
	expect(err).toBe('');
	expect(out).toContain('1 of 4 sets are there');
	expect(code).toBe(1);
	expect(stored(squeezenet)).toContain('set.json');
});
