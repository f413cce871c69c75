import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { carryAll, isPutDown, keepDown, putDown, removeLeft, renew, takeUp } from '$lib/stored/carried';
import { addCarrier, hasCarried } from '$lib/stored/carriers';
import { stubCaches } from '../caches';
import { stubStorage } from '../storage';

beforeEach(() => void stubStorage('sessionStorage'));
afterEach(() => void vi.unstubAllGlobals());

const group = (text: string, about: unknown) => ({ files: [new File([text], `${text}.onnx`)], about });

it('takes files up as they were put down, once, and leaves nothing behind', async () => {
	const kept = stubCaches();
	await putDown('networks', [group('one', { as: 'own' }), group('two', { as: 1 })]);
	const found = await takeUp('networks');
	expect(found.map(({ about, files }) => [about, files.map(({ name }) => name)])).toEqual([
		[{ as: 'own' }, ['one.onnx']],
		[{ as: 1 }, ['two.onnx']]
	]);
	expect(await found[0]!.files[0]!.text()).toBe('one');
	expect(kept.size).toBe(0);
	expect(sessionStorage.getItem('carried')).toBeNull();
	expect(await takeUp('networks')).toEqual([]);
});

it.each([
	'7',
	'"text"',
	'[1]',
	'null',
	'{',
	'{"networks":7}',
	'{"networks":null}',
	'{"networks":{"groups":7}}',
	'{"networks":{"groups":[null]}}',
	'{"networks":{"groups":[{"names":[7],"places":["1-a/0"]}]}}',
	'{"networks":{"groups":[{"names":"net","places":["1-a/0"]}]}}',
	'{"networks":{"groups":[{"names":["net"]}]}}',
	'{"networks":{"groups":[{"names":["net"],"places":["../x"]}]}}',
	'{"networks":{"groups":[{"names":["net"],"places":["1-a/0","1-a/1"]}]}}'
])('takes a text that nothing of this was put down by for none: %s', async (text) => {
	stubCaches();
	sessionStorage.setItem('carried', text);
	expect(isPutDown('networks')).toBe(false);
	expect(await takeUp('networks')).toEqual([]);
	await renew('networks', [group('one', null)]);
	await removeLeft();
	// And puts down as ever.
	expect(await putDown('networks', [group('two', null)])).toBe(true);
	expect((await takeUp('networks')).map(({ files }) => files[0]!.name)).toEqual(['two.onnx']);
});

it('leaves what stays for the way back, and has it be what is held since', async () => {
	const kept = stubCaches();
	await renew('networks', [group('none', null)]);
	expect([kept.size, isPutDown('networks')]).toEqual([0, false]);
	await putDown('networks', [group('one', null)]);
	for (let visit = 0; visit < 2; visit++)
		expect((await takeUp('networks', { stays: true })).map(({ files }) => files[0]!.name)).toEqual([
			'one.onnx'
		]);
	await renew('networks', [group('two', null)]);
	expect((await takeUp('networks', { stays: true })).map(({ files }) => files[0]!.name)).toEqual([
		'two.onnx'
	]);
	await renew('networks', []);
	expect([kept.size, isPutDown('networks')]).toEqual([0, false]);
});

it('takes nothing up where a file is gone, or the browser keeps none', async () => {
	const kept = stubCaches();
	await putDown('networks', [group('one', null)]);
	kept.clear();
	expect(await takeUp('networks')).toEqual([]);
	vi.stubGlobal('caches', { open: () => Promise.reject(new Error('refused')) });
	await putDown('networks', [group('one', null)]);
	expect(await takeUp('networks')).toEqual([]);
});

it('keeps kinds apart: each is taken up by who asks for it, and put down again by itself', async () => {
	const kept = stubCaches();
	await putDown('networks', [group('net', { as: 'own' })]);
	await putDown('classes', [group('cup', { seed: 1 })]);
	await putDown('classes', [group('mug', { seed: 2 })]);
	expect(kept.size).toBe(2);
	expect((await takeUp('networks')).map(({ about }) => about)).toEqual([{ as: 'own' }]);
	const [classes] = await takeUp('classes');
	expect([classes!.about, await classes!.files[0]!.text()]).toEqual([{ seed: 2 }, 'mug']);
	expect(kept.size).toBe(0);
});

