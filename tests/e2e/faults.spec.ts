import { GraphBuilder } from '../../src/lib/nets';
import { encodeGraph } from '../../src/lib/viz/address/graphText';
import { formatGraph } from '../../src/lib/nets/json';
import { expect, open, savedBy, test } from './site';
import { SiteHost } from './siteHost';

/** The address of a graph in which each node reads all before it. */
async function tangle(nodes: number): Promise<string> {
	const net = new GraphBuilder('Tangled', [4, 4, 2]);
	const refs = [net.relu('a0', net.input), net.relu('a1', 'a0')];
	for (let i = 2; i < nodes; i++) refs.push(net.add(`a${i}`, [...refs]));
	return `#graph=${await encodeGraph(formatGraph(net.build(refs.at(-1)!)))}`;
}

test('a graph of any size leaves the page alive: laid out beside it, cancelled, or refused in a sentence', async ({
	page
}) => {
	const notice = page.getByTestId('no-picture');
	const layout = /layout\.worker/;
	// Held back, so that there is time to cancel.
	await page.route(layout, () => {});
	await open(page, `/en/networks/own${await tangle(45)}`);
	await expect(notice.getByRole('status')).toContainText('its picture is being laid out');
	await notice.getByRole('button', { name: 'Cancel' }).click();
	await expect(notice.getByRole('status')).toContainText('was cancelled');
	await page.unroute(layout);
	await notice.getByRole('button', { name: 'Lay it out' }).click();
	await expect(page.locator('[data-key="a44"]')).toBeVisible();
	await expect(notice).toHaveCount(0);

	await page.evaluate((hash) => (location.hash = hash), await tangle(190));
	await expect(notice.getByRole('status')).toContainText(/lines of this network would bend \d+ times/);
	await page.getByRole('heading', { name: 'What a channel has seen' }).scrollIntoViewIfNeeded();
	await expect(page.getByText('Channel flow would take too much memory here.')).toBeVisible();

	await page.evaluate((hash) => (location.hash = hash), await tangle(300));
	await expect(page.getByRole('alert')).toHaveText(
		'The nodes have 44851 inputs in all, which is too many; at most 40000.'
	);
});

test('of a thousand layers those near what is in sight are drawn; going on brings others, and a saved picture has all', async ({
	page
}) => {
	const net = new GraphBuilder('Long', [4, 4, 2]);
	let last = net.input;
	for (let i = 0; i < 1000; i++) last = net.relu(`layer${i}`, last);
	await open(page, '/en/networks/own');
	const [mimeType, buffer] = ['application/json', Buffer.from(formatGraph(net.build(last)))];
	await page.getByTestId('model-files').setInputFiles({ name: 'long.json', mimeType, buffer });
	const card = (key: string) => page.locator(`svg [data-key="${key}"]`);
	await expect(card('layer0')).toBeVisible();
	const drawn = () => page.locator('svg [data-key]').count();
	expect(await drawn()).toBeLessThan(400);

	await page.locator('.diagram svg').evaluate((svg) => svg.scrollIntoView({ block: 'end', inline: 'end' }));
	await expect(card('layer999')).toBeVisible();
	await expect(card('layer300')).toHaveCount(0);
	await card('layer999').dispatchEvent('click');
	await card('layer999').focus();
	await page.keyboard.press('ArrowLeft');
	await expect(card('layer998')).toBeFocused();
	expect(await drawn()).toBeLessThan(400);

	await page.locator('.diagram').getByRole('button', { name: 'Share' }).click();
	const svg = (await savedBy(page.getByRole('button', { name: 'Save SVG' }))).bytes.toString();
	for (const i of [0, 300, 999]) expect(svg).toContain(`layer${i}: ReLU`);
});

