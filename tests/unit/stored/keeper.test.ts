import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { weightsKey } from '../../../src/lib/engine/weights/cache';
import { Keeper } from '../../../src/lib/stored/keeper';
import { Files } from '../../../src/lib/stored/table';
import { FakeCache } from '../../fakeCaches';
import { factsOf, TestHost } from './server';

const host = new TestHost();
beforeAll(() => host.start());
afterAll(() => host.close());

let store: FakeCache;
let weights: FakeCache;
beforeEach(() => {
	store = new FakeCache();
	weights = new FakeCache();
	host.answers.clear();
	host.asked.length = 0;
});

/** A version of a site, which the host serves from now on. */
async function publish(
	content: Readonly<Record<string, string>>,
	needs: Readonly<Record<string, readonly string[]>> = {},
	shell: readonly string[] = []
): Promise<Keeper> {
	const paths = Object.keys(content);
	host.answers.clear();
	for (const [path, body] of Object.entries(content))
		host.answers.set(path.replace(/\.html$/, ''), [
			{ body, type: path.endsWith('.html') ? 'text/html' : 'application/octet-stream' }
		]);
	const facts = await Promise.all(Object.values(content).map(factsOf));
	const files = new Files({
		files: paths.map((path, i) => [path, facts[i]!.bytes, facts[i]!.sha256]),
		pages: Object.entries(needs).map(([page, of]) => [
			paths.indexOf(page),
			page,
			of.map((path) => paths.indexOf(path))
		]),
		shell: shell.map((path) => paths.indexOf(path))
	});
	return new Keeper({ base: host.base, files, store: store.asCache, weights: weights.asCache, weightsKey });
}

const storedOf = async (keeper: Keeper) => [...(await keeper.stored())].sort();

describe('Keeper', () => {
	it('keeps files once, and answers with their type', async () => {
		const keeper = await publish({ 'en.html': '<p>', 'a.js': 'a()' });
		expect(await keeper.keep(['en.html', 'a.js', 'unknown.js'])).toBeNull();
		expect(await storedOf(keeper)).toEqual(['a.js', 'en.html']);
		const response = (await keeper.match('a.js'))!;
		expect(response.headers.get('content-type')).toMatch('javascript');
		expect(await response.text()).toBe('a()');
		host.asked.length = 0;
		expect(await keeper.keep(['en.html', 'a.js'])).toBeNull();
		expect(host.asked).toEqual([]);
	});

	it('keeps content that two files have once, each with its own type', async () => {
		const keeper = await publish({ 'a.js': '', 'a.css': '' });
		await keeper.keep(['a.js']);
		expect((await keeper.match('a.css'))?.headers.get('content-type')).toMatch('css');
		expect(store.stored.size).toBe(1);
	});

	it('keeps nothing of a sign-in page, and the rest all the same', async () => {
		const keeper = await publish({ 'a.js': 'a()', 'b.js': 'b()' });
		host.answers.set('a.js', [{ body: 'Sign in', type: 'text/html' }]);
		expect(await keeper.keep(['a.js', 'b.js'])).toBe('altered');
		expect(await storedOf(keeper)).toEqual(['b.js']);
	});

	it('says when there is no room or no connection, and keeps what had come', async () => {
		store = new FakeCache(5);
		const keeper = await publish({ 'a.js': '1234', 'b.js': '5678' });
		expect(await keeper.keep(['a.js', 'b.js'])).toBe('full');
		expect(await storedOf(keeper)).toHaveLength(1);
		const lost = new Keeper({
			...{ base: 'http://127.0.0.1:9/', files: keeper.files, weightsKey },
			...{ store: new FakeCache().asCache, weights: null }
		});
		expect(await lost.keep(['a.js'])).toBe('unreachable');
	});

	it('keeps weights where the engine looks for them, and lets go of another version of them', async () => {
		const path = 'weights/tiny/model.json';
		await (await publish({ [path]: 'one' })).keep([path]);
		const keeper = await publish({ [path]: 'two' });
		await keeper.keep([path]);
		expect([...weights.stored.keys()]).toEqual([
			weightsKey(`${host.base}${path}`, (await factsOf('two')).sha256)
		]);
		expect(store.stored.size).toBe(0);
	});

	it('knows what stands in a new version for what is kept of the last', async () => {
		const page = '_app/immutable/chunks/aaaaaaaa.js';
		const late = '_app/immutable/chunks/bbbbbbbb.js';
		const last = await publish(
			{ 'en.html': 'old', 'zh.html': 'alt', [page]: 'p', '_app/immutable/workers/worker-aaaaaaaa.js': 'w' },
			{ 'en.html': [page], 'zh.html': [] }
		);
		await last.keep(['en.html', page, '_app/immutable/workers/worker-aaaaaaaa.js']);
		const next = await publish(
			{ 'en.html': 'new', 'zh.html': 'neu', [late]: 'q', '_app/immutable/workers/worker-cccccccc.js': 'v' },
			{ 'en.html': [late], 'zh.html': [] }
		);
		expect([...(await next.insteadOf(last))].sort()).toEqual([
			late,
			'_app/immutable/workers/worker-cccccccc.js',
			'en.html'
		]);
	});

	it('lets go of what neither version has, and of earlier pages; open tabs keep their scripts', async () => {
		const last = await publish({ 'en.html': 'old', 'a.js': 'a', 'same.js': 's' });
		await last.keep(last.files.paths);
		await store.put(`${host.base}kept/stray`, new Response('x'));
		await store.put(`${host.base}kept/versions`, new Response('y'));
		const next = await publish({ 'en.html': 'new', 'b.js': 'b', 'same.js': 's' });
		await next.keep(next.files.paths);
		await next.sweep([last], [`${host.base}kept/versions`]);
		expect(await storedOf(next)).toEqual(['b.js', 'en.html', 'same.js']);
		expect(await storedOf(last)).toEqual(['a.js', 'same.js']);
		expect(store.stored.size).toBe(5);
		await next.sweep([], [`${host.base}kept/versions`]);
		expect(await storedOf(last)).toEqual(['same.js']);
	});

	it('removes all but the shell, weights too', async () => {
		const keeper = await publish({ 'en.html': 'p', 'shell.js': 's', 'weights/t/a.bin': 'w' }, {}, [
			'shell.js'
		]);
		await keeper.keep(keeper.files.paths);
		expect(await storedOf(keeper)).toHaveLength(3);
		await keeper.remove([]);
		expect(await storedOf(keeper)).toEqual(['shell.js']);
	});
});
