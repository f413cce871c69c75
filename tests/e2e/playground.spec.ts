import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { randomNetworkWeights } from '../../src/lib/engine/program/weights';
import { engineBytes } from '../../src/lib/engine/size';
import { nameWeights } from '../../src/lib/formats/match';
import { writeTensors } from '../../src/lib/formats/tfjs';
import { GraphBuilder, networks, resolveGraph } from '../../src/lib/nets';
import { publishedWeights } from '../data';
import { qdqFile } from '../parity/qdqFile';
import { fileIntegers, storedWeights } from '../unit/nets/quantization/fileIntegers';
import { alone, expect, open, sideways, test } from './site';

/** A network that is small enough to run at once, without trained weights. */
const small = 'network=mobilenet&weights=mobilenet:random&alpha=0.25&resolution=64';
/** Published weights, which are not part of the repository. */
const published = join(publishedWeights.path, 'mobilenet_v1_0.25_224');
const publishedFiles = () => readdirSync(published).map((file) => join(published, file));

const lane = (page: Page, id = 'mobilenet') => page.getByTestId(`lane-${id}`);
/** A machine that is busy takes a while to start the engine. */
const isReady = (page: Page, id?: string) => expect(lane(page, id)).toHaveAttribute('data-phase', 'ready');
const runButton = (page: Page) => page.getByRole('button', { name: /^(Run|Load .* and run|Run again)$/ });

alone(
	'nothing of the engine is loaded before something runs; untrained, it shows a time and no labels',
	async ({ page }) => {
		const engine: string[] = [];
		const bodies: Promise<Buffer>[] = [];
		page.on('request', (request) => {
			if (/\.wasm$|workers\/worker/.test(request.url())) engine.push(request.url());
		});
		await open(page, `/en/playground?${small}`);
		await expect(lane(page)).toContainText('Untrained.');
		await expect(page.getByText('about 350 kB')).toBeVisible();
		expect(engine).toEqual([]);
		page.context().on('response', (response) => {
			if (/\.(wasm|js)$/.test(new URL(response.url()).pathname)) bodies.push(response.body());
		});
		await runButton(page).click();
		await isReady(page);
		expect(engine).not.toEqual([]);
		const sizes = (await Promise.all(bodies)).map((body) => gzipSync(body).length);
		const bytes = sizes.reduce((sum, size) => sum + size, 0);
		expect(Math.abs(bytes / engineBytes - 1), `${bytes} bytes were fetched`).toBeLessThan(0.15);
		await expect(lane(page)).toContainText(/\d\sms/);
		await expect(page.getByTestId('top-five')).toHaveCount(0);
		await expect(page.getByTestId('backend')).toContainText(/WASM, \d+ threads?/);
	}
);

test('on 8-bit integers: size, time and what they change, or why not; and back', async ({ page }) => {
	await open(page, '/en/playground?numbers=int8&backend=wasm');
	// It begins by itself.
	await isReady(page);
	const note = page.getByTestId('integers');
	await expect(note).toContainText(/8-bit integers.* 713\skB.* (took \d+% of the time|told from chance)/);
	const isTaken = !/would take/.test((await note.textContent())!);
	if (isTaken) await expect(note).toContainText(/first answer to this picture is .*differ by at most/);
	await expect(page.getByTestId('top-five')).toBeVisible();
	await page.getByLabel('Numbers').selectOption('float32');
	await expect(note).toHaveCount(0);
	await isReady(page);
	await expect(page).not.toHaveURL(/numbers=/);
});

test('on 8-bit integers beside a graphics processor: two backends, and no share of a time that says nothing of numbers', async ({
	page
}) => {
	await open(page, '/en/playground?numbers=int8&backend=webgl');
	await isReady(page);
	const note = page.getByTestId('integers');
	await expect(note).toContainText(/713\skB.* computed on WASM, 32-bit numbers on WebGL/);
	await expect(note).not.toContainText('% of the time');
	const isTaken = !/would take/.test((await note.textContent())!);
	await expect(page.getByTestId('backend')).toContainText(isTaken ? 'on WASM' : 'WebGL');
});

test('with the weights that come with the site, MobileNet tells the cat and the ship without being asked', async ({
	page
}) => {
	await open(page, '/zh/playground?backend=wasm');
	await expect(lane(page)).toContainText('测试图准确率');
	await isReady(page);
	await expect(lane(page)).toContainText(/\d+ 次运行的中位数/);
	const first = page.getByTestId('top-five').locator('li').first();
	await expect(first).toContainText('猫');
	await page.getByRole('button', { name: '岸边的一艘帆船' }).click();
	await expect(first).toContainText('船');
	await expect(page).toHaveURL(/picture=junk/);
});

