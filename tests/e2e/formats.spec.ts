import type { Page } from '@playwright/test';
import { attribute, model, node, tensor, value } from '../unit/formats/onnxFile';
import { formatGraph, GraphBuilder } from '../../src/lib/nets';
import { alone, expect, open, reloaded, savedBy, test } from './site';

const kernel = Float32Array.from({ length: 4 * 27 }, (_, i) => Math.sin(i) / 5);

/** A convolution and ReLU over pictures of 32×32, and the mean of each channel; with a mystery in the middle, if asked for. */
const file = (mystery = false) =>
	Buffer.from(
		model({
			nodes: [
				node(
					'Conv',
					['image', 'features.0.weight'],
					['a'],
					[attribute('kernel_shape', [3, 3]), attribute('pads', [1, 1, 1, 1])],
					'/features/0/Conv'
				),
				node(mystery ? 'Mystery' : 'Relu', ['a'], ['b'], [], '/features/1/Relu'),
				node('GlobalAveragePool', ['b'], ['c'], [], '/pool/GlobalAveragePool')
			],
			initializers: [tensor('features.0.weight', [4, 3, 3, 3], kernel)],
			inputs: [value('image', [1, 3, 32, 32])],
			outputs: [value('c', [1, 4, 1, 1])]
		})
	);

const choose = (page: Page, name: string, buffer: Buffer) =>
	page.getByTestId('model-files').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
const fileOf = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer });
/** Lets networks go on an element. @returns whether the page took them from the browser */
const letGoNetworks = (page: Page, selector: string, names: readonly string[], content = file()) =>
	page.locator(selector).evaluate(
		(target, { names, bytes }) => {
			const dataTransfer = new DataTransfer();
			for (const name of names) dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
			return !target.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
		},
		{ names, bytes: [...content] }
	);
/** A network of another structure. */
const other = () =>
	Buffer.from(
		model({
			nodes: [
				node('Conv', ['image', 'w'], ['a'], [], 'conv'),
				node('GlobalAveragePool', ['a'], ['b'], [], 'pool')
			],
			initializers: [tensor('w', [2, 3, 1, 1], new Float32Array(6).fill(1))],
			inputs: [value('image', [1, 3, 32, 32])],
			outputs: [value('b', [1, 2, 1, 1])]
		})
	);
const total = (page: Page) => page.locator('[data-total=macs]');

test('a file opens as a network with everything, whatever it is called, and runs on pictures with its own weights', async ({
	page
}) => {
	await open(page, '/en/networks/own');
	await choose(page, 'net.bin', file());
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('net');
	await expect(total(page)).toHaveText('110,592');
	await expect(page.getByText('From net.bin (ONNX)')).toBeVisible();
	await expect(page.getByRole('heading', { name: 'The network' })).toBeVisible();

	await page.getByRole('link', { name: 'Run it on pictures' }).click();
	const lane = page.getByTestId('lane-own');
	await expect(lane).toContainText('Weights from net.bin.');
	await expect(lane).toContainText('How pictures are prepared: RGB, ImageNet’s mean and deviation (PyTorch)');
	await page.getByRole('button', { name: 'Run', exact: true }).click();
	await expect(lane).toHaveAttribute('data-phase', 'ready');
	await expect(lane).toContainText(/\d\sms/);
	// Another way of preparing pictures is another run.
	await lane.getByText('How pictures are prepared').first().click();
	const ways = lane.getByRole('combobox', { name: 'How pictures are prepared' });
	await ways.focus();
	await ways.selectOption('unit');
	await expect(lane).toHaveAttribute('data-phase', 'ready');
	// It stays open, with the focus where it was.
	await expect(ways).toBeVisible();
	await expect(ways).toBeFocused();
	// Names of the classes, and the way, go along to the other language.
	await lane
		.locator('input[type=file]')
		.setInputFiles(fileOf('names.txt', Buffer.from('north\neast\nsouth\nwest')));
	await expect(lane).toContainText('Names of its 4 classes from names.txt.');
	await lane.locator('input[type=file]').setInputFiles(fileOf('wrong.txt', Buffer.from('one\ntwo')));
	await expect(lane.getByRole('alert')).toContainText('The names that were chosen before stay.');
	await reloaded(page, () => page.getByRole('link', { name: '中文' }).click());
	await page.getByRole('button', { name: '运行', exact: true }).click();
	await expect(lane).toHaveAttribute('data-phase', 'ready');
	for (const name of ['north', 'east', 'south', 'west']) await expect(lane).toContainText(name);
	await expect(lane).toContainText('4 个类别的名称来自 names.txt');
});

/** What the browser keeps of what a reader has told of a network: it is written a moment after it is shown. */
const keptTold = (page: Page) =>
	page.evaluate(async () => {
		for (const name of await caches.keys())
			for (const request of await (await caches.open(name)).keys())
				if (request.url.endsWith('/told')) return (await caches.match(request))?.text() ?? '';
		return '';
	});

