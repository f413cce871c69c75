import { expect, open, pages, test } from './site';

const step = /Step (\d+) of \d+/;

test('the figure on the home page steps by itself, and stops when it is touched', async ({ page }) => {
	await open(page, '/en');
	const counter = page.getByText(step);
	await expect(counter).not.toHaveText(/Step 1 of/);
	await page.getByRole('button', { name: 'Pause' }).click();
	const stopped = await counter.textContent();
	// The button is back to "Play" and stays so when the figure leaves the screen and comes back.
	await page.getByRole('heading', { name: 'Where to go' }).scrollIntoViewIfNeeded();
	await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
	await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
	await expect(counter).toHaveText(stopped!);
});

test('with reduced motion nothing on the home page moves by itself', async ({ page }) => {
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await open(page, '/en');
	await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
	await expect(page.getByText(step)).toHaveText(/Step 1 of/);
});

test('every way on the home page leads to a page', async ({ page }) => {
	await open(page, '/en');
	const links = page.getByRole('list').last().getByRole('link');
	const addresses = await links.evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).pathname));
	expect(addresses.length).toBeGreaterThan(0);
	expect(addresses.filter((address) => !pages.includes(address))).toEqual([]);
});