alone('who saves data is asked before anything is fetched', async ({ page }) => {
	await page.addInitScript(() =>
		Object.defineProperty(navigator, 'connection', { value: { saveData: true } })
	);
	await open(page, '/en/playground?backend=wasm');
	await page.waitForFunction(() => document.querySelector<HTMLImageElement>('.picture img')?.complete);
	await page.evaluate(() => new Promise((done) => requestIdleCallback(() => requestIdleCallback(done))));
	await expect(lane(page)).toHaveAttribute('data-phase', 'idle');
	await page.setViewportSize({ width: 360, height: 800 });
	expect(await sideways(page)).toBe(0);
	await page.getByRole('button', { name: /^Load .* and run$/ }).click();
	await isReady(page);
});

test('the address holds the networks, the sample and the backend', async ({ page }) => {
	await open(page, '/en/playground?network=all&picture=rocket&backend=wasm');
	await expect(page.getByRole('button', { name: 'All four' })).toHaveAttribute('aria-pressed', 'true');
	await expect(page.getByTestId('picture')).toHaveAttribute('alt', 'A rocket lifting off');
	await expect(page.getByLabel('Runs on')).toHaveValue('wasm');
	for (const id of ['squeezenet', 'mobilenet', 'shufflenet', 'xception'])
		await expect(lane(page, id)).toBeVisible();
	await page.getByRole('button', { name: 'ShuffleNet v1' }).first().click();
	// Samples are of what the weights tell; the one that the address names is there too.
	await expect(page.getByRole('button', { name: 'A cup of espresso on a table' })).toHaveCount(0);
	await page.getByRole('button', { name: 'A sailing boat by the shore' }).click();
	await expect(page).toHaveURL(/\?network=shufflenet&picture=junk&backend=wasm$/);
});

test('a backend that is missing gives a sentence, and WASM runs', async ({ page }) => {
	await open(page, `/en/playground?${small}&backend=webgpu`);
	await runButton(page).click();
	await expect(page.getByText('WebGPU is not to be had in this browser, so WASM is used.')).toBeVisible();
	await isReady(page);
	await expect(page.getByTestId('backend')).toContainText('WASM');
});

test('broken, empty and huge files get a sentence, and the picture before stays', async ({ page }) => {
	await open(page, `/en/playground?${small}`);
	const upload = page.getByLabel('Your own picture');
	// A PNG's header that promises forty thousand pixels a side.
	const huge = Buffer.from('89504e470d0a1a0a0000000d4948445200009c4000009c40', 'hex');
	const bomb = Array.from(
		{ length: 9 },
		(_, i) => `<g id="a${i + 1}">${`<use href="#a${i}"/>`.repeat(9)}</g>`
	);
	const photo = await readFile('static/pictures/rocket.webp');
	const files = [
		[
			'bomb.svg',
			Buffer.from(`<svg><rect id="a0"/>${bomb.join('')}</svg>`),
			'bomb.svg would be drawn from more than 20,000 elements'
		],
		['half.webp', photo.subarray(0, photo.length / 2), 'half.webp is not whole'],
		['broken.png', Buffer.from('this is no picture'), 'The browser finds no picture in broken.png.'],
		['empty.png', Buffer.alloc(0), 'empty.png is empty.'],
		['huge.png', huge, 'huge.png has 40000×40000 pixels; at most 150 million are read here.']
	] as const;
	await page.route('**/pictures/coffee.webp', (route) =>
		route.fulfill({ contentType: 'text/html', body: 'Sign in' })
	);
	await page.getByRole('button', { name: 'A cup of espresso on a table' }).click();
	await expect(page.getByRole('alert')).toContainText('did not load');
	for (const [name, buffer, sentence] of files) {
		await upload.setInputFiles({ name, mimeType: 'image/png', buffer });
		await expect(page.getByRole('alert')).toContainText(sentence);
		await expect(page.getByTestId('picture')).toHaveAttribute('alt', 'A tabby cat');
	}
	await upload.setInputFiles('static/pictures/rocket.webp');
	await expect(page.getByTestId('picture')).toHaveAttribute('aria-label', 'rocket.webp');
	await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a picture whose decoder does not answer is given up in half a minute, with a sentence of its own', async ({
	page
}) => {
	await page.clock.install();
	await open(page, `/en/playground?${small}`);
	// Of more than two million pixels: decoded in a worker.
	const buffer = await sharp({ create: { width: 2000, height: 1500, channels: 3, background: 'red' } })
		.png()
		.toBuffer();
	const asked = page.waitForRequest(/decode\.worker/);
	await page.route(/decode\.worker/, () => {});
	await page
		.getByLabel('Your own picture')
		.setInputFiles({ name: 'large.png', mimeType: 'image/png', buffer });
	await asked;
	await page.clock.fastForward(31_000);
	await expect(page.getByRole('alert')).toHaveText(/large\.png takes too long to read here/);
	await expect(page.getByTestId('picture')).toHaveAttribute('alt', 'A tabby cat');
});