test('names of classes are taken where they are let go, are said to be in use after a reload, and can be given up', async ({
	page
}) => {
	await open(page, '/en/networks/own');
	await choose(page, 'net.onnx', file());
	await page.getByRole('button', { name: /^Keep it in this browser/ }).click();
	await page.getByRole('link', { name: 'Run it on pictures' }).click();
	const lane = page.getByTestId('lane-own');
	await expect(lane).toContainText('Weights from net.onnx.');
	await expect(lane).not.toContainText('Names of its 4 classes');
	const letGo = (name: string, text: string) =>
		page.locator('h1').evaluate(
			(target, [name, text]) => {
				const dataTransfer = new DataTransfer();
				dataTransfer.items.add(new File([text!], name!, { type: 'text/plain' }));
				target.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
			},
			[name, text]
		);
	await letGo('names.txt', 'north\neast\nsouth\nwest');
	await expect(lane).toContainText('Names of its 4 classes from names.txt.');
	await letGo('two.json', '["one", "two"]');
	await expect(page.getByRole('alert')).toHaveText(
		'two.json has 2 names, and the network 4 outputs: they are left out. The names that were chosen before stay.'
	);
	// What is said away from the place for files points to nothing there.
	await letGo('notes.md', 'hello');
	await expect(page.getByRole('alert')).toContainText('notes.md: no file of a kind that is read here.');
	await expect(page.getByRole('alert')).not.toContainText('Below');
	// A preparation that the reader has chosen is no guess.
	await lane.getByText('How pictures are prepared').first().click();
	await expect(lane).toContainText('This is a guess from the kind of file');
	await lane.getByRole('combobox', { name: 'How pictures are prepared' }).selectOption('unit');
	await expect(lane).not.toContainText('This is a guess');
	await expect.poll(() => keptTold(page)).toMatch(/"labels".*"preprocessing"|"preprocessing".*"labels"/);
	await page.reload();
	await expect(lane).toContainText('Names of its 4 classes from names.txt.');
	await lane.getByText('How pictures are prepared').first().click();
	await expect(lane).not.toContainText('This is a guess');
	await lane.getByRole('button', { name: 'Remove these names' }).click();
	await expect(lane).not.toContainText('Names of its 4 classes');
	await expect(lane.locator('input[type=file]')).toBeFocused();
	await expect.poll(() => keptTold(page)).not.toContain('"north"');
	await page.reload();
	await expect(lane).toContainText('Weights from net.onnx.');
	await expect(lane).not.toContainText('Names of its 4 classes');
});

test('the ways back and forward to the playground show the network of the address', async ({ page }) => {
	const lane = page.getByTestId('lane-own');
	await open(page, '/en/networks/own');
	await choose(page, 'first.onnx', file());
	await page.getByRole('link', { name: 'Run it on pictures' }).click();
	await expect(lane).toContainText('Weights from first.onnx.');
	const before = page.url();
	await letGoNetworks(page, 'h1', ['second.onnx'], other());
	await expect(lane).toContainText('Weights from second.onnx.');
	await expect(page).not.toHaveURL(before);
	await page.goBack();
	await expect(page.getByText('From first.onnx (ONNX)')).toBeVisible();
	await page.goForward();
	await expect(lane).toContainText('Weights from second.onnx.');
});

