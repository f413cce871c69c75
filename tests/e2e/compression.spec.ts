import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parseCard } from '../../src/lib/engine/card';
import { compressNetwork } from '../../src/lib/nets/compression/network';
import { bundledFolder, readBundled } from '../../tools/weights/bundled';
import { alone, expect, expectAccessible, open, reloaded, test } from './site';

const id =
	existsSync(bundledFolder) && readdirSync(bundledFolder).find((name) => name.startsWith('cifar10-'));

test('the lab is moved by keyboard, and the address keeps it', async ({ page }) => {
	await open(page, '/en/compression?bits=2');
	const lab = page.locator('figure').first();
	await expect(lab.locator('.sentence')).toHaveText(/^Of 12,288 weights 7,373 are left, on 4 values\./);
	await lab.getByRole('slider', { name: 'Pruned' }).press('End');
	await expect(lab.locator('.sentence')).toHaveText(/^Of 12,288 weights 614 are left/);
	await expect(page).toHaveURL(/\?prune=95&bits=2$/);
});

test('a whole network is compressed in the page to the bytes of the command, and still answers', async ({
	page
}) => {
	await open(page, '/zh/compression?bits=4');
	if (!id) {
		await expect(page.getByText('本站目前没有整个网络的权重')).toBeVisible();
		return;
	}
	await page.getByRole('button', { name: /^压缩它/ }).click();
	const { resolved, weights } = readBundled(id);
	const { total } = compressNetwork(resolved, weights, { prune: 0.4, bits: 4 });
	const size = `降到 ${(total.huffman / 1000).toFixed(0)} kB`;
	await expect(page.getByRole('status').filter({ hasText: size })).toBeVisible();
	// What is said of it is drawn right below; what was measured at one setting stands last.
	await expect(page.locator('.sentence[role=status] + div > dl')).toBeVisible();
	await page.getByRole('button', { name: '给两个网络看图片' }).click();
	await expect(page.getByText(/^\d+ 张图片中有 \d+ 张的首选类别相同/)).toBeVisible();

	const pictures = page.getByRole('listitem').filter({ has: page.locator('img') });
	const count = await pictures.count();
	const chooser = page.getByLabel('用自己的图片');
	const broken = { name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('no picture') };
	await chooser.setInputFiles(broken);
	await expect(page.getByRole('alert')).toContainText('broken.png');
	await expect(pictures).toHaveCount(count);
	const png = await page.evaluate(() => document.createElement('canvas').toDataURL().split(',')[1]!);
	const mine = (name: string) => ({ name, mimeType: 'image/png', buffer: Buffer.from(png, 'base64') });
	await chooser.setInputFiles(mine('mine.png'));
	await expect(pictures).toHaveCount(count + 1);
	await expect(pictures.first().getByRole('img', { name: 'mine.png' })).toBeVisible();
	await expect(page.getByRole('alert')).toHaveCount(0);
	// One that is still read is taken, too, and what is said of a later one stays.
	await chooser.setInputFiles(mine('other.png'));
	await chooser.setInputFiles(broken);
	await expect(pictures).toHaveCount(count + 2);
	await expect(page.getByText(`${count + 2} 张图片中有`)).toBeVisible();
	await expect(page.getByRole('alert')).toContainText('broken.png');
	await page.getByRole('button', { name: 'other.png' }).click();
	await expect(pictures).toHaveCount(count + 1);
	await expect(chooser).toBeFocused();

	// What was done is done again in another language, and where the page is loaded anew.
	for (const again of [() => page.getByRole('link', { name: 'English' }).click(), () => page.reload()]) {
		await reloaded(page, again);
		await expect(page).toHaveURL(/\/en\/compression\?bits=4$/);
		await expect(
			page.getByRole('status').filter({ hasText: `${(total.huffman / 1000).toFixed(0)} kB` })
		).toBeVisible();
		await expect(pictures).toHaveCount(count + 1);
		await expect(pictures.first().getByRole('img', { name: 'mine.png' })).toBeVisible();
	}
});