test('the policy reaches the engine’s worker, and those that it starts, on a host that sends no headers', async ({
	browser
}) => {
	const [host, other] = [new SiteHost(), new SiteHost()];
	await Promise.all([host.start(), other.start()]);
	// Without the service worker, which would add headers.
	const page = await browser.newPage({ serviceWorkers: 'block' });
	try {
		await page.goto(
			`${host.address}en/playground?network=mobilenet&weights=mobilenet:random&alpha=0.25&resolution=64`
		);
		await page.locator('html[data-alive]').waitFor({ state: 'attached' });
		const started = page.waitForEvent('worker');
		await page.getByRole('button', { name: 'Run', exact: true }).click();
		const worker = await started;
		await expect(page.getByTestId('lane-mobilenet')).toHaveAttribute('data-phase', 'ready');
		const attack = await worker.evaluate(async (foreign) => {
			// What a debugger evaluates may evaluate in turn; what it leaves behind may not.
			await new Promise((later) => setTimeout(later));
			const nameOf = (error: unknown) => (error as Error).name;
			const tried = (attempt: () => unknown) => {
				try {
					attempt();
					return 'done';
				} catch (error) {
					return nameOf(error);
				}
			};
			return {
				eval: tried(() => (0, eval)('1')),
				function: tried(() => Function('return 1')()),
				worker: tried(() => new Worker('data:text/javascript,1')),
				import: await import(`${foreign}language.js`).then(() => 'done', nameOf),
				fetch: await fetch(`${foreign}en`, { mode: 'no-cors' }).then(() => 'done', nameOf)
			};
		}, other.address);
		expect(attack).toEqual({
			eval: 'EvalError',
			function: 'EvalError',
			worker: 'TypeError',
			import: 'TypeError',
			fetch: 'TypeError'
		});
		expect(other.asked).toEqual([]);
	} finally {
		await page.close();
		host.close();
		other.close();
	}
});

/** The part of Trusted Types that an attack would use. */
interface WithPolicies {
	readonly trustedTypes: { createPolicy(name: string, rules: object): unknown };
}

test('Trusted Types are enforced in pages and in the engine’s worker, where the browser has them, and the site works', async ({
	page,
	quiet
}) => {
	await open(
		page,
		'/en/playground?network=mobilenet&weights=mobilenet:random&alpha=0.25&resolution=64&backend=wasm'
	);
	const started = page.waitForEvent('worker');
	await page.getByRole('button', { name: 'Run', exact: true }).click();
	const worker = await started;
	await expect(page.getByTestId('lane-mobilenet')).toHaveAttribute('data-phase', 'ready');
	expect(quiet).toEqual([]);

	const inPage = await page.evaluate(async () => {
		// What a debugger evaluates may do more; what it leaves behind may not.
		await new Promise((later) => setTimeout(later));
		const { trustedTypes } = self as unknown as WithPolicies;
		const attacks: Record<string, () => unknown> = {
			markup: () => (document.createElement('div').innerHTML = '<img src=x onerror=alert(1)>'),
			besides: () => document.body.insertAdjacentHTML('beforeend', '<b>'),
			written: () => document.write('<b>'),
			fragment: () => document.createRange().createContextualFragment('<b>'),
			frame: () => (document.createElement('iframe').srcdoc = '<script>alert(1)</script>'),
			address: () => (document.createElement('script').src = '/early.js'),
			text: () => (document.createElement('script').text = 'alert(1)'),
			worker: () => new Worker('/early.js'),
			policy: () => trustedTypes.createPolicy('another', {}),
			'a policy of the site’s': () => trustedTypes.createPolicy('lightnets', {})
		};
		return Object.entries(attacks).map(([name, attack]) => {
			try {
				attack();
				return [name, 'done'];
			} catch (error) {
				return [name, (error as Error).name];
			}
		});
	});
	for (const [name, outcome] of inPage) expect(outcome, name).toBe('TypeError');

	const inWorker = await worker.evaluate(async () => {
		await new Promise((later) => setTimeout(later));
		const { trustedTypes } = self as unknown as WithPolicies;
		const attacks: Record<string, () => unknown> = {
			'a worker of another host’s': () => new Worker('https://example.com/worker.js'),
			'a worker of text': () => new Worker('data:text/javascript,1'),
			policy: () => trustedTypes.createPolicy('another', {}),
			'the default again': () => trustedTypes.createPolicy('default', {})
		};
		return Object.entries(attacks).map(([name, attack]) => {
			try {
				attack();
				return [name, 'done'];
			} catch (error) {
				return [name, (error as Error).name];
			}
		});
	});
	for (const [name, outcome] of inWorker) expect(outcome, name).toBe('TypeError');
	// That is what browsers log of attacks.
	quiet.length = 0;

	await page.getByRole('button', { name: /^Run/ }).click();
	await expect(page.getByTestId('lane-mobilenet')).toHaveAttribute('data-phase', 'ready');
	// Markup of lessons is set by the site's own policy.
	await open(page, '/en/learn/mobilenet');
	await expect(page.locator('main article, main .text').first()).toBeVisible();
});