test('a file that computes with integers runs on its own; what keeps another from it is said', async ({
	page
}) => {
	const net = new GraphBuilder('rounded', [32, 32, 3]);
	const conv = net.relu('act', net.conv2d('conv', net.input, { kernelSize: 3, outChannels: 8 }));
	const dense = net.dense('dense', net.globalAvgPool('pool', conv), { outChannels: 4 });
	const resolved = resolveGraph(net.build(net.softmax('softmax', dense)));
	const ranges = Object.fromEntries(
		['input', 'act', 'pool'].map((ref) => [ref, { low: ref === 'input' ? -2 : 0, high: 2 }])
	);
	const integers = fileIntegers(resolved, ranges);
	const weights = storedWeights(resolved, randomNetworkWeights(resolved, 1), integers, 'channel');
	const take = async (bytes: Uint8Array) => {
		await open(page, '/en/playground?network=own&backend=wasm');
		await page.getByTestId('model-files').setInputFiles({
			name: 'rounded.onnx',
			mimeType: 'application/octet-stream',
			buffer: Buffer.from(bytes)
		});
		await runButton(page).click();
		await isReady(page, 'own');
	};
	const note = page.getByTestId('integers');
	await take(qdqFile(resolved, weights, integers, false));
	await expect(note).toContainText(
		/^Runs with the file’s own integers: .*softmax.*outputs differ by at most/
	);
	await page.getByLabel('Numbers').selectOption('float32');
	await expect(note).toHaveCount(0);
	const { pool, ...others } = integers;
	expect(pool).toBeDefined();
	await take(qdqFile(resolved, weights, others, false));
	await expect(note).toContainText(/The file says not, .* at \S+, which is read as “Global average pool”/);
});

test('a picture is pasted, and another dropped', async ({ page }) => {
	await open(page, `/en/playground?${small}`);
	/** Gives the page a picture as the clipboard or a drag would. */
	const give = (how: 'paste' | 'drop', name: string, type = 'image/png') =>
		page.evaluate(
			async ([how, name, type]) => {
				const canvas = new OffscreenCanvas(30, 20);
				canvas.getContext('2d')!.fillRect(0, 0, 30, 20);
				const data = new DataTransfer();
				data.items.add(new File([await canvas.convertToBlob()], name, { type }));
				const about = { bubbles: true, cancelable: true };
				const event =
					how === 'paste'
						? new ClipboardEvent('paste', { clipboardData: data, ...about })
						: new DragEvent('drop', { dataTransfer: data, ...about });
				// What the page has not taken, the browser would open instead of it.
				return !document.querySelector('h1')!.dispatchEvent(event);
			},
			[how, name, type] as const
		);
	for (const [how, name] of [
		['paste', 'pasted.png'],
		['drop', 'dropped.png']
	] as const) {
		expect(await give(how, name)).toBe(true);
		await expect(page.getByTestId('picture')).toHaveAttribute('aria-label', name);
		// A system that knows nothing of its name gives it no type: its content says what it is.
		expect(await give(how, `untold-${how}`, '')).toBe(true);
		await expect(page.getByTestId('picture')).toHaveAttribute('aria-label', `untold-${how}`);
	}
});