alone('a file that is let go while a kept one is being found is opened', async ({ page }) => {
	await page.addInitScript(() => {
		const { match } = Cache.prototype;
		const isReleased = new Promise((done) => addEventListener('test:release', done));
		Cache.prototype.match = async function (...given) {
			const found = await match.apply(this, given);
			if (/\/models\//.test(String(given[0])) && 'isHeld' in sessionStorage) await isReleased;
			return found;
		};
	});
	await open(page, '/en/networks/own');
	await choose(page, 'kept.onnx', file());
	await page.getByRole('button', { name: /^Keep it in this browser/ }).click();
	await expect(page).toHaveURL(/#file=/);
	await page.evaluate(() => (sessionStorage['isHeld'] = 'yes'));
	await page.reload();
	await expect(page.locator('html')).toHaveAttribute('data-alive');
	await letGoNetworks(page, 'h1', ['dropped.onnx'], other());
	await page.evaluate(() => {
		delete sessionStorage['isHeld'];
		dispatchEvent(new Event('test:release'));
	});
	await expect(page.getByText('From dropped.onnx (ONNX)')).toBeVisible();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('dropped');
});

test('a network that is a text is pasted anywhere on the page', async ({ page }) => {
	await open(page, '/en/networks/own');
	const paste = (selector: string, text: string) =>
		page.locator(selector).evaluate((target, text) => {
			const clipboardData = new DataTransfer();
			clipboardData.setData('text', text);
			target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
		}, text);
	const graph = JSON.stringify({
		...{ version: 1, name: 'pasted', inputs: [{ id: 'x', shape: [4, 4, 3] }], output: 'a' },
		nodes: [{ id: 'a', op: 'relu', inputs: ['x'] }]
	});
	await paste('h1', 'any other text');
	await paste('h1', graph);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('pasted');
	await expect(page.getByText('From The text')).toBeVisible();
});

test('on a phone a network of one’s own with a long name is seen to be chosen, and its name begins where it begins', async ({
	page
}) => {
	await page.setViewportSize({ width: 360, height: 780 });
	await open(page, '/en/networks/own');
	await choose(page, 'MobilenetV1.MobilenetV1.Conv2d_3_pointwise.Relu6.of-a-phone.onnx', file());
	await page.getByRole('link', { name: 'Run it on pictures' }).click();
	await expect(page.getByTestId('lane-own')).toBeVisible();
	await expect(page.getByRole('combobox', { name: 'Other networks' })).toBeInViewport({ ratio: 0.5 });
	const trail = page.getByRole('navigation', { name: 'Where you are' }).getByRole('list');
	await expect(trail).toBeVisible();
	expect(await trail.evaluate(({ scrollLeft }) => scrollLeft)).toBe(0);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});

test('of a network that costs nothing it is said, and no bars are drawn; long names of layers break', async ({
	page
}) => {
	const chain = (type: string, name: string) =>
		Buffer.from(
			model({
				nodes: [node(type, type === 'Conv' ? ['x', 'w'] : ['x'], ['y'], [], name)],
				initializers: [tensor('w', [2, 3, 1, 1], new Float32Array(6))],
				inputs: [value('x', [1, 3, 4, 4])],
				outputs: [value('y', [1, type === 'Conv' ? 2 : 3, 4, 4])]
			})
		);
	await page.setViewportSize({ width: 360, height: 780 });
	await open(page, '/en/networks/own');
	await choose(page, 'free.onnx', chain('Relu', 'act'));
	const where = page.getByRole('region', { name: 'Where the cost sits' });
	await expect(where).toContainText('Nothing that is counted in this network costs');
	await expect(where.getByRole('slider')).toHaveCount(0);
	await choose(page, 'long.onnx', chain('Conv', 'MobilenetV1/MobilenetV1/Conv2d_3_pointwise/Relu6/and/more'));
	await expect(where.getByRole('slider')).toHaveCount(1);
	await expect(where.locator('.numbers')).toContainText('Conv2d_3_pointwise');
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});

test('a phone shows a network as a page: its sum closes again, both totals are whole, no label of the chart lies over another', async ({
	page
}) => {
	await page.setViewportSize({ width: 360, height: 780 });
	await open(page, '/en/networks/own');
	await choose(page, 'a-name-that-is-longer-than-the-chart-of-a-phone.onnx', file());
	const macs = page.getByRole('button', { name: /^MACs.*the sum/ });
	await macs.click();
	await expect(macs).toContainText('Hide the sum');
	await macs.click();
	await expect(macs).toContainText('Show the sum');
	// What is as long as the network is deep is opened by hand.
	await expect(page.locator('details', { has: page.locator('#flow') })).not.toHaveAttribute('open');

	await page.getByRole('link', { name: 'Put it on the chart' }).click();
	await expect(page.locator('[data-own]')).toBeVisible();
	const labels = await page.locator('svg:has([data-own])').evaluate((svg) => {
		const boxes = [...svg.querySelectorAll('.labels > g:not(.covered) text, [data-live] text')].map((text) =>
			text.getBoundingClientRect()
		);
		const overlaps = boxes.flatMap((a, i) =>
			boxes
				.slice(i + 1)
				.filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
		);
		return { hasMany: boxes.length > 4, overlaps: overlaps.length };
	});
	expect(labels).toEqual({ hasMany: true, overlaps: 0 });

	await open(page, '/en/networks/two');
	for (const at of [0, 1])
		await page
			.getByTestId('model-files')
			.nth(at)
			.setInputFiles(fileOf(`${at}.onnx`, file()));
	const cells = page.getByTestId('difference').locator('table').first().locator('td');
	await expect(cells).toHaveCount(10);
	for (const cell of await cells.all()) {
		const { x, width } = (await cell.boundingBox())!;
		expect(x).toBeGreaterThanOrEqual(0);
		expect(x + width).toBeLessThanOrEqual(360);
	}
});

test('it is taken at another size of pictures, runs at it, and stands on the chart with its time', async ({
	page
}) => {
	await open(page, '/en/networks/own');
	const size = page.getByLabel('Height and width of the input');
	await choose(page, 'strange.onnx', file(true));
	await size.fill('16');
	await size.press('Enter');
	await expect(page.getByRole('alert')).toContainText('The size stays 32×32');
	await expect(size).toHaveValue('32');

	await choose(page, 'net.onnx', file());
	await expect(total(page)).toHaveText('110,592');
	await size.fill('16');
	await size.press('Enter');
	await expect(total(page)).toHaveText('27,648');
	await page.getByRole('link', { name: 'Run it on pictures' }).click();
	await page.getByRole('button', { name: 'Run', exact: true }).click();
	await expect(page.getByTestId('lane-own')).toContainText(/Median of \d/);
	await page.goBack();
	await page.getByRole('link', { name: 'Put it on the chart' }).click();
	await expect(page.getByTestId('own-on-chart')).toContainText(
		/27,648 MACs.*A run takes it .*ms \(.*ms to .*ms, \d runs\) on this device/
	);
	await expect(page.getByRole('row', { name: /^net / })).toContainText(
		/16.*108.*27,648.*your own, counted here/
	);
});

test('a file that the playground cannot open leaves it as wide as the screen', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 780 });
	await open(page, '/zh/playground?network=own');
	await choose(page, 'notes.onnx', Buffer.from('hello'));
	await expect(page.getByRole('alert')).toContainText('notes.onnx');
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});

test('what cannot be computed is not counted, and the total says so; what stands before it runs', async ({
	page
}) => {
	await open(page, '/zh/networks/own');
	await choose(page, '网络.onnx', file(true));
	await expect(total(page)).toHaveText('至少 110,592');
	await expect(page.getByText('有 1 个算子此处无法计算（Mystery）')).toBeVisible();
	await page.getByRole('link', { name: '用图片运行' }).click();
	await page.getByRole('button', { name: '运行', exact: true }).click();
	await expect(page.getByTestId('lane-own')).toHaveAttribute('data-phase', 'ready');
	await expect(page.getByTestId('lane-own')).toContainText('（Mystery）在这里无法计算');
	await expect(page.getByTestId('top-five')).toHaveCount(0);
});

