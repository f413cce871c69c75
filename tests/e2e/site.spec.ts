import { baseLocale, locales, type Locale } from '../../src/lib/i18n/languages';
import {
	alone,
	expect,
	expectAccessible,
	expectWhole,
	isChapter,
	isStory,
	localeOf,
	open,
	pages,
	sideways,
	test
} from './site';

test('there are pages in every language, the same ones', () => {
	const pagesIn = (language: Locale) =>
		pages.filter((page) => localeOf(page) === language).map((page) => page.slice(language.length + 1));
	expect(pagesIn(baseLocale).length).toBeGreaterThan(0);
	for (const language of locales) expect(pagesIn(language)).toEqual(pagesIn(baseLocale));
});

/** Networks that are looked at whole: the site's own, and one that is there for comparison. The others are the same page. */
const networksInFull = /\/networks\/(own|squeezenet|mobilenet|shufflenet|xception|resnet50)$/;
const isInFull = (address: string) =>
	localeOf(address) === baseLocale && (!/\/networks\/./.test(address) || networksInFull.test(address));

// Chapters are looked at with their figures open, in learn.spec.ts, figures of the gallery in gallery.spec.ts. What axe finds is in the
// elements, which are the same in each language.
const isElsewhere = (address: string) => isChapter(address) || isStory(address);
for (const address of pages.filter((address) => !isElsewhere(address))) {
	const finding = isInFull(address) ? ', no finding of axe in light and dark' : '';
	test(`${address}: language, one heading, no sideways scroll at 360 px${finding}`, async ({ page }) => {
		await page.setViewportSize({ width: 360, height: 740 });
		await page.emulateMedia({ reducedMotion: 'reduce' });
		await open(page, address);
		await expectWhole(page, address);
		if (!isInFull(address)) return;
		await expectAccessible(page);
	});
}

test('no page scrolls sideways at 360 px before it is alive', async ({ browser, baseURL }) => {
	const context = await browser.newContext({
		baseURL: baseURL!,
		javaScriptEnabled: false,
		viewport: { width: 360, height: 740 }
	});
	const page = await context.newPage();
	const wide: string[] = [];
	for (const address of pages) {
		await page.goto(address);
		if ((await sideways(page)) > 0) wide.push(address);
	}
	expect(wide).toEqual([]);
	await context.close();
});

test('the address without a language goes to the language of the browser, and to the one chosen', async ({
	browser
}) => {
	const context = await browser.newContext({ locale: 'zh-CN' });
	const page = await context.newPage();
	await page.goto('/');
	await expect(page).toHaveURL(/\/zh$/);
	await page.getByRole('link', { name: 'English' }).click();
	await expect(page).toHaveURL(/\/en$/);
	await page.goto('/');
	await expect(page).toHaveURL(/\/en$/);
	await context.close();
});

test('the theme is chosen, kept, and there at the first paint', async ({ page }) => {
	await page.emulateMedia({ colorScheme: 'light' });
	await open(page, '/en');
	const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
	const light = await background();
	await page.getByLabel('Theme').selectOption('dark');
	expect(await background()).not.toBe(light);
	await page.reload({ waitUntil: 'commit' });
	await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
	await expect(page.getByLabel('Theme')).toHaveValue('dark');
});

for (const theme of ['system', 'dark'] as const)
	test(`paper is light where the screen is dark by the ${theme === 'system' ? 'system' : 'reader’s choice'}`, async ({
		page
	}) => {
		await page.emulateMedia({ colorScheme: theme === 'system' ? 'dark' : 'light' });
		await open(page, '/en');
		const colours = () =>
			page.evaluate(() => {
				const { backgroundColor, color } = getComputedStyle(document.body);
				return `${color} on ${backgroundColor}`;
			});
		await page.getByLabel('Theme').selectOption('light');
		const light = await colours();
		await page.getByLabel('Theme').selectOption(theme);
		expect(await colours()).not.toBe(light);
		await page.emulateMedia({ media: 'print' });
		expect(await colours()).toBe(light);
	});

test('an unknown address says so, in the language of the address', async ({ page, quiet }) => {
	await page.goto('/zh/nowhere');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('没有这个页面');
	await page.getByRole('link').click();
	await expect(page).toHaveURL(/\/zh$/);
	// Browser and router log the status that this test asked for.
	quiet.splice(0, quiet.length, ...quiet.filter((trouble) => !/404|Not found/.test(trouble)));
});

alone(
	'what a page asks for after its first paint is beside its own address, wherever the reader is by then',
	async ({ page, baseURL }) => {
		await page.addInitScript(() => {
			const askFrame = window.requestAnimationFrame;
			window.requestAnimationFrame = (paint) => {
				window.requestAnimationFrame = askFrame;
				addEventListener('painted', () => paint(0), { once: true });
				return 0;
			};
		});
		await open(page, '/en/networks/squeezenet');
		const named = await page.evaluate(() => {
			const { length } = document.querySelectorAll('link[rel=later]');
			history.replaceState(history.state, '', '/en/a/deeper/address');
			dispatchEvent(new Event('painted'));
			return length;
		});
		expect(named).toBeGreaterThan(8);
		await expect(page.locator('link[rel=later]')).toHaveCount(0);
		const asked = await page
			.locator('link[rel=modulepreload]')
			.evaluateAll((links) => links.map((link) => (link as HTMLLinkElement).href));
		expect(asked.filter((address) => !address.startsWith(`${baseURL}/_app/`))).toEqual([]);
		expect(asked.length).toBeGreaterThanOrEqual(named);
	}
);

test('an address that ends with a slash is the same page, alive and with its styles, under a base path too', async ({
	page
}) => {
	for (const address of ['/en/', '/repo/zh/', '/en/ops/standard/?step=3', '/repo/en/learn/convolution/']) {
		await open(page, address);
		await expect(page.locator('h1')).toHaveCount(1);
		expect(await page.evaluate(() => getComputedStyle(document.body).getPropertyValue('--page'))).not.toBe(
			''
		);
		const links = await page
			.locator('main a[href]')
			.evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).pathname));
		const root = address.startsWith('/repo') ? '/repo' : '';
		const known = links.filter((path) => pages.includes(path.slice(root.length)));
		expect(links.filter((path) => path !== address.replace(/\?.*/, ''))).toEqual(known);
	}
	await open(page, '/en/ops/standard/?step=3');
	await expect(page.getByText('Step 3 of 27')).toBeVisible();
});

test('the site works under a base path', async ({ page }) => {
	await page.goto('/repo/en');
	await page.locator('html[data-alive]').waitFor({ state: 'attached' });
	await page.getByRole('link', { name: '中文' }).click();
	await expect(page).toHaveURL(/\/repo\/zh$/);
});