test('layers are timed, and networks for the chart, which finds the times again', async ({ page }) => {
	await open(page, `/en/playground?${small}&backend=wasm`);
	const latency = page.getByTestId('latency');
	await expect(latency).toContainText('Run the network first.');
	await runButton(page).click();
	await isReady(page);
	// What is below the first screen comes when the reader does.
	await latency.scrollIntoViewIfNeeded();
	await latency.getByRole('button', { name: 'Time every layer' }).click();
	await expect(page.getByTestId('latency-total')).toContainText(/half of 9 runs/);
	// One network has one time: the card says the same.
	const [, said] = /takes (.*?ms)/.exec(await page.getByTestId('latency-total').innerText())!;
	await expect(page.getByTestId('lane-mobilenet')).toContainText(said!);
	await expect(page.getByTestId('lane-mobilenet')).toContainText('Median of 9 runs');
	await latency.getByText('All layers as a table', { exact: true }).click();
	await expect(latency.getByRole('row', { name: /^conv_pw_13/ })).toContainText('1×1 convolution');
	await page.evaluate(() => {
		const runs = { mobilenet: [40, 41, 45], squeezenet: [80, 81, 82] };
		localStorage.setItem('latency', JSON.stringify({ on: { backend: 'wasm', threads: 2 }, runs }));
	});
	await open(page, '/en/compare?x=latency&y=macs');
	await expect(page.getByTestId('kept-times')).toContainText(
		'2 networks timed on this device, WASM, 2 threads'
	);
	await expect(page.locator('.mark')).toHaveCount(2);
	await expect(page.locator('[data-id=mobilenet]')).toHaveAttribute('aria-label', /Time 41/);
	await page.getByRole('button', { name: 'Forget the times' }).click();
	await expect(page.getByText('None of these networks has been timed')).toBeVisible();
});

for (const [size, type, [width, height], shown] of [
	// Browsers do not follow what a WebP says of itself.
	['small', 'webp', [40, 20], ['20', '40']],
	// Of more than two million pixels: decoded in a worker, and shown with at most 1024 a side.
	['large', 'jpeg', [2400, 1200], ['512', '1024']]
] as const)
	test(`a ${size} ${type} picture is turned upright as its EXIF data says`, async ({ page }) => {
		await open(page, `/en/playground?${small}`);
		const scripts: string[] = [];
		page.on('request', (request) => scripts.push(request.url()));
		// Orientation 6: a quarter turn to the right. The upper half of what is then seen is white.
		const plain = await page.evaluate(
			([type, w, h]) => {
				const canvas = document.createElement('canvas');
				[canvas.width, canvas.height] = [w, h];
				const context = canvas.getContext('2d')!;
				context.fillRect(0, 0, w, h);
				context.fillStyle = 'white';
				context.fillRect(0, 0, w / 2, h);
				return canvas.toDataURL(`image/${type}`).split(',')[1]!;
			},
			[type, width, height] as const
		);
		const file = Buffer.from(plain, 'base64');
		const tiff = Buffer.from('4d4d002a00000008000101120003000000010006000000000000', 'hex');
		const exif = (before: string) => Buffer.concat([Buffer.from(before, 'hex'), tiff]);
		const buffer =
			type === 'jpeg'
				? Buffer.concat([file.subarray(0, 2), exif('ffe10022457869660000'), file.subarray(2)])
				: Buffer.concat([file, exif('455849461a000000')]);
		if (type === 'webp') buffer.writeUInt32LE(buffer.length - 8, 4);
		await page
			.getByLabel('Your own picture')
			.setInputFiles({ name: `turned.${type}`, mimeType: `image/${type}`, buffer });
		const canvas = page.getByTestId('picture').locator('canvas');
		await expect(canvas).toHaveAttribute('width', shown[0]);
		await expect(canvas).toHaveAttribute('height', shown[1]);
		const halves = await canvas.evaluate((of: HTMLCanvasElement) => {
			const copy = document.createElement('canvas');
			[copy.width, copy.height] = [of.width, of.height];
			const context = copy.getContext('2d')!;
			context.drawImage(of, 0, 0);
			return [0.25, 0.75].map((at) => context.getImageData(of.width / 2, of.height * at, 1, 1).data[0]);
		});
		expect(halves).toEqual([255, 0]);
		expect(scripts.some((url) => url.includes('decode.worker'))).toBe(size === 'large');
	});