test('a network of which nothing can be computed is met with a sentence in the page’s language', async ({
	page
}) => {
	const nodes = [node('Mystery', ['image'], ['c'], [], '/head/Mystery')];
	const all = model({
		nodes,
		initializers: [],
		inputs: [value('image', [1, 3, 32, 32])],
		outputs: [value('c', [1, 4, 1, 1])]
	});
	await open(page, '/zh/networks/own');
	await choose(page, 'all.onnx', Buffer.from(all));
	// Nothing is offered that does not go, and it is said why; the playground, reached all the same, says it, too.
	await expect(page.getByText(/它在这里无法运行：.*Mystery 无法计算/)).toBeVisible();
	await expect(page.getByRole('link', { name: /运行/ })).toHaveCount(0);
	await page.getByRole('link', { name: '放到对比图上' }).click();
	await expect(page.getByTestId('own-on-chart')).toBeVisible();
	await open(page, `/zh/playground?network=own${new URL(page.url()).hash}`);
	await page.getByRole('button', { name: '运行', exact: true }).click();
	await expect(page.getByRole('alert')).toContainText('在这里无法计算，而其余部分都依赖它');
});

test('a network that takes no picture says that it ran on zeros, beside none', async ({ page }) => {
	const nodes = [node('Relu', ['x'], ['c'], [], '/act/Relu')];
	const other = model({
		nodes,
		initializers: [],
		inputs: [value('x', [1, 12, 1, 1])],
		outputs: [value('c', [1, 12, 1, 1])]
	});
	await open(page, '/en/networks/own');
	await choose(page, 'other.onnx', Buffer.from(other));
	await expect(page.getByText('It takes 1×1×12, not a picture')).toBeVisible();
	await page.getByRole('link', { name: 'Run it on zeros' }).click();
	await page.getByRole('button', { name: 'Run', exact: true }).click();
	await expect(page.getByTestId('lane-own')).toContainText('so it ran on zeros');
	await expect(page.getByTestId('top-five')).toHaveCount(0);
	await expect(page.getByTestId('picture')).toHaveCount(0);
});

test('what was opened goes along to the other language, and weights that a reload loses are said to be', async ({
	page
}) => {
	await open(page, '/en/networks/own');
	await choose(page, 'net.onnx', file());
	await expect(page.getByRole('link', { name: 'Run it on pictures' })).toBeVisible();
	await page.reload();
	await expect(page.getByText('open net.onnx again')).toBeVisible();
	await choose(page, 'net.onnx', file());
	await reloaded(page, () => page.getByRole('link', { name: '中文' }).click());
	await expect(page.getByRole('link', { name: '用图片运行' })).toBeVisible();
	// The way back is loaded anew, and so is the one that follows when another file was opened.
	await choose(page, 'next.onnx', file());
	await expect(page.getByText('来自 next.onnx')).toBeVisible();
	// Once it is put down for the way back.
	await expect.poll(() => page.evaluate(() => sessionStorage.getItem('carried'))).toContain('next.onnx');
	await page.goBack();
	await reloaded(page, () => page.goBack());
	await expect(page.getByText('From next.onnx (ONNX)')).toBeVisible();
	await expect(page.getByText('no longer here')).toHaveCount(0);
});

test('a file that is read while the language is changed is read there, and what was open is there as well', async ({
	page
}) => {
	await open(page, '/en/networks/own');
	await choose(page, 'net.onnx', file());
	await expect(total(page)).toHaveText('110,592');
	// The reader of files does not come, so it goes on reading.
	await page.route(/open\.worker/, () => {});
	await page.getByTestId('another-file').setInputFiles(fileOf('next.onnx', file(true)));
	await expect(page.getByText(/^Reading/).first()).toBeVisible();
	await reloaded(page, () => page.getByRole('link', { name: '中文' }).click());
	// Nothing is said of weights until they are there.
	await expect(page.getByText('正在读取').first()).toBeVisible();
	await expect(page.getByRole('link', { name: '运行（未训练）' })).toHaveCount(0);
	await page.unrouteAll({ behavior: 'ignoreErrors' });
	await page.reload();
	await expect(page.getByText('来自 next.onnx（ONNX）')).toBeVisible();
});

test('what opened has the focus and names the tab, and the way back leads to what was open before', async ({
	page
}) => {
	await open(page, '/en/networks/own');
	await choose(page, 'net.onnx', file());
	const heading = page.getByRole('heading', { level: 1 });
	await expect(heading).toBeFocused();
	await expect(page).toHaveTitle('net · Lightnets');
	await page.getByTestId('another-file').setInputFiles(fileOf('strange.onnx', file(true)));
	await expect(heading).toHaveText('strange');
	await expect(heading).toBeFocused();
	await expect(page).toHaveTitle('strange · Lightnets');
	// It is what a screen reader is told, too, and not what stood there before.
	await expect(page.locator('#svelte-announcer')).toHaveText('strange · Lightnets');
	await page.goBack();
	await expect(page.getByText('From net.onnx (ONNX)')).toBeVisible();
	await expect(page.getByRole('link', { name: 'Run it on pictures' })).toBeVisible();
});

test('a file that is let go before the page is alive is opened where it was let go', async ({ page }) => {
	let alive: (() => void) | undefined;
	const wait = new Promise<void>((done) => (alive = done));
	await page.route(/\.js$/, async (route) => {
		await wait;
		await route.continue();
	});
	await page.goto('/en/networks/two', { waitUntil: 'commit' });
	expect(await letGoNetworks(page, '[data-testid=side-1] .drop', ['early.onnx'])).toBe(true);
	alive!();
	await expect(page.getByTestId('side-1')).toContainText('early.onnx (ONNX)');
	await expect(page.getByTestId('side-0')).not.toContainText('early.onnx');
});