it('has what was put down be there until what takes its place is whole, and where that has no room', async () => {
	const kept = stubCaches();
	await putDown('classes', [group('cup', null)]);
	const names = async () => (await takeUp('classes', { stays: true })).map(({ files }) => files[0]!.name);
	const cache = await caches.open('');
	const keep = cache.put.bind(cache);
	const put = vi.spyOn(cache, 'put');
	put.mockImplementationOnce(async (...given) => {
		expect(await names()).toEqual(['cup.onnx']);
		await keep(...given);
	});
	expect(await putDown('classes', [group('mug', null)])).toBe(true);
	expect([await names(), kept.size]).toEqual([['mug.onnx'], 1]);
	put.mockRejectedValueOnce(new Error('full'));
	expect(await putDown('classes', [group('pen', null)])).toBe(false);
	expect([await names(), kept.size]).toEqual([['mug.onnx'], 1]);
});

it('writes no file again that is there, and removes those that are held no more', async () => {
	const kept = stubCaches();
	const put = vi.spyOn(await caches.open(''), 'put');
	const [cup, mug, pen] = ['cup', 'mug', 'pen'].map((text) => new Blob([text])) as [Blob, Blob, Blob];
	await keepDown('classes', [{ files: [cup, mug, cup], about: 1 }]);
	expect(put).toHaveBeenCalledTimes(2);
	await keepDown('classes', [{ files: [mug, pen], about: 2 }]);
	expect([put.mock.calls.length, kept.size]).toEqual([3, 2]);
	const [found] = await takeUp('classes', { stays: true });
	expect(await Promise.all(found!.files.map((file) => file.text()))).toEqual(['mug', 'pen']);
	// What was taken up is there already.
	await keepDown('classes', [{ files: [...found!.files, cup], about: 3 }]);
	expect([put.mock.calls.length, kept.size]).toEqual([4, 3]);
	await keepDown('classes', []);
	expect([kept.size, isPutDown('classes')]).toEqual([0, false]);
});

it('says whether all of it outlives the page, and writes again what the reader had removed', async () => {
	const kept = stubCaches();
	const { storage } = stubStorage('sessionStorage');
	const [cup, mug] = [new Blob(['cup']), new Blob(['mug'])];
	expect(await keepDown('classes', [{ files: [cup], about: 1 }])).toBe(true);
	storage.isFull = true;
	expect(await keepDown('classes', [{ files: [cup, mug], about: 2 }])).toBe(false);
	expect(kept.size).toBe(1);
	storage.isFull = false;
	kept.clear();
	expect(await keepDown('classes', [{ files: [cup, mug], about: 3 }])).toBe(true);
	expect([kept.size, (await takeUp('classes'))[0]?.about]).toEqual([2, 3]);
	expect(await keepDown('classes', [])).toBe(true);
});

it('removes what a closed tab has left on the way, and nothing that this tab still waits for', async () => {
	const kept = stubCaches();
	vi.useFakeTimers({ now: 1e12 });
	await putDown('networks', [group('mine', null)]);
	const cache = await caches.open('');
	await cache.put('https://site.test/carried/999999999999-left/0', new Response('left'));
	vi.setSystemTime(1e12 + 90_000_000);
	await removeLeft();
	vi.useRealTimers();
	expect([...kept.keys()].some((url) => url.includes('left'))).toBe(false);
	expect(await takeUp('networks')).toHaveLength(1);
});

it('asks all who have something, tells those whose things are on their way, and no other', async () => {
	stubCaches();
	const given: string[] = [];
	let isFull = false;
	const carrier = (kind: 'networks' | 'classes', has: boolean) =>
		addCarrier({
			...{ kind, hasAny: () => has, given: () => given.push(kind) },
			give: () => (isFull ? Promise.reject(new Error('no room')) : Promise.resolve([group(kind, kind)]))
		});
	carrier('networks', false);
	carrier('classes', false);
	expect(hasCarried()).toBe(false);
	carrier('classes', true);
	expect(hasCarried()).toBe(true);
	await carryAll();
	expect(given).toEqual(['classes']);
	expect(await takeUp('networks')).toEqual([]);
	carrier('networks', true);
	isFull = true;
	await carryAll();
	expect(given).toEqual(['classes']);
});