test('what is being loaded can be cancelled, and what does not load says so and comes at the second try', async ({
	page,
	quiet
}) => {
	await open(page, '/en/compression');
	if (!id) return;
	const run = page.getByRole('button', { name: /^Compress it/ });
	await page.route(/\.bin\?/, () => {});
	await run.click();
	await page.getByRole('button', { name: 'Cancel' }).click();
	await expect(run).toBeVisible();
	await expect(page.getByRole('alert')).toHaveCount(0);

	await page.unrouteAll();
	await page.route(/\.bin\?/, (route) => route.abort());
	await run.click();
	const alert = page.getByRole('alert');
	await expect(alert).toContainText('The network could not be compressed');
	await page.unrouteAll();
	await alert.getByRole('button').click();
	await expect(page.getByRole('status').filter({ hasText: /kB/ })).toBeVisible();
	await expect(alert).toHaveCount(0);
	// The browser logs the request that this test lets fail.
	quiet.splice(0, quiet.length, ...quiet.filter((trouble) => !/Failed to load resource/.test(trouble)));
});

test('networks on integers: what is left at so many bits, and both ways timed here', async ({ page }) => {
	await open(page, '/en/compression?width=5&scales=tensor');
	const quantization = id && parseCard(readFileSync(`${bundledFolder}/${id}/card.json`, 'utf8')).quantization;
	if (!quantization) return;
	const accuracy = (bits: number, granularity: string, activationBits = Math.min(bits, 7)) => {
		const measured = quantization.settings.filter(
			(of) => of.bits === bits && of.granularity === granularity && of.activationBits === activationBits
		);
		const of = measured.find(({ calibration }) => calibration === quantization.calibration) ?? measured[0]!;
		return `${(100 * of.accuracy).toFixed(2)}%`;
	};
	await page.locator('.integers').scrollIntoViewIfNeeded();
	const section = page.locator('.integers');
	const row = section.getByRole('table').first().getByRole('row').nth(1);
	await expect(row).toContainText(accuracy(5, 'tensor'));
	// Weights alone: activations keep what they have at 8 bits.
	await section.getByText('weights alone', { exact: true }).click();
	await expect(row).toContainText(accuracy(5, 'tensor', 7));
	await expect(page).toHaveURL(/\?width=5&lowered=weights&scales=tensor$/);
	await section.getByText('weights and activations', { exact: true }).click();
	// The layer that is drawn stays, whatever the bits are.
	const drawn = section.getByLabel('Layer', { exact: true });
	const layer = await drawn.inputValue();
	await section.getByRole('slider', { name: 'Bits of a weight' }).press('End');
	await expect(row).toContainText(accuracy(8, 'tensor'));
	await expect(drawn).toHaveValue(layer);
	await section.getByText('each output channel', { exact: true }).click();
	await expect(row).toContainText(accuracy(8, 'channel'));
	await expect(page).toHaveURL(/\/compression$/);
	await expectAccessible(page);

	// A row for each network, and one more for each whose channels are equalised.
	const rows = readdirSync(bundledFolder).filter((name) => name.startsWith('cifar10-')).length + 1;
	await expect(row.locator('..').getByRole('row')).toHaveCount(rows);
	const time = section.getByRole('button', { name: /^Time 32 and 8 bits/ });
	await time.focus();
	await page.keyboard.press('Enter');
	const timed = section.getByRole('row').filter({ hasText: /\d\sms.*\d\sms/ });
	await expect(timed).toHaveCount(rows);
	// The button is where it was, and whoever pressed it is still at it.
	await expect(time).toBeFocused();
	// What came of it is said in sentences, too: with the middle half of the runs, and whether that is a difference.
	const sentences = section.getByRole('listitem').filter({ hasText: /8 runs.*8 runs/ });
	await expect(sentences).toHaveCount(rows - 1);
	await expect(sentences.filter({ hasText: /faster|slower|no difference/ })).toHaveCount(rows - 1);
	await section.getByRole('slider', { name: 'Bits of a weight' }).press('ArrowLeft');
	await expect(timed).toHaveCount(rows);
	// Bars and layers follow the bits.
	await expect(section.getByText(/with one scale and 7 bits .* of 63\./)).toBeVisible();
});

