import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { weightsKey } from '../../../src/lib/engine/weights/cache';
import { fetchTensors, type FilesOfSet } from '../../../src/lib/engine/weights/fetch';
import type { FileFacts } from '../../../src/lib/stored/check';
import { FakeCache } from '../../fakeCaches';
import { factsOf, TestHost } from '../stored/server';

const host = new TestHost();
beforeAll(() => host.start());
afterAll(() => host.close());

const shard = '\0\0\x7a\x44';
const model = JSON.stringify({
	weightsManifest: [{ paths: ['a.bin'], weights: [{ name: 'w', shape: [1], dtype: 'float32' }] }]
});
let files: FilesOfSet & { readonly 'a.bin': FileFacts };
beforeAll(async () => void (files = { 'model.json': await factsOf(model), 'a.bin': await factsOf(shard) }));
beforeEach(() => {
	host.asked.length = 0;
	host.answers.set('model.json', [{ body: model, type: 'application/json' }]);
	host.answers.set('a.bin', [{ body: shard }]);
});

const load = async (cache: FakeCache, onRepair?: (file: string) => void) => {
	const options = { cache: cache.asCache, ...(onRepair && { onRepair }) };
	const [tensor] = await fetchTensors(`${host.base}model.json`, files, options);
	return tensor!.data[0];
};
const keyOf = (name: keyof typeof files & string) => weightsKey(`${host.base}${name}`, files[name]!.sha256);

describe('fetchTensors', () => {
	it('fetches once, and keeps what it has checked', async () => {
		const cache = new FakeCache();
		expect(await load(cache)).toBe(1000);
		expect(await load(cache)).toBe(1000);
		expect(host.asked).toEqual(['model.json', 'a.bin']);
	});

	it('throws away what went bad while it was kept, fetches it again, once, and tells of it', async () => {
		const cache = new FakeCache();
		await load(cache);
		await cache.put(keyOf('a.bin'), new Response('<h1>Sign in</h1>'));
		const told: string[] = [];
		expect(await load(cache, (file) => told.push(file))).toBe(1000);
		expect([told, host.asked]).toEqual([['a.bin'], ['model.json', 'a.bin', 'a.bin']]);
		expect(await load(cache, (file) => told.push(file))).toBe(1000);
		expect(told).toEqual(['a.bin']);
	});

	it('keeps nothing of a sign-in page, and asks for the file at the next try', async () => {
		const cache = new FakeCache();
		const portal = { body: '<h1>Sign in</h1>', type: 'text/html' };
		host.answers.set('a.bin', [portal, portal, { body: shard }]);
		await expect(load(cache)).rejects.toMatchObject({ code: 'altered', params: { file: 'a.bin' } });
		expect([...cache.stored.keys()]).toEqual([keyOf('model.json')]);
		expect(await load(cache)).toBe(1000);
	});

	it('runs without room, and with a store that cannot be read', async () => {
		expect(await load(new FakeCache(0))).toBe(1000);
		const broken = new FakeCache();
		const gone = () => Promise.reject<never>(new DOMException('gone', 'InvalidStateError'));
		broken.match = broken.delete = broken.put = gone;
		expect(await load(broken)).toBe(1000);
	});
});
