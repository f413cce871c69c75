import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { longestPause } from '../../../src/lib/stored/check';
import { fetchJson } from '../../../src/lib/stored/fetchOwn';
import { isUnloaded } from '../../../src/lib/stored/unloaded';
import { TestHost, type Answer } from './server';

const host = new TestHost();
beforeAll(() => host.start());
afterAll(() => host.close());

const load = (answer: Answer) => {
	host.answers.set('a.json', [{ type: 'application/json', ...answer }]);
	return fetchJson(`${host.base}a.json`);
};

describe('fetchJson', () => {
	it('gives what a file of the site holds', async () => {
		expect(await load({ body: '{"a":1}' })).toEqual({ a: 1 });
	});

	it.each([
		['a sign-in page', { body: '<h1>Sign in</h1>', type: 'text/html' }, 'altered'],
		['half of it', { body: '{"a":' }, 'altered'],
		['what breaks off', { body: '{"a":', isCut: true }, 'unreachable'],
		['an error', { body: 'no', status: 503 }, 'status']
	])('tells %s', async (_, answer, code) => {
		await expect(load(answer)).rejects.toMatchObject({ name: 'FetchFault', code });
	});

	it('gives up what stops coming', async () => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
		vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) => {
			const body = new ReadableStream({
				start: (stream) => signal!.addEventListener('abort', () => stream.error(signal!.reason)),
				pull: () => void vi.advanceTimersByTime(longestPause)
			});
			return Promise.resolve(new Response(body));
		});
		try {
			await expect(fetchJson('a.json')).rejects.toMatchObject({ code: 'stalled' });
		} finally {
			vi.useRealTimers();
			vi.unstubAllGlobals();
		}
	});
});

it('isUnloaded knows a script that did not come, and one that is cut or another, in the words of each browser', () => {
	for (const message of [
		'Failed to fetch dynamically imported module: /a.js',
		'error loading dynamically imported module',
		'Importing a module script failed.',
		'Unable to preload CSS for /a.css'
	])
		expect(isUnloaded(new TypeError(message)), message).toBe(true);
	expect(isUnloaded(new SyntaxError('Unexpected end of input'))).toBe(true);
	expect(isUnloaded(new TypeError("Cannot read properties of undefined (reading 'a')"))).toBe(false);
	expect(isUnloaded('a text')).toBe(false);
});
