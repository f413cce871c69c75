import type { Locator, Page } from '@playwright/test';
import {
	alone,
	asksAgain,
	expect,
	expectAccessible,
	expectWhole,
	isChapter,
	open,
	openStory,
	pages,
	reloaded,
	scriptOf,
	test
} from './site';

const chapter = '/en/learn/convolution';

/** Goes down the page as a reader does, until every figure is there. */
async function readThrough(page: Page) {
	await page.mouse.move(10, 10);
	for (const figure of await page.locator('figure[aria-busy]').all()) {
		await figure.scrollIntoViewIfNeeded();
		await expect(figure).toHaveAttribute('aria-busy', 'false');
		await expect(figure.getByRole('alert')).toHaveCount(0);
	}
}

for (const address of pages.filter(isChapter)) {
	test(`${address}: every figure opens; no finding of axe with them, no sideways scroll at 360 px`, async ({
		page
	}) => {
		await page.emulateMedia({ reducedMotion: 'reduce' });
		await open(page, address);
		await page.setViewportSize({ width: 360, height: 740 });
		await readThrough(page);
		await expectWhole(page, address);
		// What axe finds is in the elements, which are the same in each language.
		if (address.startsWith('/en')) await expectAccessible(page);
	});
}

test('once the reader moves, all figures come, before they are reached', async ({ page }) => {
	await open(page, chapter);
	await page.mouse.move(10, 10);
	const figures = await page.locator('figure[aria-busy]').all();
	expect(figures.length).toBeGreaterThan(3);
	for (const figure of figures) await expect(figure).toHaveAttribute('aria-busy', 'false');
	expect(await page.evaluate(() => scrollY)).toBe(0);
});

/** Scrolls so that a phrase is the last that has been read: a line is read from its start to its end. */
const readTo = (page: Page, name: string) =>
	page.getByRole('link', { name, exact: true }).evaluate((phrase) => {
		const [{ top, height, left }] = phrase.getClientRects() as unknown as [DOMRect];
		const words = phrase.closest('.words')!.getBoundingClientRect();
		scrollBy(0, top + (height * (left - words.left)) / words.width + 2 - 0.42 * innerHeight);
	});

