import { expect, test as base, type BrowserContext, type Page } from '@playwright/test';
import { open, reloaded, sideways } from './site';
import { askWorker, SiteHost } from './siteHost';

const test = base.extend<{ readonly host: SiteHost }>({
	serviceWorkers: 'allow',
	// Playwright reads what a fixture needs from its first parameter.

	host: async ({}, use) => {
		const host = new SiteHost();
		await host.start();
		await use(host);
		host.close();
	}
});

/** The heading of the chart's page, which is what the chart shows. */
const compared = /^SqueezeNet cut the parameters/;

/** Waits until all is kept that a page needs, what comes late too. */
async function isStored(page: Page, host: SiteHost, file: string): Promise<void> {
	const { files, pages, shell } = host.table;
	const [number, , needs] = pages.find(([of]) => files[of]![0] === file)!;
	const wanted = [number, ...needs, ...shell].map((of) => `${host.address}kept/${files[of]![2]}`);
	await expect
		.poll(() =>
			page.evaluate(async (wanted) => {
				const [name] = (await caches.keys()).filter((of) => of.startsWith('lightnets-kept'));
				if (name === undefined) return wanted.length;
				const cache = await caches.open(name);
				const keys = new Set((await cache.keys()).map(({ url }) => url));
				return wanted.filter((url) => !keys.has(url)).length;
			}, wanted)
		)
		.toBe(0);
}

async function goOffline(context: BrowserContext, host: SiteHost): Promise<void> {
	host.goDown();
	await context.setOffline(true);
}

async function goOnline(context: BrowserContext, host: SiteHost): Promise<void> {
	host.isUp = true;
	await context.setOffline(false);
}

/** The bench's help, a part that comes late. */
async function seesHelp(page: Page): Promise<void> {
	await page.keyboard.press('?');
	await expect(page.getByRole('dialog')).toBeVisible();
	await page.keyboard.press('Escape');
}

test('a page that was opened opens again without a connection, with what comes late in it, and is isolated', async ({
	page,
	context,
	host
}) => {
	await open(page, `${host.address}en/ops/standard`);
	expect(await page.evaluate(() => crossOriginIsolated), 'the host sends no headers').toBe(false);
	await isStored(page, host, 'en/ops/standard.html');
	await goOffline(context, host);
	host.asked.length = 0;
	await open(page, `${host.address}en/ops/standard?step=7`);
	await expect(page).toHaveTitle(/Standard convolution/);
	expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
	await expect(page).toHaveURL(/step=7/);
	await seesHelp(page);
	// With a slash behind it, as some links have it.
	await open(page, `${host.address}en/ops/standard/`);
	await expect(page).toHaveURL(`${host.address}en/ops/standard`);
	expect(host.asked).toEqual([]);
});

