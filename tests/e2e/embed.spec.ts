import { openAll } from './bench';
import { expect, open, test } from './site';

test('the embedded figure has no page around it, and steps', async ({ page }) => {
	await open(page, '/en/embed/ops/separable?step=30');
	await expect(page.locator('header, footer')).toHaveCount(0);
	await expect(page.getByText('Step 30 of 45')).toBeVisible();
	await page.keyboard.press('ArrowRight');
	await expect(page.getByText('Step 31 of 45')).toBeVisible();
});

test('its link opens the page at the same step', async ({ page }) => {
	await open(page, '/zh/embed/ops/group?seed=3');
	await page.keyboard.press('End');
	const opened = page.waitForEvent('popup');
	await page.getByRole('link', { name: '在 Lightnets 中打开' }).click();
	await expect(await opened).toHaveURL(/\/zh\/ops\/group\?seed=3&step=36$/);
});

test('a file that is let go over it neither opens nor takes its place', async ({ page }) => {
	await open(page, '/en/embed/ops/standard?step=5');
	const isRefused = await page.getByText('Step 5 of 27').evaluate((target) => {
		const dataTransfer = new DataTransfer();
		dataTransfer.items.add(new File(['{}'], 'network.json'));
		return ['dragover', 'drop'].map(
			(type) => !target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }))
		);
	});
	expect(isRefused).toEqual([true, true]);
	await expect(page.getByText('Step 5 of 27')).toBeVisible();
});

test('it says what of its address was ignored', async ({ page }) => {
	await open(page, '/en/embed/ops/standard?k=99');
	await expect(page.getByRole('status').filter({ hasText: 'k=99' })).toBeVisible();
});

test('the embed code of the page works in an iframe of the height that it asks for', async ({
	page,
	baseURL
}) => {
	await openAll(page, '/en/ops/standard?step=12');
	await page.getByRole('button', { name: 'Share' }).click();
	const code = await page.getByLabel('Code for a slide or a page').inputValue();
	expect(code).toContain(`src="${baseURL}/en/embed/ops/standard?step=12"`);
	const slide = `<!doctype html><title>A slide</title>${code}`;
	await page.route('**/slide.html', (route) => route.fulfill({ contentType: 'text/html', body: slide }));
	await page.goto('/slide.html');
	const frame = page.frameLocator('iframe');
	await expect(frame.getByText('Step 12 of 27')).toBeVisible();
	const overflow = await frame.locator('html').evaluate((html) => html.scrollHeight - html.clientHeight);
	expect(overflow).toBe(0);
});

test('in a sandbox without an origin of its own it says what it needs', async ({ page, quiet }) => {
	const slide =
		'<!doctype html><title>A slide</title><iframe sandbox="allow-scripts" src="/en/embed/ops/standard"></iframe>';
	await page.route('**/slide.html', (route) => route.fulfill({ contentType: 'text/html', body: slide }));
	await page.goto('/slide.html');
	await expect(
		page.frameLocator('iframe').getByText('Its sandbox needs allow-scripts and allow-same-origin')
	).toBeVisible();
	// The browser logs what it keeps from the frame.
	quiet.length = 0;
});

test('in a sandbox without scripts, and without JavaScript, it says so in its own words', async ({
	page,
	quiet
}) => {
	const slide = '<!doctype html><title>A slide</title><iframe sandbox src="/zh/embed/ops/standard"></iframe>';
	await page.route('**/slide.html', (route) => route.fulfill({ contentType: 'text/html', body: slide }));
	await page.goto('/slide.html');
	const frame = page.frameLocator('iframe');
	const notice = frame.locator('noscript .notice');
	await expect(notice).toBeVisible();
	await expect(notice).toContainText('没有 JavaScript 时，图停在最初的样子');
	await expect(frame.getByRole('heading', { level: 1 })).toHaveText('标准卷积');
	// The browser logs what it keeps from the frame.
	quiet.length = 0;
});