test('a picture is drawn by keyboard and by pointer', async ({ page }) => {
	await open(page, `/en/playground?${small}`);
	await page.getByRole('button', { name: 'Draw' }).click();
	const sheet = page.getByRole('application', { name: /^Sheet/ });
	await sheet.focus();
	await page.keyboard.press('Space');
	for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowRight');
	await page.keyboard.press('Space');
	await expect(page.getByRole('button', { name: 'Undo' })).toBeEnabled();
	const ink = () =>
		page.evaluate(() => {
			const { data } = document
				.querySelector<HTMLCanvasElement>('.sheet canvas')!
				.getContext('2d')!
				.getImageData(0, 0, 320, 320);
			return data.filter((value, i) => i % 4 === 0 && value < 128).length;
		});
	const drawn = await ink();
	expect(drawn).toBeGreaterThan(500);
	const box = (await sheet.boundingBox())!;
	await page.mouse.move(box.x + 40, box.y + 40);
	await page.mouse.down();
	await page.mouse.move(box.x + 120, box.y + 40);
	await page.mouse.up();
	expect(await ink()).toBeGreaterThan(drawn);
	await runButton(page).click();
	await isReady(page);
	await expect(page.locator('.inside')).toHaveAttribute('aria-busy', 'false');
	const stacks = () => page.locator('.screen canvas').evaluate((of: HTMLCanvasElement) => of.toDataURL());
	const full = await stacks();
	await page.getByRole('button', { name: 'Clear' }).click();
	expect(await ink()).toBe(0);
	// An empty sheet has no answer, and nothing in its network.
	await expect(lane(page)).not.toContainText(/\d\sms/);
	await expect.poll(stacks).not.toBe(full);
	await expect(page.getByText('an empty sheet has no answer')).toBeVisible();
});

alone('where the page begins by itself, nothing says that it waits for a press', async ({ page }) => {
	await page.addInitScript(() => {
		const said: string[] = [];
		Object.assign(window, { said });
		const look = () => {
			// A part of the page that is still being read says a part of it.
			if (document.readyState === 'loading') return;
			const button = document.querySelector<HTMLButtonElement>('.head > button');
			const note = document.querySelector('.engine')?.textContent ?? '';
			if (button) said.push(`${button.disabled ? 'off' : 'on'}: ${button.textContent.trim()} ${note.trim()}`);
		};
		document.addEventListener('readystatechange', look, { once: true });
		const all = { attributes: true, characterData: true, childList: true, subtree: true };
		new MutationObserver(look).observe(document, all);
	});
	await open(page, '/en/playground?backend=wasm');
	await isReady(page);
	const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
	expect(said[0]).toMatch(/^off: Starts by itself… In a moment/);
	expect(said.filter((text) => /on: (Load|Run\b(?! again))|Nothing is loaded before/.test(text))).toEqual([]);
});

alone('a press on "Run" as the page begins by itself does not end what has begun', async ({ page }) => {
	await page.addInitScript(() => {
		// The button is pressed as it becomes "Cancel", at once.
		new MutationObserver(() => {
			const button = document.querySelector<HTMLButtonElement>('.head > button.cancel');
			if (!button || 'pressed' in window) return;
			Object.assign(window, { pressed: true });
			button.click();
		}).observe(document, { attributes: true, childList: true, subtree: true });
	});
	await open(page, '/en/playground?backend=wasm');
	await page.waitForFunction(() => 'pressed' in window);
	await isReady(page);
});

test('what runs can be cancelled, and runs again', async ({ page }) => {
	// The last of them waits for its weights, which do not come, so that it is still under way however fast the others are.
	await page.route(/cifar10-xception\/.*\.bin/, () => {});
	await open(page, '/en/playground?network=all&weights=squeezenet:random,mobilenet:random&backend=wasm');
	await runButton(page).click();
	await expect(lane(page, 'xception')).toHaveAttribute('data-phase', 'loading');
	await page.getByRole('button', { name: 'Cancel' }).click();
	await expect(page.getByRole('button', { name: 'Cancel' })).toHaveCount(0);
	await expect(lane(page, 'xception')).toHaveAttribute('data-phase', 'idle');
	await page.getByRole('button', { name: 'MobileNet v1' }).first().click();
	await isReady(page);
});