test.describe('on a wide screen', () => {
	test.beforeEach(({ page }) => page.setViewportSize({ width: 1440, height: 900 }));

	test('a figure stays beside its words and shows what is read', async ({ page }) => {
		await open(page, chapter);
		const figure = page.locator('figure#bench');
		await readTo(page, 'The second');
		await expect(figure.getByText(/Step 10 of 27/)).toBeVisible();
		await expect(page.getByRole('link', { name: 'The second', exact: true })).toHaveClass(/shown/);
		await readTo(page, 'one column to the right');
		await expect(figure.getByText(/Step 2 of 27/)).toBeVisible();
		const { words, stage } = await page.evaluate(() => {
			const rect = (selector: string) => document.querySelector(selector)!.getBoundingClientRect();
			return { words: rect('a.shown').right, stage: rect('figure#bench') };
		});
		expect(stage.left).toBeGreaterThan(words);
		expect(stage.top).toBeGreaterThanOrEqual(0);
		expect(stage.bottom).toBeLessThanOrEqual(900);
		// What is read is not called out: only what the reader chooses is.
		await expect(page.getByText(/The figure now shows/)).toHaveCount(0);
	});

	test('what the reader has set stays while they scroll, until the figure is told to follow', async ({
		page
	}) => {
		await open(page, chapter);
		const figure = page.locator('figure#bench');
		await readTo(page, 'one column to the right');
		await expect(figure.getByText(/Step 2 of 27/)).toBeVisible();
		await figure.getByRole('button', { name: 'To the end' }).click();
		await expect(figure.getByText(/Step 27 of 27/)).toBeVisible();
		const follow = figure.getByRole('button', { name: 'Follow the text' });
		await expect(follow).toHaveAttribute('aria-pressed', 'false');
		await readTo(page, 'The second');
		await expect(page.getByRole('link', { name: 'The second', exact: true })).toBeInViewport();
		await expect(figure.getByText(/Step 27 of 27/)).toBeVisible();
		await follow.click();
		await expect(figure.getByText(/Step 10 of 27/)).toBeVisible();
	});

	test('who scrolls back to a question has the figure of the question', async ({ page }) => {
		await open(page, '/en/learn/xception');
		const figure = page.locator('figure#training');
		await readTo(page, 'one of space');
		const asked = figure.getByText('Are the bars of channel a horizontal?');
		await expect(asked).toBeVisible();
		await page
			.getByText('Three networks of three layers')
			.evaluate((question) => question.scrollIntoView({ block: 'center' }));
		await expect(figure).toBeInViewport();
		await expect(asked).toHaveCount(0);
		await expect(page.locator('a.shown')).toHaveCount(0);
		await expect(figure.getByRole('button', { name: 'Follow the text' })).toHaveAttribute(
			'aria-pressed',
			'true'
		);
	});

	test('a figure that is higher than the screen shows that it goes on, and where', async ({ page }) => {
		await open(page, '/zh/learn/xception');
		const stage = page.locator('figure#order .stage');
		await stage.scrollIntoViewIfNeeded();
		await expect(page.locator('figure#order')).toHaveAttribute('aria-busy', 'false');
		const edges = () =>
			stage.evaluate((element) =>
				(['::before', '::after'] as const).map((edge) => getComputedStyle(element, edge).display)
			);
		await expect.poll(edges).toEqual(['none', 'block']);
		const height = await stage.evaluate((element) => element.scrollHeight);
		await stage.evaluate((element) => element.scrollTo(0, 100));
		await expect.poll(edges).toEqual(['block', 'block']);
		await stage.evaluate((element) => element.scrollTo(0, element.scrollHeight));
		await expect.poll(edges).toEqual(['block', 'none']);
		// The shadow takes no place.
		expect(await stage.evaluate((element) => element.scrollHeight)).toBe(height);
	});

	test('phrases of an answer that is hidden are not read', async ({ page }) => {
		await open(page, '/en/learn/xception');
		const phrase = page.getByRole('link', { name: 'the Inception module', exact: true });
		await readTo(page, 'the Inception module');
		await expect(page.locator('a.shown')).toHaveText('the Inception module');
		await expect(phrase).toBeInViewport();
	});

	// What differs from a narrow screen is where the same elements stand, in every chapter alike.
	test('with the figures beside the words there is no finding of axe', async ({ page }) => {
		await page.emulateMedia({ reducedMotion: 'reduce' });
		await open(page, chapter);
		await readThrough(page);
		await expectAccessible(page, { colours: false });
	});

	test('a figure shows the controls that its argument needs, and the others when asked', async ({ page }) => {
		await open(page, '/en/learn/squeezenet');
		const figure = page.locator('figure#module');
		await figure.scrollIntoViewIfNeeded();
		await expect(figure.getByRole('slider')).toHaveCount(1);
		await figure.getByRole('button', { name: 'More controls' }).click();
		await expect(figure.getByRole('slider')).toHaveCount(4);
	});
});

