import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { checkHost } from '../../tools/hosting/check';
import { netlifyHeaders } from '../../tools/hosting/files';
import { filesIn } from '../../tools/vite-hosting';

test('the build says in _headers what each of its files is sent with', () => {
	const files = filesIn('build').filter((file) => file !== '_headers');
	const text = readFileSync('build/_headers', 'utf8');
	expect(text).toBe(netlifyHeaders(files));
	// What Cloudflare allows.
	expect(text.match(/^\//gm)!.length).toBeLessThan(100);
});

test('the preview sends what a host should, at the root and below a base path', async ({ baseURL }) => {
	expect(await checkHost(baseURL!)).toEqual([]);
	expect(await checkHost(`${baseURL}/repo`)).toEqual([]);
});