test('a graph of the reader is run', async ({ page }) => {
	await open(page, '/en/playground?network=own');
	await page.getByText('As text').click();
	await page.getByRole('button', { name: 'Fill in an example' }).click();
	await page.getByRole('button', { name: 'Show it' }).click();
	await expect(page).toHaveURL(/#graph=/);
	await runButton(page).click();
	await isReady(page, 'own');
	await expect(lane(page, 'own')).toContainText('takes 55×55×96, not a picture');
});

/** A file as a browser's input gets it. */
const chosen = (name: string, bytes: Uint8Array | string) => ({
	...{ name, mimeType: 'application/octet-stream' },
	buffer: Buffer.from(bytes as Uint8Array)
});

test('weights of other names fit by order and shape, once the reader has seen what goes where', async ({
	page
}) => {
	const knobs = { alpha: 0.25, resolution: 64 };
	const net = resolveGraph(networks.mobilenet.build(knobs));
	const layers = new Map<string, string>();
	const renamed = nameWeights(net, randomNetworkWeights(net, 7)).map(({ name, ...of }) => {
		const [layer = '', role] = name.split('/');
		if (!layers.has(layer)) layers.set(layer, `layer_${layers.size}`);
		return { ...of, name: `${layers.get(layer)}/${role}` };
	});
	const { model, shards } = writeTensors(renamed);
	await open(page, `/en/playground?${small}`);
	await page
		.getByTestId('weights-files')
		.setInputFiles([chosen('model.json', model), ...[...shards].map(([name, of]) => chosen(name, of))]);
	const fit = page.getByTestId('fit');
	await expect(fit).toContainText('every layer finds weights of its shapes');
	// What there is to press is there to see.
	await expect(fit.getByRole('button', { name: 'Use them so' })).toBeInViewport({ ratio: 1 });
	const row = fit.getByRole('row', { name: /^conv_pw_12 / });
	await expect(row).toContainText('layer_48');
	await expect(row).toContainText('its shapes, which nothing else has');
	await expect(fit.getByRole('row', { name: /^conv_pw_9 / })).toContainText('its place among 5 alike');
	await expect(lane(page)).toContainText('Untrained.');
	await page.getByRole('button', { name: 'Use them so' }).click();
	await isReady(page);
	await expect(lane(page)).toContainText('From your files');
	await expect(fit).toHaveCount(0);
});

test('the set.json that comes with files of this site is followed, and holds them to their content', async ({
	page
}) => {
	const folder = 'static/weights/cifar10-mobilenet';
	const files = await Promise.all(
		readdirSync(folder).map(async (name) => chosen(name, await readFile(join(folder, name))))
	);
	await open(page, '/en/playground?network=squeezenet&weights=squeezenet:random&backend=wasm');
	const altered = files.map(({ buffer, ...file }) => ({
		...file,
		buffer: file.name.endsWith('.bin') ? Buffer.from(buffer.map((byte, i) => byte ^ Number(i === 9))) : buffer
	}));
	await page.getByTestId('weights-files').setInputFiles(altered);
	await expect(page.getByRole('alert')).toContainText(
		'group1-shard1of1.bin is not the file that the set.json beside it describes'
	);
	await page.getByTestId('weights-files').setInputFiles(files);
	await isReady(page);
	await expect(lane(page)).toContainText('From your files');
	// Its classes, and how it wants pictures.
	await expect(page.getByTestId('top-five').locator('li').first()).toContainText('cat');
	await expect(page).not.toHaveURL(/network=squeezenet/);
});

test.describe(publishedWeights.needed('published weights'), () => {
	test.skip(publishedWeights.isAbsent);

	test('that are chosen as files tell what the cat is', async ({ page }) => {
		await open(page, '/en/playground?network=mobilenet&weights=mobilenet:random&alpha=0.25');
		await page.getByText('Your own weights').click();
		await page.getByTestId('weights-files').setInputFiles(publishedFiles());
		await expect(page.getByTestId('top-five')).toBeVisible();
		await expect(page.getByTestId('top-five').locator('li').first()).toContainText(/cat|tabby/i);
		await expect(lane(page)).toContainText('From your files');
		await page.getByRole('button', { name: 'A cup of espresso on a table' }).click();
		await expect(page.getByTestId('top-five').locator('li').first()).toContainText(/espresso/i);
	});

	for (const [language, sentence] of [
		['en', 'kernel is 1×1×32×32, expected 1×1×64×64'],
		['zh', 'kernel 是 1×1×32×32，应为 1×1×64×64']
	] as const)
		test(`of another width are listed by layer, and the page goes on (${language})`, async ({ page }) => {
			await open(page, `/${language}/playground?network=mobilenet&weights=mobilenet:random&alpha=0.5`);
			await page.getByTestId('weights-files').setInputFiles(publishedFiles());
			const wrong = page.getByRole('alert');
			await wrong.locator('details summary').click();
			await expect(
				wrong.locator('li').filter({ has: page.getByText('conv_pw_3', { exact: true }) })
			).toContainText(sentence);
			await page.locator('.head button').click();
			await isReady(page);
			await expect(page.getByTestId('top-five')).toHaveCount(0);
		});
});
