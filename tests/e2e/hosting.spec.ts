import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { netlifyHeaders } from '../../tools/hosting/files';
import { filesIn } from '../../tools/vite-hosting';

test('the build says in _headers what each of its files is sent with', () => {
	const files = filesIn('build').filter((file) => file !== '_headers');
	const text = readFileSync('build/_headers', 'utf8');
	expect(text).toBe(netlifyHeaders(files));
	// What Cloudflare allows.
	expect(text.match(/^\//gm)!.length).toBeLessThan(100);
});