test('a number becomes an integer: by the words, by keyboard and by hand; on paper the picture is left', async ({
	page
}) => {
	await page.setViewportSize({ width: 1440, height: 900 });
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await open(page, '/en/learn/side-by-side');
	const figure = page.locator('figure#integer');
	await figure.scrollIntoViewIfNeeded();
	const says = (sentence: string) => expect(figure.locator('[aria-live]')).toContainText(sentence);
	await says('1.03 is stored as 45 and read back as 1.05: off by 0.02.');
	await page.getByRole('link', { name: '6.02', exact: true }).click();
	await says(
		'6.02 would be 144. There is no such integer, so it is stored as 127 and read back as 5.15: off by −0.87.'
	);
	await page.getByRole('link', { name: 'zero', exact: true }).click();
	await says('0 is stored as 24, the zero point, and read back as exactly 0.');
	await page.getByRole('link', { name: 'Symmetric', exact: true }).click();
	await expect(figure.locator('dl')).toContainText('max(1.21, 5.14) / 63');
	await page.getByRole('link', { name: 'The value 1.03', exact: true }).click();

	await figure.getByRole('slider', { name: 'value x' }).press('Home');
	await says('−7 would be −116. There is no such integer, so it is stored as 0');
	await figure.getByRole('slider', { name: 'from a' }).press('Home');
	await expect(figure.locator('dl')).toContainText('(5.14 − (−4)) / 127');
	await figure.getByRole('slider', { name: 'Bits' }).press('ArrowLeft');
	await expect(figure.locator('dl')).toContainText('(5.14 − (−4)) / 63');
	const field = figure.getByRole('spinbutton', { name: 'to b' });
	await field.fill('2.344');
	await field.press('Enter');
	await expect(field).toHaveValue('2.34');

	const grip = figure.locator('.grip:not(.end) circle');
	const { x, y, width, height } = (await grip.boundingBox())!;
	await page.mouse.move(x + width / 2, y + height / 2);
	await page.mouse.down();
	await page.mouse.move(x + width / 2 + 1000, y, { steps: 4 });
	await page.mouse.up();
	await says('8 would be');

	await page.emulateMedia({ media: 'print' });
	await expect(figure.getByRole('img')).toBeVisible();
	await expect(figure.getByRole('slider')).toHaveCount(0);
});

test('one channel too wide: by the words and by buttons, a bar read by keyboard and by pointer', async ({
	page
}) => {
	await page.setViewportSize({ width: 1440, height: 900 });
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await open(page, '/en/learn/side-by-side');
	const figure = page.locator('figure#wide-layer');
	await figure.scrollIntoViewIfNeeded();
	await expect(figure.locator('[aria-live]')).toContainText('47 round to zero with all their weights');
	await page.getByRole('link', { name: 'Cross-layer equalisation', exact: true }).click();
	await expect(figure.locator('[aria-live]')).toContainText('its channels equalised before');
	await expect(figure.getByRole('radio', { name: 'the layer, its channels equalised' })).toBeChecked();
	await figure.getByText('each channel', { exact: true }).click();
	await expect(figure.locator('[aria-live]')).toContainText('the largest weight of each becomes 127');
	await figure.getByText('the layer', { exact: true }).click();
	await figure.getByRole('slider', { name: 'Read a bar' }).press('End');
	await expect(figure.locator('output')).toHaveText('Bar 48 of 48: 0 of 127');
	const { x, y, height } = (await figure.getByRole('img').boundingBox())!;
	await page.mouse.move(x + 2, y + height / 2);
	await expect(figure.locator('output')).toHaveText('Bar 1 of 48: 127 of 127');
});

for (const width of [1440, 1100])
	test(`a figure that is stepped through beside its text has all of its width: ${width} px`, async ({
		page
	}) => {
		await page.setViewportSize({ width, height: 900 });
		for (const [address, name] of [
			['/en/learn/xception', 'order'],
			['/en/learn/squeezenet', 'small']
		] as const) {
			await open(page, address);
			const figure = page.locator(`figure#${name}`);
			await figure.scrollIntoViewIfNeeded();
			const drawing = figure.locator('.steps .scroll');
			await expect(drawing.locator('svg')).toBeVisible();
			for (const button of await figure.getByRole('button', { name: /^(Depthwise|Pointwise), then/ }).all()) {
				await button.click();
				await expect(button).toHaveAttribute('aria-pressed', 'true');
			}
			const beyond = () =>
				drawing.evaluate((box) => {
					const stage = box.closest('.stage')!;
					return [box, stage].map((of) => of.scrollWidth - of.clientWidth);
				});
			await expect.poll(beyond).toEqual([0, 0]);
		}
		// Numbers beside bars, too.
		const module = page.locator('figure#module');
		await module.scrollIntoViewIfNeeded();
		await expect(module.locator('dl')).toHaveCount(2);
		const stage = module.locator('.stage');
		await expect.poll(() => stage.evaluate((of) => of.scrollWidth - of.clientWidth)).toBe(0);
	});