test('two networks that are let go at once fill both sides, in their order', async ({ page }) => {
	await open(page, '/en/networks/two');
	await letGoNetworks(page, '[data-testid=side-1] .drop', ['a.onnx', 'b.onnx', 'c.onnx']);
	await expect(page.getByTestId('side-0')).toContainText('a.onnx (ONNX)');
	await expect(page.getByTestId('side-1')).toContainText('b.onnx (ONNX)');
	await expect(page.getByTestId('difference')).toContainText('All 3 layers are the same.');
	await expect(page.getByRole('alert')).toHaveText('More than two networks were given: c.onnx not opened.');
	await expect(page).toHaveTitle('a.onnx, b.onnx · Two files side by side · Lightnets');
});

test('after a change of language, files that were compared there do not take the place of the one to compare', async ({
	page
}) => {
	await open(page, '/zh/networks/two');
	await letGoNetworks(page, '[data-testid=side-1] .drop', ['a.onnx', 'b.onnx']);
	await expect(page.getByTestId('side-1')).toContainText('b.onnx');
	await reloaded(page, () => page.getByRole('link', { name: 'English' }).click());
	await expect(page.getByTestId('side-0')).toContainText('a.onnx (ONNX)');
	await expect(page.getByTestId('side-1')).toContainText('b.onnx (ONNX)');

	await open(page, '/en/networks/own');
	await choose(page, 'since.onnx', file());
	await page.getByRole('link', { name: 'Compare it with another file' }).click();
	await expect(page.getByTestId('side-0')).toContainText('since.onnx (ONNX)');
	await expect(page.getByTestId('difference')).toHaveCount(0);
	await expect(page.getByTestId('side-1')).not.toContainText('b.onnx');
});

test('a file that does not open is said to at the top, and not taken for what was open before', async ({
	page
}) => {
	await open(page, '/en/networks/own');
	await choose(page, 'net.onnx', file());
	await expect(total(page)).toHaveText('110,592');
	const bytes = await page.evaluateHandle(() => {
		const data = new DataTransfer();
		data.items.add(new File(['hello'], 'bad.onnx'));
		return data;
	});
	await page.dispatchEvent('h1', 'drop', { dataTransfer: bytes });
	const alert = page.getByRole('alert');
	await expect(alert).toContainText('bad.onnx');
	await expect(alert).toContainText('still the network that was opened before, net');
	await expect(alert).toBeInViewport();
	await expect(alert).toBeFocused();
});

test('weights alone are said to be such, wherever they are let go, and what was open stays', async ({
	page
}) => {
	const header = JSON.stringify({ w: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } });
	const weights = Buffer.alloc(8 + header.length + 4);
	weights.writeBigUInt64LE(BigInt(header.length));
	weights.write(header, 8);
	const letGo = async () => {
		const data = await page.evaluateHandle(
			(bytes) => {
				const data = new DataTransfer();
				data.items.add(new File([new Uint8Array(bytes)], 'w.safetensors'));
				return data;
			},
			[...weights]
		);
		await page.dispatchEvent('h1', 'drop', { dataTransfer: data });
	};
	const alert = page.getByRole('alert');
	const sentence = 'the weights of a network (safetensors), without its structure';
	await open(page, '/en/learn');
	await letGo();
	await expect(alert).toContainText(sentence);
	await expect(page).toHaveURL(/\/networks\/own/);
	// Chosen where files are opened, it is said there.
	await choose(page, 'w.safetensors', weights);
	await expect(
		page.getByRole('group', { name: 'Open a network from a file' }).getByRole('alert')
	).toContainText(sentence);
	// And no longer at the top, as of the file before.
	await expect(alert).toHaveCount(1);
	await choose(page, 'net.onnx', file());
	await expect(total(page)).toHaveText('110,592');
	await letGo();
	await expect(alert).toContainText(sentence);
	await expect(alert).toContainText('still the network that was opened before, net');
	await expect(alert).toBeFocused();
});

test('a file of another kind is met with a sentence and with how to export one', async ({ page }) => {
	await open(page, '/en/networks/own');
	await choose(page, 'notes.onnx', Buffer.from('hello'));
	await expect(page.getByRole('alert')).toContainText('notes.onnx: no file of a kind that is read here.');
	await expect(page.getByText('torch.onnx.export(')).toBeVisible();
	await choose(page, 'cut.onnx', file().subarray(0, 300));
	await expect(page.getByRole('alert')).toContainText('cut.onnx cannot be read');
	// The fuzzer's: of nothing, no share is read.
	const nothing = { name: 'nothing.onnx', mimeType: 'application/octet-stream', buffer: Buffer.alloc(0) };
	await page.getByTestId('model-files').setInputFiles(nothing);
	await expect(page.getByRole('alert')).toHaveText('nothing.onnx is empty.');
});