test('the start page of the language is kept with any page, and what the device opens leads there', async ({
	page,
	context,
	host
}) => {
	await open(page, `${host.address}zh/learn`);
	await isStored(page, host, 'zh.html');
	await page.evaluate(() => localStorage.setItem('language', 'zh'));
	await goOffline(context, host);
	const manifest = JSON.parse(host.text('manifest.webmanifest')) as { start_url: string };
	await page.goto(new URL(manifest.start_url, host.address).href);
	await expect(page).toHaveURL(`${host.address}zh`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('看清卷积网络如何变轻');
});

test('a page that was never opened says so, in its language, and opens when there is a connection', async ({
	page,
	context,
	host
}) => {
	await open(page, `${host.address}en/ops/standard`);
	await isStored(page, host, 'en/ops/standard.html');
	await goOffline(context, host);
	await open(page, `${host.address}zh/compare?x=params`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('这个页面没有保存在本机');
	await open(page, `${host.address}en/compare?x=params`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('This page is not kept on this device');
	await expect(page.getByText('It was never opened here before')).toBeVisible();
	await page.setViewportSize({ width: 360, height: 700 });
	expect(await sideways(page)).toBe(0);
	// What is kept is one click away.
	const stored = page.getByRole('main').getByRole('link', { name: 'Standard convolution' });
	await expect(stored).toBeVisible();
	await reloaded(page, () => page.getByRole('link', { name: 'Try again' }).click());
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('This page is not kept on this device');
	await goOnline(context, host);
	await page.waitForURL(`${host.address}en/compare?x=params`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(compared);
	// Of a host that is back, no browser says anything.
	host.goDown();
	await open(page, `${host.address}en/networks`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('This page is not kept on this device');
	host.isUp = true;
	await page.waitForURL(`${host.address}en/networks`);
});

test('only pages of this site are gone back to', async ({ page, host }) => {
	const { origin } = new URL(host.address);
	for (const wanted of ['/.//example.org/', 'https://example.org/', 'javascript:alert(1)', '//example.org']) {
		await open(page, `${host.address}en/offline?page=${encodeURIComponent(wanted)}`);
		const links = await page
			.locator('main a')
			.evaluateAll((all) => all.map((link) => new URL((link as HTMLAnchorElement).href).origin));
		expect(links.filter((of) => of !== origin)).toEqual([]);
	}
});

test('a link to a page that is not kept ends in a sentence, never in a number, and the page can be tried again', async ({
	page,
	context,
	host
}) => {
	await open(page, `${host.address}en/ops/standard`);
	await isStored(page, host, 'en/ops/standard.html');
	await goOffline(context, host);
	await page.getByRole('banner').getByRole('link', { name: 'Compare', exact: true }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('This page could not be loaded');
	await expect(page.getByRole('main')).toContainText('There is no connection');
	await expect(page.getByRole('main')).not.toContainText('500');
	await expect(page.locator('#unloaded')).toBeHidden();
	await goOnline(context, host);
	await page.getByRole('button', { name: 'Load again' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(compared);
});

test("nothing of a network's sign-in page is kept, and it can be seen", async ({ page, host }) => {
	await open(page, `${host.address}en/ops/standard`);
	await isStored(page, host, 'en/ops/standard.html');
	host.instead = () => '<!doctype html><title>Hotel</title><h1>Sign in</h1>';
	// Kept pages do not notice.
	await open(page, `${host.address}en/ops/standard`);
	await expect(page).toHaveTitle(/Standard convolution/);
	// A page that is not kept is the network's.
	await page.goto(`${host.address}en/compare`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
	host.instead = () => null;
	await open(page, `${host.address}en/compare`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(compared);
	await isStored(page, host, 'en/compare.html');
});

test('a script in whose place a sign-in page came is not kept; the page says so, and loads it again', async ({
	page,
	host
}) => {
	await open(page, `${host.address}en`);
	await isStored(page, host, 'en.html');
	host.instead = (path) => (/immutable\/(chunks|nodes)\//.test(path) ? '<h1>Sign in</h1>' : null);
	await page.goto(`${host.address}en/compare`);
	await expect(page.locator('#unloaded, main').getByText('could not be loaded').first()).toBeVisible();
	host.instead = () => null;
	await page.getByRole('button', { name: 'Load again' }).click();
	await page.locator('html[data-alive]').waitFor({ state: 'attached' });
	await isStored(page, host, 'en/compare.html');
});

test('a new version leaves an open tab as it is, says that it is there, and comes when it is wanted', async ({
	page,
	context,
	host
}) => {
	await open(page, `${host.address}en/ops/standard`);
	await isStored(page, host, 'en/ops/standard.html');
	// What is not the page's script to write tells the versions apart.
	const newer = (file: string) => host.text(file).replace('<html ', '<html data-edition="new" ');
	const edition = (tab: Page) => tab.locator('html[data-edition=new]');
	host.publish('new', {
		'en.html': newer('en.html'),
		'en/ops/standard.html': newer('en/ops/standard.html')
	});
	// Somebody opens another tab, by which the browser finds the new version.
	const other = await context.newPage();
	await open(other, `${host.address}en/ops/standard`);
	await expect(edition(other)).toHaveCount(0);
	for (const tab of [page, other])
		await expect(tab.getByText('There is a new version of this site.')).toBeVisible();
	// The tab goes on with its own version, whatever has become of its files.
	host.instead = (path) => (/immutable\/chunks\//.test(path) ? 'gone' : null);
	await seesHelp(page);
	await page.getByRole('button', { name: 'Load again' }).click();
	await expect(edition(page)).toHaveCount(1);
	await page.locator('html[data-alive]').waitFor({ state: 'attached' });
	await expect(page.getByText('There is a new version of this site.')).toBeHidden();
	// The other still works, and is not loaded anew behind its reader's back.
	await expect(other.getByText('There is a new version of this site.')).toBeVisible();
	await seesHelp(other);
	await expect(edition(other)).toHaveCount(0);
	// What was kept is kept in the new version.
	await goOffline(context, host);
	await open(page, `${host.address}en`);
	await expect(edition(page)).toHaveCount(1);
});

test('a page that comes from a new version while an older one is kept takes it into use without a word', async ({
	page,
	host
}) => {
	await open(page, `${host.address}en/ops/standard`);
	await isStored(page, host, 'en/ops/standard.html');
	const version = await askWorker(page, { kind: 'version' });
	// The same script under another table: what a page is made of is of the version that it names itself.
	host.publish(version, { 'en/compare.html': `${host.text('en/compare.html')}<!-- new -->` });
	await open(page, `${host.address}en/compare`);
	await isStored(page, host, 'en/compare.html');
	await expect(page.getByText('There is a new version of this site.')).toBeHidden();
});

test('all of it is kept with a word before and progress on the way, networks run without a connection, and it goes again', async ({
	page,
	context,
	host
}) => {
	test.slow();
	await open(page, `${host.address}en/offline`);
	const button = page.getByRole('button', { name: /^Keep all of it for offline use \(\d+\.\d MB\)$/ });
	const bytes = host.table.files.reduce((sum, [, of]) => sum + of, 0);
	await expect(button).toContainText(`(${(bytes / 1e6).toFixed(1)}\u00a0MB)`);
	await page.getByLabel(/with the weights of 4 networks/).uncheck();
	await expect(button).not.toContainText(`(${(bytes / 1e6).toFixed(1)}\u00a0MB)`);
	await page.getByLabel(/with the weights of 4 networks/).check();
	await button.click();
	await expect(page.getByRole('progressbar')).toBeVisible();
	await page.getByRole('button', { name: 'Cancel' }).click();
	await expect(button).toBeVisible();
	// The connection breaks off on the way; what has come stays.
	let count = 0;
	host.instead = () => (++count === 100 ? (host.goDown(), null) : null);
	await button.click();
	await expect(page.getByRole('alert')).toContainText('The connection broke off.');
	host.instead = () => null;
	host.isUp = true;
	await button.click();
	await expect(page.getByText(/^All of it is kept on this device: /)).toBeVisible();

	await goOffline(context, host);
	for (const address of ['zh/learn/mobilenet', 'en/networks/xception', 'en/convolutions']) {
		await open(page, host.address + address);
		await expect(page.getByRole('heading', { level: 1 })).not.toContainText(/kept|本机/);
	}
	await open(page, `${host.address}en/playground?backend=wasm`);
	await expect(page.getByTestId('lane-mobilenet')).toHaveAttribute('data-phase', 'ready');
	await expect(page.getByTestId('top-five').locator('li').first()).toContainText('cat');

	await open(page, `${host.address}en/offline`);
	await page.getByRole('button', { name: 'Remove what is kept' }).click();
	await expect(button).toBeVisible();
	await page.goto(`${host.address}en/convolutions`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('This page is not kept on this device');
	await expect(page.getByText('None so far.')).toBeVisible();
});

test('a browser that is full says so, and the page goes on', async ({ page, context, host }) => {
	await open(page, `${host.address}en/offline`);
	await expect(page.getByRole('button', { name: /^Keep all of it/ })).toBeVisible();
	const devtools = await context.newCDPSession(page);
	const origin = new URL(host.address).origin;
	const { usage } = await devtools.send('Storage.getUsageAndQuota', { origin });
	await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + 2e6 });
	await page.getByRole('button', { name: /^Keep all of it/ }).click();
	await expect(page.getByRole('alert')).toContainText('The browser has no more room');
	await open(page, `${host.address}en/ops/standard`);
	await seesHelp(page);
});

test('saving data, a page is kept as it comes and nothing besides', async ({ page, host }) => {
	await page.addInitScript(() =>
		Object.defineProperty(navigator, 'connection', { value: { saveData: true } })
	);
	await open(page, `${host.address}en/ops/standard`);
	await page.evaluate(async () => navigator.serviceWorker.ready);
	await open(page, `${host.address}en/ops/standard`);
	await page.waitForLoadState('networkidle');
	const { files, pages } = host.table;
	const [, , needs] = pages.find(([of]) => files[of]![0] === 'en/ops/standard.html')!;
	const late = needs.map((of) => files[of]![0]).filter((path) => !host.asked.includes(path));
	expect(late.length).toBeGreaterThan(0);
	const asked = host.asked.filter((path) => path === 'en.html' || path === 'en');
	expect(asked).toEqual([]);
});
