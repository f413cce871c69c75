import { afterEach, describe, expect, it, vi } from 'vitest';
import { FakeCache } from '../../fakeCaches';
import { fetchTensors } from '../../../src/lib/engine/weights/fetch';
import { listModels, readModel, removeModel } from '../../../src/lib/stored/models';
import { heardOf, onUnkept, sayUnkept, wasUnkept } from '../../../src/lib/stored/unkept';
import { factsOf, TestHost } from './server';

afterEach(() => vi.unstubAllGlobals());

/** Events as pages have them. */
function asPage(): string[] {
	const target = new EventTarget();
	for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent'] as const)
		vi.stubGlobal(name, target[name].bind(target));
	const heard: string[] = [];
	onUnkept((of) => heard.push(of));
	return heard;
}

describe('sayUnkept', () => {
	it('is heard in the page, and remembered', () => {
		const heard = asPage();
		sayUnkept('texts');
		expect(heard).toEqual(['texts']);
		expect(wasUnkept('texts')).toBe(true);
	});

	it('of a worker is heard in its page', () => {
		const heard = asPage();
		vi.stubGlobal('WorkerGlobalScope', class {});
		const worker = new EventTarget() as Worker;
		heardOf(worker);
		vi.stubGlobal('postMessage', (data: unknown) => {
			vi.stubGlobal('WorkerGlobalScope', undefined);
			delete (globalThis as { WorkerGlobalScope?: unknown }).WorkerGlobalScope;
			worker.dispatchEvent(new MessageEvent('message', { data }));
		});
		sayUnkept('files');
		expect(heard).toEqual(['files']);
		// What else a worker sends is its own business.
		for (const data of [null, 'unkept', { id: 1 }])
			worker.dispatchEvent(new MessageEvent('message', { data }));
		expect(heard).toEqual(['files']);
	});
});

it('weights that find no room, or no place, are read all the same, and said not to be kept', async () => {
	const host = new TestHost();
	await host.start();
	try {
		const json = JSON.stringify({
			weightsManifest: [{ paths: ['a.bin'], weights: [{ name: 'w', shape: [2], dtype: 'float32' }] }]
		});
		const shard = '12345678';
		host.answers.set('model.json', [{ body: json }]);
		host.answers.set('a.bin', [{ body: shard }]);
		const files = { 'model.json': await factsOf(json), 'a.bin': await factsOf(shard) };
		for (const cache of [new FakeCache(1).asCache, null]) {
			const heard = asPage();
			const tensors = await fetchTensors(`${host.base}model.json`, files, { cache });
			expect(tensors.map(({ name }) => name)).toEqual(['w']);
			expect(new Set(heard)).toEqual(new Set(['files']));
		}
		const heard = asPage();
		await fetchTensors(`${host.base}model.json`, files, { cache: new FakeCache().asCache });
		expect(heard).toEqual([]);
	} finally {
		host.close();
	}
});

it('a store that opens and then throws is empty', async () => {
	const gone = () => Promise.reject(new DOMException('gone', 'InvalidStateError'));
	const broken = { keys: gone, match: gone, put: gone, delete: gone };
	vi.stubGlobal('caches', { open: () => Promise.resolve(broken) });
	vi.stubGlobal('location', { origin: 'https://site' });
	expect(await listModels()).toEqual([]);
	expect(await readModel('0123456789abcdef')).toBeNull();
	await removeModel('0123456789abcdef');
});