for (const address of ['/en/ops/standard', '/en/nowhere'])
	test(`a file let go anywhere on the site opens as a network: ${address}`, async ({ page, quiet }) => {
		await open(page, address);
		await expect(async () => {
			const isTaken = await page.evaluate(
				(bytes) => {
					const dataTransfer = new DataTransfer();
					dataTransfer.items.add(new File([new Uint8Array(bytes)], 'dropped.onnx'));
					const init = { dataTransfer, bubbles: true, cancelable: true };
					document.body.dispatchEvent(new DragEvent('dragover', init));
					return !document.body.dispatchEvent(new DragEvent('drop', init));
				},
				[...file()]
			);
			expect(isTaken).toBe(true);
		}).toPass();
		await expect(page).toHaveURL(/\/en\/networks\/own/);
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('dropped');
		await expect(total(page)).toHaveText('110,592');
		// Browser and router log the status of an address that leads nowhere.
		quiet.splice(0, quiet.length, ...quiet.filter((trouble) => !/404|Not found/.test(trouble)));
	});

test('a drag says over the whole page what letting go will do', async ({ page }) => {
	await open(page, '/en/compare');
	await page.evaluate(() => {
		const dataTransfer = new DataTransfer();
		dataTransfer.items.add(new File(['x'], 'net.onnx'));
		document.body.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }));
	});
	const target = page.getByRole('status').filter({ hasText: 'Let go to open it as a network' });
	await expect(target).toBeVisible();
	const { x, width } = (await target.boundingBox())!;
	expect([x, x + width]).toEqual([12, 1280 - 12]);
});

test('a network of this site as JSON opens beside another network in the playground, as any other file does', async ({
	page
}) => {
	await open(page, '/en/playground?network=mobilenet');
	const graph = new GraphBuilder('tiny', [32, 32, 3]);
	const conv = graph.conv2d('conv', graph.input, { outChannels: 4, kernelSize: 3 });
	const json = Buffer.from(formatGraph(graph.build(graph.globalAvgPool('pool', conv))));
	expect(await letGoNetworks(page, 'h1', ['tiny.json'], json)).toBe(true);
	await expect(page).toHaveURL(/network=own/);
	await expect(page.getByTestId('lane-own')).toBeVisible();
	await expect(page.getByTestId('lane-own')).toContainText('tiny');
});

test('of two networks that are dropped together, the one that is not opened is named', async ({ page }) => {
	await open(page, '/en/networks/own');
	const both = ['first.onnx', 'second.onnx'].map((name) => ({
		...{ name, mimeType: 'application/octet-stream', buffer: file() }
	}));
	await page.getByTestId('model-files').setInputFiles(both);
	await expect(page.getByText('second.onnx is another network, and is not opened')).toBeVisible();
	// It is none of what was opened, nor of what would be kept.
	await expect(page.getByText('From first.onnx (ONNX)')).toBeVisible();
	const { length } = file();
	await expect(page.getByRole('button', { name: `Keep it in this browser (${length} B)` })).toBeVisible();
	await expect(page.getByRole('link', { name: 'Compare it with another file' })).toBeVisible();
});

test('a broken file that is let go in the playground leaves the network that is shown; a whole one takes its place', async ({
	page
}) => {
	await open(page, '/en/playground?network=squeezenet');
	const lane = page.getByTestId('lane-squeezenet');
	await expect(lane).toBeVisible();
	const letGo = async (bytes: Buffer) => {
		const dataTransfer = await page.evaluateHandle(
			(values) => {
				const transfer = new DataTransfer();
				transfer.items.add(new File([new Uint8Array(values)], 'net.onnx'));
				return transfer;
			},
			[...bytes]
		);
		await page.dispatchEvent('h1', 'drop', { dataTransfer });
	};
	await letGo(file().subarray(0, 300));
	await expect(page.getByText('net.onnx cannot be read')).toBeVisible();
	await expect(lane).toBeVisible();
	await letGo(file());
	await expect(page.getByTestId('lane-own')).toContainText('Weights from net.onnx.');
});

test('more files than a network has are refused in a sentence, anywhere on the site', async ({ page }) => {
	for (const address of ['/en/compare', '/en/networks/own']) {
		await open(page, address);
		const target = address.endsWith('own') ? '.drop' : 'h1';
		await page.locator(target).evaluate((target) => {
			const dataTransfer = new DataTransfer();
			for (let i = 0; i < 201; i++) dataTransfer.items.add(new File(['x'], `${i}.bin`));
			target.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
		});
		await expect(page.getByRole('alert')).toHaveText('201 files at once are too many here; at most 200.');
		await expect(page).toHaveURL(new RegExp(`${address}$`));
	}
});

/** Lets something go on an element, as a drag does. @returns whether the page took it from the browser */
const letGo = (
	page: Page,
	selector: string,
	what: { readonly files?: readonly string[]; readonly text?: string }
) =>
	page
		.locator(selector)
		.first()
		.evaluate((target, { files = [], text }) => {
			const dataTransfer = new DataTransfer();
			for (const name of files) dataTransfer.items.add(new File(['x'], name));
			if (text !== undefined) dataTransfer.setData('text/plain', text);
			const init = { dataTransfer, bubbles: true, cancelable: true };
			target.dispatchEvent(new DragEvent('dragover', init));
			return !target.dispatchEvent(new DragEvent('drop', init));
		}, what);

