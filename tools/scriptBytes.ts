import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';

/**
 * Bytes of script that a page takes, each file gzipped: what it begins with, and what comes by the reader's first move, the first
 * key and a scroll to the end. Figures of a lesson are waited for.
 */
export async function scriptBytes(page: Page, address: string): Promise<number> {
	const bodies: Promise<Buffer>[] = [];
	const count = (response: { url(): string; body(): Promise<Buffer> }) => {
		if (new URL(response.url()).pathname.endsWith('.js')) bodies.push(response.body());
	};
	page.on('response', count);
	await page.goto(address);
	await page.locator('html[data-alive]').waitFor({ state: 'attached' });
	await page.mouse.move(10, 10);
	await page.keyboard.press('Tab');
	// What comes makes the page longer, so its end is looked for again.
	await page.evaluate(async () => {
		for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight / 2) {
			scrollTo(0, y);
			const figures = [...document.querySelectorAll('figure[aria-busy=true]')];
			const isSeen = (figure: Element) => figure.getBoundingClientRect().top < innerHeight;
			do await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
			while (figures.some((figure) => isSeen(figure) && figure.getAttribute('aria-busy') === 'true'));
		}
	});
	await page.waitForLoadState('networkidle');
	page.off('response', count);
	return (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).length, 0);
}