test('which of the two hurts is asked of one network, whichever way is looked at, and layers are of the bits that are chosen', async ({
	page
}) => {
	await open(page, '/en/compression?width=4&lowered=weights#integers');
	if (!id) return;
	const section = page.locator('.integers');
	const sentence = section.locator('.sentence').first();
	const which = section.locator('.which');
	await expect(sentence).toContainText('Most is lost by');
	for (const scale of ['each output channel', 'the whole layer']) {
		await section.getByText(scale, { exact: true }).click();
		/** What was said of each number of bits, looked at in one way. */
		const said: (string | null)[][] = [];
		for (const lowered of ['weights and activations', 'weights alone']) {
			await section.getByText(lowered, { exact: true }).click();
			await section.getByRole('slider', { name: 'Bits of a weight' }).press('Home');
			const words: (string | null)[] = [];
			for (let bits = 2; bits <= 5; bits++) {
				await expect(which).toContainText(`activations of ${bits} bits`);
				if (lowered === 'weights and activations') {
					const [, most] = /Most is lost by ([^:]+):/.exec((await sentence.textContent())!)!;
					await expect(which).toContainText(
						`With both lowered, whatever is chosen above, it is ${most!} that loses most. `
					);
				}
				await expect(section.getByText(`At the ${bits} bits chosen above`)).toHaveCount(1);
				words.push(await which.textContent());
				await section.getByRole('slider', { name: 'Bits of a weight' }).press('ArrowRight');
			}
			said.push(words);
		}
		expect(said[1]).toEqual(said[0]);
	}
});

test('a picture through both: how far each layer is off, and a map of both with the difference', async ({
	page
}) => {
	await open(page, '/en/compression');
	const quantization = id && parseCard(readFileSync(`${bundledFolder}/${id}/card.json`, 'utf8')).quantization;
	if (!quantization) return;
	await page.locator('.integers').scrollIntoViewIfNeeded();
	const section = page.locator('.integers');
	await section.getByRole('button', { name: 'Run a picture through both' }).press('Enter');
	const said = section.getByRole('status').filter({ hasText: /Logits are off by \d/ });
	// It begins where weights first make a difference, and not at the picture as it is taken in.
	await expect(section.getByRole('spinbutton', { name: 'Layer' })).toHaveValue('2');
	await expect(said).toHaveText(/^Off by [1-9\d].* at /);
	// It has the focus of the button that was there before it.
	await expect(section.getByRole('button', { name: 'Run it again' })).toBeFocused();
	const maps = section.getByRole('img', { name: /, up to|same colours/ });
	await expect(maps).toHaveCount(3);
	await section.getByRole('slider', { name: 'Layer' }).press('ArrowLeft');
	await expect(said).toHaveText(/ at input\./);
	await section.getByRole('slider', { name: 'Layer' }).press('ArrowRight');
	await expect(said).not.toHaveText(/at input\./);
	await section.getByRole('slider', { name: 'Channel' }).press('Home');
	await expect(section.getByRole('spinbutton', { name: 'Channel' })).toHaveValue('0');
	await expectAccessible(page);
	// Channels of the logits are classes.
	await expect(section.locator('.sliders').getByText('airplane', { exact: true })).toHaveCount(0);
	await section.getByRole('slider', { name: 'Layer' }).press('End');
	await section.getByRole('slider', { name: 'Channel' }).press('Home');
	await expect(section.locator('.sliders').getByText('airplane', { exact: true })).toBeVisible();
	await section.getByRole('slider', { name: 'Layer' }).press('Home');

	// Another scale, and other bits, run it again by themselves; until then, what was there keeps its place.
	const before = await said.textContent();
	const found = section.locator('.found');
	const heights = await found.evaluateHandle((box: HTMLElement) => {
		const seen = { full: box.offsetHeight, least: box.offsetHeight, wasBusy: false };
		new ResizeObserver(() => (seen.least = Math.min(seen.least, box.offsetHeight))).observe(box);
		new MutationObserver(() => (seen.wasBusy ||= box.ariaBusy === 'true')).observe(box, {
			attributeFilter: ['aria-busy']
		});
		return seen;
	});
	await section.getByText('the whole layer', { exact: true }).click();
	await expect(said).not.toHaveText(before!);
	await expect(maps).toHaveCount(3);
	await section.getByRole('slider', { name: 'Bits of a weight' }).press('Home');
	await expect(section.getByText('Integers, weights of 2 bits, up to')).toBeVisible();
	await expect(found).toHaveAttribute('aria-busy', 'false');
	const { full, least, wasBusy } = await heights.jsonValue();
	expect(wasBusy).toBe(true);
	expect(least).toBeGreaterThan(full - 40);

	// The address keeps what is looked at.
	const network = section.getByLabel('Network', { exact: true }).last();
	await network.selectOption('cifar10-mobilenet');
	await expect(page).toHaveURL(/network=cifar10-mobilenet/);
	await page.reload();
	await expect(section.getByLabel('Network', { exact: true }).first()).toHaveValue('cifar10-mobilenet');
});

