import type { Locator, Page } from '@playwright/test';
import type { Shot } from './shots';

/** Width over height of a still picture, and what is left around its part, CSS pixels. */
const shape = 1.66;
const margin = 14;

/** All letters and pictures are there. */
export const settle = (page: Page) =>
	page.evaluate(async () => {
		await document.fonts.ready;
		await Promise.all(Array.from(document.images, (image) => image.decode().catch(() => {})));
	});

export const hide = (hidden: Locator, how: 'visibility' | 'display') =>
	hidden.evaluateAll((elements, how) => {
		for (const element of elements as HTMLElement[])
			if (how === 'display') element.style.display = 'none';
			else element.style.visibility = 'hidden';
	}, how);

/** A still picture of a page that has been opened. @param isTrial whether it is only to be seen that it can be taken */
export async function takeShot(
	page: Page,
	{ part, hidden, prepare }: Shot,
	isTrial = false
): Promise<Buffer> {
	await prepare?.(page, isTrial);
	if (hidden !== undefined) await hide(page.locator(hidden), 'visibility');
	await page.mouse.move(0, 0);
	const corner = page.locator(part);
	await corner.waitFor();
	await settle(page);
	const { x, y, width } = await corner.evaluate((element) => {
		const { left, top, width } = element.getBoundingClientRect();
		return { x: left + scrollX, y: top + scrollY, width };
	});
	const clip = { x: x - margin, y: y - margin, width: width + 2 * margin };
	return page.screenshot({ fullPage: true, clip: { ...clip, height: clip.width / shape } });
}