test('a text that is let go does one thing, and says it: on a page, a button, a field and where networks are opened', async ({
	page
}) => {
	await open(page, '/en/ops/standard');
	const said = page.getByRole('alert');
	for (const target of ['h1', 'button', 'svg']) {
		expect(await letGo(page, target, { text: 'hello' })).toBe(true);
		await expect(said).toHaveText(/^Text that is dropped here is not opened/);
	}
	// The browser's: it goes where it was let go.
	await page.goto('about:blank');
	await open(page, '/en/networks/own');
	expect(await letGo(page, 'main input[type=number], footer select, header select', { text: '12' })).toBe(
		false
	);
	await expect(said).toHaveCount(0);
	expect(await letGo(page, '.drop .button', { text: 'hello' })).toBe(true);
	await expect(said).toHaveText(/^The text: no file of a kind that is read here/);
	const graph = JSON.stringify({
		...{ version: 1, name: 'Let go', inputs: [{ id: 'input', shape: [4, 4, 2] }], output: 'a' },
		nodes: [{ id: 'a', op: 'relu', inputs: ['input'] }]
	});
	expect(await letGo(page, '.drop .button', { text: graph })).toBe(true);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Let go');
	await expect(said).toHaveCount(0);
});

test('of what is let go on the playground, one sentence stands: that of the last, with names that are whole', async ({
	page
}) => {
	await open(page, '/en/playground?network=mobilenet&weights=mobilenet:random&alpha=0.25&resolution=64');
	const said = page.getByRole('alert');
	// Nothing else was done on the page: a file comes without a pointer.
	await letGo(page, 'h1', { files: ['a.bin'] });
	await expect(page.getByText('The weights of MobileNet v1 stay as they were')).toBeInViewport();
	await expect(said).toHaveText(/no weights/i);
	const names = Array.from({ length: 100 }, (_, i) => `name of file ${i}.xyz`);
	await letGo(page, 'h1', { files: names });
	await expect(said).toHaveText(
		/^name of file 0\.xyz, (name of file \d+\.xyz, )*name of file \d+\.xyz and \d\d more: no file/
	);
	await letGo(page, 'h1', { text: 'hello' });
	await expect(said).toHaveText(/^Text that is dropped here/);
	await letGo(page, 'h1', { files: Array.from({ length: 300 }, (_, i) => `${i}`) });
	await expect(said).toHaveText(/^300 files at once/);
});

test('a file that takes no part in a network is named, and not counted with it', async ({ page }) => {
	await open(page, '/en/networks/own');
	await page
		.getByTestId('model-files')
		.setInputFiles([fileOf('README.md', Buffer.alloc(5000, 'a')), fileOf('net.onnx', file())]);
	await expect(page.getByText('From net.onnx (ONNX)')).toBeVisible();
	await expect(page.getByText('README.md takes no part in this network')).toBeVisible();
	await expect(page.getByRole('button', { name: /^Keep it in this browser \(\d{3} B\)$/ })).toBeVisible();
});