test('a phrase drives the figure that it names, and says so', async ({ page }) => {
	await open(page, chapter);
	await page.getByRole('link', { name: 'The second', exact: true }).click();
	const figure = page.locator('figure#bench');
	await expect(figure.getByText(/Step 10 of 27/)).toBeVisible();
	await expect(figure).toBeInViewport();
	await expect(page.getByText('The figure now shows: The second')).toBeAttached();
	await page.getByRole('link', { name: 'one multiplication at a time' }).press('Enter');
	await expect(figure.getByText(/Step 1 of 486/)).toBeVisible();
	// Its page opens with what stands here.
	await expect(figure.getByRole('link', { name: 'page of its own' })).toHaveAttribute(
		'href',
		/ops\/standard\?grain=multiply$/
	);
});

test('a phrase never moves the reader: a figure that is off the screen comes, and goes back', async ({
	page
}) => {
	await page.setViewportSize({ width: 360, height: 740 });
	await open(page, chapter);
	await readThrough(page);
	const phrase = page.getByRole('link', { name: 'dilation 2' });
	await phrase.evaluate((link) => link.scrollIntoView({ block: 'center' }));
	const figure = page.locator('figure#window-bench');
	await expect(figure).not.toBeInViewport();
	const top = async () => (await phrase.boundingBox())!.y;
	const before = await top();
	await phrase.click();
	const back = figure.getByRole('button', { name: 'Move the figure back to its place' });
	await expect(back).toBeInViewport();
	await expect(phrase).toBeInViewport({ ratio: 1 });
	await expect(page.getByText('The figure now shows: dilation 2')).toBeAttached();
	// Scrolling is by whole pixels, which lines of text are not on.
	expect(Math.abs((await top()) - before)).toBeLessThan(1);
	await expect(page).not.toHaveURL(/#/);
	await page.keyboard.press('Escape');
	await expect(back).toHaveCount(0);
	await expect(phrase).toBeInViewport({ ratio: 1 });
});

test('a reload and the way back come to the line that was read, whatever is above it', async ({ page }) => {
	await open(page, '/en/learn/side-by-side');
	await readThrough(page);
	const paragraph = page.getByText('What is still missing goes with the activations');
	await paragraph.evaluate((line) => line.scrollIntoView({ block: 'start' }));
	const top = () => paragraph.evaluate((line) => Math.round(line.getBoundingClientRect().top));
	const before = await top();
	await reloaded(page, () => page.reload());
	await expect.poll(async () => Math.abs((await top()) - before)).toBeLessThanOrEqual(2);
	// A press would scroll to the link first.
	await page.locator('footer a').first().dispatchEvent('click');
	await expect(page).not.toHaveURL(/side-by-side/);
	await page.goBack();
	await expect.poll(async () => Math.abs((await top()) - before)).toBeLessThanOrEqual(2);
});

test('a number is taken as this site and others print it', async ({ page }) => {
	const figure = await openStory(page, 'quantizer-quantizer-rounded');
	const field = figure.getByRole('spinbutton', { name: 'value x' });
	const paste = (text: string) =>
		field.evaluate((target, content) => {
			const clipboardData = new DataTransfer();
			clipboardData.setData('text/plain', content);
			return target.dispatchEvent(
				new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
			);
		}, text);
	await paste('−1.21');
	await expect(field).toHaveValue('-1.21');
	await paste('0,5');
	await expect(field).toHaveValue('0.5');
	await expect(figure).toContainText('0.5 is stored as 34');
	// What a browser reads itself, and what is no number, is left to it.
	expect([await paste('2.5'), await paste('12,000.5'), await paste('words')]).toEqual([true, true, true]);
});

test('where the system sets all colours, bars and what is chosen are still told apart', async ({ page }) => {
	await page.emulateMedia({ forcedColors: 'active' });
	const figure = await openStory(page, 'channelIntegers-channelIntegers-layer');
	const ground = (of: Locator) => of.evaluate((element) => getComputedStyle(element).backgroundColor);
	const paper = await ground(page.locator('body'));
	expect(await ground(figure.locator('.bars i').first())).not.toBe(paper);
	const [chosen, other] = await figure.locator('fieldset label').all();
	expect(await ground(chosen!)).not.toBe(await ground(other!));
});

test('a question is answered before it is revealed, and keeps the choice', async ({ page }) => {
	await open(page, chapter);
	const question = page.locator('#dilated');
	await expect(question.getByRole('button', { name: 'Show the answer' })).toBeDisabled();
	await expect(question.getByText('only spreads the taps')).toBeHidden();
	await question.getByRole('radio', { name: '25', exact: true }).check();
	await question.getByRole('button', { name: 'Show the answer' }).press('Enter');
	await expect(question.getByRole('status')).toBeFocused();
	await expect(question.getByText('Not quite')).toBeVisible();
	await expect(question.getByText('only spreads the taps')).toBeVisible();
	await expect(question.getByRole('radio', { name: /^9/ })).toHaveAccessibleName(/right/);
	await expect(question.getByRole('radio', { name: /^25/ })).toBeChecked();
});

test('a number is typed, told what was probably done, and asked anew with other sizes', async ({ page }) => {
	await open(page, `${chapter}?one-by-one=7`);
	const question = page.locator('#one-by-one');
	const asked = question.locator('.asked');
	const says = question.getByRole('status');
	const seen = { useInnerText: true };
	await question.scrollIntoViewIfNeeded();
	// The page was made with other sizes; these are those of the seed.
	await expect(asked).toHaveText('20 filters of 1×1 on an input of 8×8×5. How many multiply-adds?');
	const entry = question.getByRole('textbox');
	await expect(entry).toHaveAccessibleName(/20 filters of 1×1 on an input of 8×8×5/);

	await entry.fill('many');
	await entry.press('Enter');
	await expect(says).toContainText('cannot be read as a number', seen);
	await entry.fill('100');
	await entry.press('Enter');
	await expect(says).toContainText('That is the number of weights', seen);
	await expect(question.getByText('a single stick')).toBeHidden();
	await entry.fill('6.400');
	await question.getByRole('button', { name: 'Check' }).press('Enter');
	await expect(says).toBeFocused();
	await expect(says).toContainText('That is right', seen);
	await expect(says).toContainText('100 · 64 = 6,400', seen);

	const before = await asked.innerText();
	await question.getByRole('button', { name: 'Another one' }).click();
	await expect(asked).not.toHaveText(before);
	await expect(entry).toBeFocused();
	await expect(entry).toHaveValue('');
	await expect(says).toHaveText('', seen);
	const link = await question.getByRole('link', { name: 'Link to these sizes' }).getAttribute('href');
	await expect(page).toHaveURL(new RegExp(`\\${link!.split('#')[0]!}$`));
	// Whoever opens the link sees the same.
	const now = await asked.innerText();
	await open(page, `${chapter}${link!}`);
	await expect(asked).toHaveText(now);
});

test('what has been read to its end is marked in the contents, and can be forgotten', async ({ page }) => {
	await open(page, chapter);
	await page.getByRole('button', { name: 'Print this chapter' }).scrollIntoViewIfNeeded();
	await expect.poll(() => page.evaluate(() => localStorage.getItem('lessons'))).toBe('["convolution"]');
	await open(page, '/en/learn');
	await expect(page.getByText('✓ read')).toHaveCount(1);
	await page.getByRole('button', { name: 'Forget what I have read' }).click();
	await expect(page.getByText('✓ read')).toHaveCount(0);
	await page.reload();
	await expect(page.getByRole('link', { name: 'Begin' })).toBeVisible();
});

test('a figure that does not load says so, waits for its button, and comes with what a phrase has named', async ({
	page,
	quiet
}) => {
	let isCut = true;
	const script = `**/${scriptOf('src/routes/[lang=lang]/(site)/learn/figures/benchCost.figure.ts')}`;
	await page.route(script, (route) => (isCut ? route.abort() : route.continue()));
	await open(page, chapter);
	const figure = page.locator('figure#cost');
	await figure.scrollIntoViewIfNeeded();
	await expect(figure.getByRole('alert')).toContainText('did not load');
	// A phrase that is read meanwhile does not take the button away.
	isCut = false;
	const phrase = page.locator('a[data-figure="cost"]').last();
	await phrase.click();
	await expect(phrase).toHaveClass(/shown/);
	await expect(figure.getByRole('alert')).toBeVisible();
	await figure.getByRole('button', { name: 'Try again' }).click();
	// Where that cannot help, loading the page anew does.
	if (!(await asksAgain(page)))
		await reloaded(page, () => page.getByRole('button', { name: 'Load again' }).click());
	await figure.scrollIntoViewIfNeeded();
	await expect(figure).toHaveAttribute('aria-busy', 'false');
	await expect(figure.getByRole('alert')).toBeHidden();
	await page.unroute(script);
	// The browser logs what this test cut.
	quiet.splice(0);
});

test('an unknown chapter says so', async ({ page, quiet }) => {
	await page.goto('/en/learn/nothing');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('This page does not exist');
	quiet.splice(0, quiet.length, ...quiet.filter((trouble) => !/404|Not found/.test(trouble)));
});

test('on paper, answers are shown and links to pages are not', async ({ page }) => {
	await open(page, chapter);
	await readThrough(page);
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByText('most common trap')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Show the answer' }).first()).toBeHidden();
	await expect(page.getByRole('link', { name: 'page of its own' }).first()).toBeHidden();
});

alone.describe('without script', () => {
	alone.use({ javaScriptEnabled: false });

	alone('a chapter can be read: formulas, answers, phrases as anchors', async ({ page }) => {
		await page.goto(chapter);
		await expect(page.locator('.katex-html').first()).toBeVisible();
		await expect(page.getByText('most common trap')).toBeVisible();
		await expect(page.getByRole('link', { name: 'The second', exact: true })).toHaveAttribute(
			'href',
			'#bench'
		);
	});
});

test.describe('a term of the glossary', () => {
	const says = 'One plane of a tensor';
	const term = (page: Page) => page.locator('a.term[data-term="channel"]').first();

	test('is explained where it is pointed at, over the text, until the pointer leaves or Escape is pressed', async ({
		page
	}) => {
		await open(page, '/en/learn/why-light');
		await term(page).scrollIntoViewIfNeeded();
		const before = await term(page).boundingBox();
		await term(page).hover();
		const note = page.getByText(says);
		await expect(note).toBeVisible();
		expect(await term(page).boundingBox()).toEqual(before);
		await expect(term(page)).toHaveAccessibleDescription(new RegExp(says));
		// It can be pointed at itself.
		await note.hover();
		await expect(note).toBeVisible();
		await expectAccessible(page);
		await page.keyboard.press('Escape');
		await expect(note).toBeHidden();
		await term(page).hover();
		await expect(note).toBeVisible();
		await page.mouse.move(2, 2);
		await expect(note).toBeHidden();
	});

	test('is explained by keyboard, and leads to the glossary', async ({ page }) => {
		await open(page, '/en/learn/why-light');
		// The keyboard has been used last, so what has the focus is shown.
		await page.keyboard.press('Tab');
		await term(page).focus();
		await expect(page.getByText(says)).toBeVisible();
		await page.keyboard.press('Enter');
		await expect(page).toHaveURL(/\/en\/learn\/glossary#channel$/);
		await expect(page.locator('#channel')).toContainText(says);
	});
});

alone.describe('a term of the glossary, touched', () => {
	alone.use({ hasTouch: true, viewport: { width: 360, height: 740 } });
	alone('is explained at once, within the screen, and closed by a touch elsewhere', async ({ page }) => {
		await open(page, '/zh/learn/why-light');
		const term = page.locator('a.term[data-term="channel"]').first();
		await term.scrollIntoViewIfNeeded();
		await term.tap();
		const note = page.getByText('张量中的一片');
		await expect(note).toBeVisible();
		await expect(page).toHaveURL(/\/zh\/learn\/why-light/);
		const { x, width } = (await note.boundingBox())!;
		expect(x).toBeGreaterThanOrEqual(0);
		expect(x + width).toBeLessThanOrEqual(360);
		await page.getByRole('heading', { level: 2 }).first().tap();
		await expect(note).toBeHidden();
	});
});

test('the glossary finds terms in both languages', async ({ page }) => {
	await open(page, '/en/learn/glossary');
	await page.getByLabel('Find a term').fill('混洗');
	await expect(page.getByRole('status')).toHaveText('1 found');
	await expect(page.locator('#shuffle')).toBeVisible();
	await expect(page.locator('#channel')).toHaveCount(0);
});

test('a link opens a figure that fills the screen, and Escape brings the page back', async ({ page }) => {
	await page.setViewportSize({ width: 1440, height: 900 });
	await open(page, '/en/learn/convolution?screen=loaf');
	const figure = page.locator('figure#loaf');
	await expect(figure.getByLabel('Pull the slices apart')).toBeVisible();
	await expect.poll(async () => (await figure.boundingBox())!).toMatchObject({ x: 0, y: 0 });
	const { width, height } = (await figure.boundingBox())!;
	expect(width).toBeGreaterThan(1400);
	expect(height).toBeGreaterThan(890);
	await page.keyboard.press('Escape');
	await expect(page).toHaveURL(/\/en\/learn\/convolution$/);
	await expect.poll(async () => (await figure.boundingBox())!.width).toBeLessThan(1000);
	await figure.getByRole('button', { name: 'Fill the screen' }).click();
	await expect(page).toHaveURL(/screen=loaf/);
	await page.keyboard.press('Escape');
});

test('a worksheet has the numbers of its seed, as the chapter has them, and its key when asked for', async ({
	page
}) => {
	await open(page, '/en/learn/worksheet?chapter=mobilenet&seed=7');
	const sheet = page.getByRole('article');
	await expect(sheet).toContainText(/Sheet 7\s/);
	await expect(sheet).not.toContainText('Key:');
	const asked = (await sheet.getByText(/^A depthwise .* convolution/).innerText()).trim();
	await page.getByLabel('With the key').check();
	await expect(page).toHaveURL(/chapter=mobilenet&seed=7&key=true/);
	await expect(sheet).toContainText('Key: ');
	await expect(sheet.getByRole('link', { name: 'The same sizes on the bench' }).first()).toBeVisible();
	await page.getByRole('button', { name: 'Another sheet' }).click();
	// Other than 7, though it may begin with it.
	await expect(sheet).not.toContainText(/Sheet 7\s/);
	await expect(sheet).toContainText(/Sheet \d+\s/);
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
	await expect(sheet).toBeVisible();
	// Paper leads nowhere.
	await expect(sheet.getByText('The same sizes on the bench').first()).toBeHidden();
	await page.emulateMedia({ media: 'screen' });
	await open(page, '/en/learn/mobilenet?depthwise-weights=7');
	await expect(page.locator('#depthwise-weights-asked')).toContainText(asked);
});

for (const language of ['en', 'zh'])
	test(`the four networks on one page are one page on paper, in ${language}`, async ({ page }) => {
		await open(page, `/${language}/learn/summary`);
		const pages = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Count (\d+)/)?.[1];
		expect(pages).toBe('1');
	});

test('on a phone the drawing of a chapter stands whole above its play bar, and follows what happens', async ({
	page
}) => {
	await page.setViewportSize({ width: 360, height: 640 });
	await open(page, '/en/learn/convolution');
	const figure = page.locator('#bench');
	await figure.scrollIntoViewIfNeeded();
	const part = figure.getByRole('group', { name: 'Figure' }).first();
	await expect(part).toBeVisible();
	expect((await part.boundingBox())!.height).toBeLessThan(640 * 0.55);
	await figure.getByRole('slider', { name: 'Step' }).first().focus();
	await page.keyboard.press('End');
	await expect.poll(() => part.evaluate((element) => element.scrollTop)).toBeGreaterThan(0);
});