alone(
	'a worker that ends without a word while networks are timed is told of, and they can be timed again',
	async ({ page }) => {
		if (!id) return;
		// As browsers end a worker that takes too much memory: the page hears nothing of it.
		await page.addInitScript(() => {
			const workers: Worker[] = [];
			const { terminate } = Worker.prototype;
			self.Worker = class extends Worker {
				constructor(...of: ConstructorParameters<typeof Worker>) {
					super(...of);
					workers.push(this);
				}
			};
			Object.assign(self, { endWorkers: () => workers.forEach((worker) => terminate.call(worker)) });
		});
		await open(page, '/en/compression');
		const section = page.locator('.integers');
		await section.scrollIntoViewIfNeeded();
		await section.getByRole('button', { name: /^Time 32 and 8 bits/ }).click();
		// One is timed: the worker is there, and at the next.
		await expect(section.getByRole('listitem').filter({ hasText: /runs.*runs/ })).not.toHaveCount(0);
		await page.evaluate(() => (self as unknown as { endWorkers: () => void }).endWorkers());
		const alert = section.getByRole('alert');
		await expect(alert).toContainText('The engine stopped.');
		await alert.getByRole('button', { name: 'Try again' }).click();
		await expect(alert).toHaveCount(0);
		await expect(section.getByRole('status').filter({ hasText: 'is being timed' })).toBeVisible();
	}
);

test('by Tab alone every control is reached in its order, also those that come later', async ({ page }) => {
	await open(page, '/en/compression');
	if (!id) return;
	const bits = page.locator('.integers').getByRole('slider', { name: 'Bits of a weight' });
	await expect(bits).toHaveCount(0);
	await page.keyboard.press('Tab');
	await expect(bits).toHaveCount(1);
	await page.evaluate(() => {
		const reached: Element[] = [];
		addEventListener('focusin', ({ target }) => reached.push(target as Element));
		Object.assign(window, { reached });
	});
	const isPast = () => page.evaluate(() => !!document.activeElement?.closest('footer'));
	while (!(await isPast())) await page.keyboard.press('Tab');
	const found = await page.evaluate(() => {
		const { reached } = window as unknown as { reached: Element[] };
		const controls = 'main :is(button, select, summary, a[href], input:not([type=radio]), input:checked)';
		return {
			passed: [...document.querySelectorAll(controls)]
				.filter((of) => of.checkVisibility() && !of.matches(':disabled') && !reached.includes(of))
				.map((of) => of.outerHTML),
			isInOrder: reached.every(
				(of, i) => i === 0 || reached[i - 1]!.compareDocumentPosition(of) & Node.DOCUMENT_POSITION_FOLLOWING
			)
		};
	});
	expect(found).toEqual({ passed: [], isInOrder: true });
});