test('a file that is kept in this browser opens again by its address, and goes when it is removed', async ({
	page
}) => {
	await open(page, '/en/networks/own');
	await choose(page, 'net.onnx', file());
	await expect(total(page)).toHaveText('110,592');
	await page.getByRole('button', { name: /^Keep it in this browser \(\d+ B\)$/ }).click();
	await expect(page.getByTestId('keep-model')).toContainText('Kept in this browser');
	await expect(page).toHaveURL(/#file=[0-9a-f]{16}$/);

	await page.reload();
	await expect(total(page)).toHaveText('110,592');
	await expect(page.getByText('From net.onnx (ONNX)')).toBeVisible();
	const address = page.url();
	await page.goto(address.replace('/networks/own#', '/compare#'));
	await expect(page.getByTestId('own-on-chart')).toContainText('110,592');
	await page.goto(address.replace('/networks/own#', '/playground?network=own&picture=rocket#'));
	await expect(page.getByTestId('lane-own')).toContainText('Weights from net.onnx.');
	// It has other samples than what was prerendered: each button shows the one that it is called by.
	const shown = await page
		.getByRole('group', { name: 'Sample pictures' })
		.getByRole('button')
		.evaluateAll((buttons) =>
			buttons.map((button) => [
				button.getAttribute('aria-label'),
				button.querySelector('img')!.src.split('/').at(-1)
			])
		);
	expect(shown).toEqual([
		['A tabby cat', 'chelsea.webp'],
		['A biplane from above', 'biplane.webp'],
		['A sailing boat by the shore', 'junk.webp'],
		['A cup of espresso on a table', 'coffee.webp'],
		['A rocket lifting off', 'rocket.webp'],
		['An astronaut in front of a flag', 'astronaut.webp']
	]);
	await expect(page.getByTestId('picture')).toHaveAttribute('src', /\/rocket\.webp$/);

	await page.goto(address);
	await expect(page.getByTestId('keep-model')).toContainText('Kept in this browser');
	// What no address names is what this tab has, which this browser keeps.
	await page.goto('/en/networks/own');
	await expect(page.getByText('From net.onnx (ONNX)')).toBeVisible();
	await expect(page).toHaveURL(address);
	await page.getByRole('button', { name: 'Remove', exact: true }).click();
	await expect(page).not.toHaveURL(/#file=/);
	await expect(total(page)).toHaveText('110,592');
	await page.goto(address);
	await page.reload();
	await expect(page.getByRole('alert')).toContainText('another browser keeps');
});

test('who leaves for another page while a network is being kept gets there', async ({ page }) => {
	await open(page, '/en/networks/own');
	await choose(page, 'net.onnx', file());
	await expect(page.getByRole('button', { name: /^Keep it in this browser/ })).toBeVisible();
	await page.evaluate(() => {
		const { put } = Cache.prototype;
		const link = [...document.querySelectorAll('a')].find(({ textContent }) =>
			/Run it on/.test(textContent)
		)!;
		// At the last thing that is kept, what follows is the address.
		Cache.prototype.put = async function (...given) {
			await put.apply(this, given);
			if (String(given[0]).endsWith('/about')) link.click();
		};
	});
	await page.getByRole('button', { name: /^Keep it in this browser/ }).click();
	await expect(page.getByTestId('lane-own')).toContainText('Weights from net.onnx.');
});

test('two files stand side by side, and what differs is said', async ({ page }) => {
	await open(page, '/en/networks/two');
	const side = (at: number) => page.getByTestId(`side-${at}`).getByTestId('model-files');
	const take = (at: number, buffer: Buffer) =>
		side(at).setInputFiles({ name: `${at}.onnx`, mimeType: 'application/octet-stream', buffer });
	await take(0, file());
	await take(1, file());
	const found = page.getByTestId('difference');
	await expect(found.getByText('All 3 layers are the same.')).toBeVisible();
	await take(1, file(true));
	// What is behind a layer whose output is not known is not counted, and differs by that.
	await expect(found.getByText(/^\s*3 of 4 layers differ: /)).toBeVisible();
	await expect(found.getByRole('row').filter({ hasText: 'only in the second' })).toContainText('not counted');
});

test('files that stood side by side are named after a new loading, and another visit begins anew', async ({
	page
}) => {
	await open(page, '/zh/networks/two');
	const side = (at: number) => page.getByTestId(`side-${at}`);
	await side(1)
		.getByTestId('model-files')
		.setInputFiles({ name: 'right.onnx', mimeType: 'application/octet-stream', buffer: file() });
	await expect(side(1)).toContainText('right.onnx（ONNX）');
	await page.reload();
	await expect(side(1).getByRole('status').first()).toContainText('right.onnx；现在已不在，请重新打开');
	await expect(side(0)).not.toContainText('现在已不在');
	await page.getByRole('link', { name: '全部网络' }).first().click();
	await expect(page).toHaveURL(/\/zh\/networks$/);
	await page.goBack();
	await expect(side(1)).toBeVisible();
	await expect(side(1)).not.toContainText('现在已不在');
});

test('the way back to two files has both again, and another visit begins anew', async ({ page }) => {
	await open(page, '/en/networks/two');
	await letGoNetworks(page, '[data-testid=side-1] .drop', ['a.onnx', 'b.onnx']);
	await expect(page.getByTestId('difference')).toContainText('All 3 layers are the same.');
	await page.getByRole('link', { name: 'All networks' }).first().click();
	await expect(page).toHaveURL(/\/en\/networks$/);
	await page.goBack();
	await expect(page.getByTestId('side-0')).toContainText('a.onnx (ONNX)');
	await expect(page.getByTestId('side-1')).toContainText('b.onnx (ONNX)');
	await expect(page.getByTestId('difference')).toContainText('All 3 layers are the same.');
	await expect(page.getByRole('row').filter({ hasText: 'Files as stored' })).toHaveCount(1);
	await page.goto('/en/networks/two');
	await expect(page.getByTestId('side-0')).not.toContainText('(ONNX)');
});

test('a file that is chosen before the page is alive is opened, and another one from the top', async ({
	page
}) => {
	let alive: (() => void) | undefined;
	const wait = new Promise<void>((done) => (alive = done));
	await page.route(/\.js$/, async (route) => {
		await wait;
		await route.continue();
	});
	await page.goto('/en/networks/own', { waitUntil: 'commit' });
	await choose(page, 'early.onnx', file());
	alive!();
	await expect(page.getByText('From early.onnx (ONNX)')).toBeVisible();
	const another = page.getByTestId('another-file');
	await another.setInputFiles({
		name: 'next.onnx',
		mimeType: 'application/octet-stream',
		buffer: file(true)
	});
	await expect(page.getByText('From next.onnx (ONNX)')).toBeVisible();
	await another.setInputFiles({
		name: 'broken.onnx',
		mimeType: 'application/octet-stream',
		buffer: file().subarray(0, 90)
	});
	// Said where it was asked for, at the top.
	await expect(page.locator('.failure')).toBeFocused();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('next');
});

test('a network is taken along as ONNX, which opens again, and as a program', async ({ page }) => {
	await open(page, '/en/networks/own');
	await choose(page, 'net.onnx', file());
	await expect(total(page)).toHaveText('110,592');
	const taken = (name: string) => savedBy(page.getByRole('button', { name, exact: true }));
	const program = await taken('PyTorch');
	expect(program.bytes.toString()).toContain('nn.Conv2d(3, 4, kernel_size=3, padding=1');
	const onnx = await taken('ONNX');
	expect(onnx.name).toBe('net.onnx');
	await choose(page, 'again.onnx', onnx.bytes);
	await expect(page.getByText('From again.onnx (ONNX)')).toBeVisible();
	await expect(total(page)).toHaveText('110,592');
	// Files are called as the network is, in its own case.
	await choose(page, 'My Net_v2.onnx', file());
	await expect(page.getByText('From My Net_v2.onnx')).toBeVisible();
	expect((await taken('ONNX')).name).toBe('My-Net_v2.onnx');
	// What it has no word for, it says, and gives the graph.
	await choose(page, 'strange.onnx', file(true));
	await expect(total(page)).toHaveText('at least 110,592');
	for (const name of ['ONNX', 'PyTorch', 'Keras'])
		await expect(page.getByRole('button', { name, exact: true })).toBeDisabled();
	await expect(page.getByText('It cannot be written so')).toHaveText(
		/^ONNX, PyTorch, Keras: .*\(Mystery\)\. The graph as JSON keeps them\.$/
	);
	await taken('Graph (JSON)');
});
