import type { Page } from '@playwright/test';
import { open } from './site';

/** Opens a page of the bench with what is below its figure, which comes when the reader goes there. */
export async function openAll(page: Page, address: string) {
	await open(page, address);
	await page.locator('.more').scrollIntoViewIfNeeded();
	await page.locator('.more button').first().waitFor();
}