test('who looks at the equalised network sees the same layer, even', async ({ page }) => {
	await open(page, '/en/compression#channels');
	if (!id) return;
	const section = page.locator('.integers');
	const layer = section.getByLabel('Layer', { exact: true });
	const before = await layer.inputValue();
	await expect(section.getByText(`${before} (`).and(section.locator('.sentence'))).toContainText(
		'becomes 0 of'
	);
	await section.getByLabel('Network', { exact: true }).first().selectOption('cifar10-shufflenet');
	await expect(layer).toHaveValue(before);
	await expect(section.getByText(`${before} (`).and(section.locator('.sentence'))).not.toContainText(
		'becomes 0 of'
	);
});

for (const [lang, width] of [
	['en', 360],
	['en', 1440],
	['zh', 360],
	['zh', 1440]
] as const)
	test(`${lang}, ${width} px: nothing below moves while bits are chosen, and names of rows have the room that there is`, async ({
		page
	}) => {
		await page.setViewportSize({ width, height: 800 });
		await open(page, `/${lang}/compression?lowered=weights`);
		if (!id) return;
		const section = page.locator('.integers');
		await section.scrollIntoViewIfNeeded();
		const slider = section.getByRole('slider').first();
		const places = () =>
			section.evaluate((of) => {
				const { top } = of.getBoundingClientRect();
				return ['svg', '.which', 'table'].map((name) =>
					Math.round(of.querySelector(name)!.getBoundingClientRect().top - top)
				);
			});
		await slider.press('End');
		// On a phone, bytes stand with the name.
		const product = section.locator('#product ~ div table').first();
		await expect(product.getByRole('columnheader')).toHaveCount(width < 480 ? 3 : 5);
		const before = await places();
		for (let bits = 7; bits >= 2; bits--) {
			await slider.press('ArrowLeft');
			await expect(section.getByRole('spinbutton').first()).toHaveValue(String(bits));
			expect(await places()).toEqual(before);
		}
		await expect(product.getByRole('columnheader').nth(width < 480 ? 1 : 2)).toHaveText(
			lang === 'zh' ? '缩小' : 'Smaller'
		);
		const lines = await product
			.getByRole('rowheader')
			.evaluateAll((names) =>
				names.map((of) => Math.round((of.clientHeight - 10) / parseFloat(getComputedStyle(of).lineHeight)))
			);
		expect(Math.max(...lines)).toBeLessThanOrEqual(2);
	});

test('without script, a sentence stands where figures would come', async ({ browser, baseURL }) => {
	const context = await browser.newContext({ baseURL: baseURL!, javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto('/en/compression');
	await expect(page.locator('.integers')).toContainText(/come when you get here. They need JavaScript/);
	await context.close();
});

test('a link to a part of what comes later ends at that part', async ({ page }) => {
	await open(page, '/en/compression#channels');
	const heading = page.getByRole('heading', { name: 'Which layers suffer, and why' });
	await expect(page.locator('.strip')).toBeVisible();
	await expect(heading).toBeInViewport();
	await expect(heading).toHaveCount(1);
});

test('what an address says in vain is to be seen far down the page, too', async ({ page }) => {
	await open(page, '/en/compression?width=99#integers');
	const notice = page.getByRole('status').filter({ hasText: 'Not understood in this address' });
	await expect(notice).toContainText('In use instead: 8.');
	await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(500);
	await expect(notice).toBeInViewport();
	// The place that it leads to does not stand under it.
	const heading = page.getByRole('heading', { name: 'Integers instead', exact: false }).first();
	const bottom = (await notice.boundingBox())!;
	await expect.poll(async () => (await heading.boundingBox())!.y).toBeGreaterThanOrEqual(bottom.height);
});

test('going back leaves the page, however often a slider was moved', async ({ page }) => {
	await open(page, '/en');
	await page.evaluate(() => document.querySelector<HTMLAnchorElement>('a[href$="/compression"]')!.click());
	const slider = page.locator('figure').first().getByRole('slider', { name: 'Pruned' });
	for (const key of ['End', 'ArrowLeft', 'ArrowLeft', 'Home']) {
		const before = page.url();
		await slider.press(key);
		await expect(page).not.toHaveURL(before);
	}
	await page.goBack();
	await expect(page).toHaveURL(/\/en$/);
});
