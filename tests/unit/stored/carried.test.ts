import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { putDown, takeUp } from '$lib/stored/carried';
import { stubStorage } from '../storage';

/** A browser's store of files, with one cache in it. */
function stubCaches() {
	const files = new Map<string, Response>();
	const cache = {
		put: async (url: string, response: Response) => void files.set(url, response),
		match: async (url: string) => files.get(url),
		keys: async () => [...files.keys()].map((url) => ({ url })),
		delete: async ({ url }: { readonly url: string }) => files.delete(url)
	};
	vi.stubGlobal('caches', { open: async () => cache });
	vi.stubGlobal('location', { origin: 'https://site.test' });
	return files;
}

beforeEach(() => void stubStorage('sessionStorage'));
afterEach(() => void vi.unstubAllGlobals());

const group = (text: string, about: unknown) => ({ files: [new File([text], `${text}.onnx`)], about });

it('takes files up as they were put down, once, and leaves nothing behind', async () => {
	const kept = stubCaches();
	await putDown([group('one', { as: 'own' }), group('two', { as: 1 })]);
	const found = await takeUp();
	expect(found.map(({ about, files }) => [about, files.map(({ name }) => name)])).toEqual([
		[{ as: 'own' }, ['one.onnx']],
		[{ as: 1 }, ['two.onnx']]
	]);
	expect(await found[0]!.files[0]!.text()).toBe('one');
	expect(kept.size).toBe(0);
	expect(await takeUp()).toEqual([]);
});

it('takes nothing up where a file is gone, or the browser keeps none', async () => {
	const kept = stubCaches();
	await putDown([group('one', null)]);
	kept.clear();
	expect(await takeUp()).toEqual([]);
	vi.stubGlobal('caches', { open: () => Promise.reject(new Error('refused')) });
	await putDown([group('one', null)]);
	expect(await takeUp()).toEqual([]);
});
