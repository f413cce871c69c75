import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fetchWhole, isWhole, longestPause, sha256 } from '../../../src/lib/stored/check';
import { factsOf, TestHost, type Answer } from './server';

const host = new TestHost();
beforeAll(() => host.start());
afterAll(() => host.close());
beforeEach(() => void (host.asked.length = 0));

const good: Answer = { body: 'the file' };
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const load = async (...answers: Answer[]) => {
	host.answers.set('a', answers);
	return text(await fetchWhole(`${host.base}a`, await factsOf(good.body)));
};

it('sha256 is the known one', async () => {
	// FIPS 180-2, appendix B.1.
	expect(await sha256(new TextEncoder().encode('abc'))).toBe(
		'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
	);
});

it('isWhole looks at the length and at the content', async () => {
	const facts = await factsOf(good.body);
	const bytes = (body: string) => new TextEncoder().encode(body);
	expect(await isWhole(bytes('the file'), facts)).toBe(true);
	expect(await isWhole(bytes('the fil'), facts)).toBe(false);
	expect(await isWhole(bytes('the filE'), facts)).toBe(false);
});

describe('fetchWhole', () => {
	it('gives the file, with progress', async () => {
		host.answers.set('a', [good]);
		const seen: number[] = [];
		const facts = await factsOf(good.body);
		await fetchWhole(`${host.base}a`, facts, { onBytes: (loaded) => seen.push(loaded) });
		expect(seen.at(-1)).toBe(facts.bytes);
		expect(host.asked).toEqual(['a']);
	});

	const bad: readonly (readonly [string, Answer])[] = [
		['a sign-in page', { body: '<p>Sign in</p>', type: 'text/html; charset=utf-8' }],
		['a sign-in page as long as the file', { body: '12345678', type: 'text/html' }],
		['half of it', { body: 'the ' }],
		['more than it', { body: 'the file and much more' }],
		['altered bytes of the right length', { body: 'the filE' }]
	];
	it.each(bad)('asks once more, past the browser, after %s', async (_, answer) => {
		expect(await load(answer, good)).toBe('the file');
		expect(host.asked).toEqual(['a', 'a']);
	});
	it.each(bad)('gives up after %s came twice', async (_, answer) => {
		await expect(load(answer)).rejects.toMatchObject({ code: 'altered' });
		expect(host.asked).toEqual(['a', 'a']);
	});

	it('wants HTML where the file is a page', async () => {
		host.answers.set('a', [{ ...good, type: 'text/html' }]);
		const facts = await factsOf(good.body);
		expect(text(await fetchWhole(`${host.base}a`, facts, { isPage: true }))).toBe(good.body);
	});

	it('tells an error of the host from no answer', async () => {
		await expect(load({ body: 'no', status: 503 })).rejects.toMatchObject({
			code: 'status',
			params: { status: 503 }
		});
		await expect(load({ body: 'the', isCut: true })).rejects.toMatchObject({ code: 'unreachable' });
		await expect(fetchWhole('http://127.0.0.1:9/a', await factsOf('x'))).rejects.toMatchObject({
			code: 'unreachable'
		});
	});

	it('gives up where nothing comes any more', async () => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
		let gone: AbortSignal | null | undefined;
		vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) => {
			gone = signal;
			const body = new ReadableStream({
				start(stream) {
					stream.enqueue(new TextEncoder().encode('the'));
					signal!.addEventListener('abort', () => stream.error(signal!.reason));
				}
			});
			return Promise.resolve(new Response(body));
		});
		try {
			const file = fetchWhole('a', await factsOf(good.body), {
				onBytes: () => vi.advanceTimersByTime(longestPause)
			});
			await expect(file).rejects.toMatchObject({ code: 'stalled' });
			expect(gone!.aborted).toBe(true);
		} finally {
			vi.useRealTimers();
			vi.unstubAllGlobals();
		}
	});

	it('rejects with the reason of whoever cancels', async () => {
		const signal = AbortSignal.abort(new Error('enough'));
		await expect(fetchWhole(`${host.base}a`, await factsOf('x'), { signal })).rejects.toThrow('enough');
	});
});
