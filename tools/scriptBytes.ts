import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';

/** Bytes of script that a page loads by itself until the network is quiet, each file gzipped. */
export async function scriptBytes(page: Page, address: string): Promise<number> {
	const bodies: Promise<Buffer>[] = [];
	const count = (response: { url(): string; body(): Promise<Buffer> }) => {
		if (new URL(response.url()).pathname.endsWith('.js')) bodies.push(response.body());
	};
	page.on('response', count);
	await page.goto(address, { waitUntil: 'networkidle' });
	// What comes later belongs to whatever is done next, and may be cut off.
	page.off('response', count);
	return (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).length, 0);
}
