import type { Page } from '@playwright/test';
import { alone, expect, expectAccessible, open, reloaded, test } from './site';

/** Few pictures a step, so that a busy machine is not busy for long. */
const quick = 'ways=standard,depthwise,pointwise&batch=32';

test('guesses are made, the networks are played, and the curves bear out who can learn', async ({ page }) => {
	await open(page, `/en/train?task=space&${quick}`);
	const lane = (name: string) => page.getByRole('figure').getByRole('listitem').filter({ hasText: name });
	await page
		.getByRole('group', { name: 'Will it learn: Standard' })
		.getByRole('button', { name: 'yes' })
		.click();
	await page.getByRole('button', { name: 'Play' }).click();
	await expect(lane('Standard')).toContainText(/99% after \d+ steps/);
	await expect(lane('Standard')).toContainText('as you said');
	await expect(lane('Depthwise alone')).toContainText(/99% after \d+ steps/);
	await expect(lane('Pointwise alone')).not.toContainText('sees no space');
	// While it runs: what is under way then is forgotten.
	await page.getByRole('button', { name: 'Reset' }).click();
	await expect(page.getByText(/^Step 0/)).toBeVisible();
	await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
});

test('a press on Pause as it comes to rest takes no more steps', async ({ page }) => {
	await open(page, `/en/train?task=space&${quick}`);
	const play = page.getByRole('button', { name: 'Play' });
	// As soon as the button has become another, which no hand can know.
	await play.evaluate((button: HTMLButtonElement) => {
		let before = button.textContent!.trim();
		new MutationObserver(() => {
			const now = button.textContent!.trim();
			if (before === 'Pause' && now === 'Play') {
				button.click();
				document.body.dataset['pressed'] = '';
			}
			before = now;
		}).observe(button, { subtree: true, childList: true, characterData: true });
	});
	await play.click();
	await expect(page.locator('body[data-pressed]')).toHaveCount(1);
	await expect(page.locator('.count')).toContainText('Step 200');
	await expect(play).toBeVisible();
	await expect(page.locator('ul[data-going]')).toHaveCount(0);
});

/** Steps that are drawn of each way, and the one that is written above them. */
const stepsOf = (page: Page) =>
	page.evaluate(() => [
		/\d+/.exec(document.querySelector('.count')!.firstChild!.textContent!)![0],
		...Array.from(document.querySelectorAll('.curve .each'), (path) =>
			String(path.getAttribute('d')!.split('L').length)
		)
	]);

alone(
	'all ways stand at the step that is written once it is paused, in one worker or in three',
	async ({ page }) => {
		for (const cores of [2, 4]) {
			await page.addInitScript((count) => {
				Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => count });
			}, cores);
			await open(page, '/en/train?init=zero&batch=16');
			let before = 0;
			for (let pause = 0; pause < 6; pause++) {
				await page.getByRole('button', { name: 'Play' }).click();
				await expect.poll(async () => Number((await stepsOf(page))[0])).toBeGreaterThan(before);
				await page.getByRole('button', { name: 'Pause' }).click();
				await expect(page.locator('.race [data-going]')).toHaveCount(0);
				const stood = await stepsOf(page);
				expect(new Set(stood).size).toBe(1);
				await page.getByRole('button', { name: 'One step' }).click();
				const next = stood.map((step) => String(Number(step) + 1));
				await expect.poll(() => stepsOf(page)).toEqual(next);
				before = Number(next[0]);
			}
		}
	}
);

test('a training goes along to the page in another language, stands there, and goes on', async ({ page }) => {
	await open(page, `/en/train?task=space&${quick}`);
	await page
		.getByRole('group', { name: 'Will it learn: Pointwise alone' })
		.getByRole('button', { name: 'no' })
		.click();
	await page.getByRole('button', { name: 'Play' }).click();
	await expect(page.getByText(/^Step [1-9]/)).toBeVisible();
	// While it plays: it is paused for the way.
	await page.getByRole('link', { name: '中文' }).click();
	await expect(page).toHaveURL(/\/zh\/train\?task=space/);
	await expect(page.locator('.count')).toHaveText(/^第 [1-9]\d* 步/);
	await expect(page.getByRole('button', { name: '播放' })).toBeVisible();
	const stood = await stepsOf(page);
	expect(new Set(stood).size).toBe(1);
	await expect(page.getByText(`暂停在第 ${stood[0]!} 步。`)).toBeVisible();
	await expect(
		page.getByRole('group', { name: /只用逐点/ }).getByRole('button', { pressed: true })
	).toHaveText('不会');
	await page.getByRole('button', { name: '走一步' }).click();
	const next = stood.map((step) => String(Number(step) + 1));
	await expect.poll(() => stepsOf(page)).toEqual(next);
	// The way back leads to where it stood last.
	const renewed = () =>
		page.evaluate(() => /"step":(\d+)/.exec(sessionStorage.getItem('carried')!.replaceAll('\\', ''))?.[1]);
	await expect.poll(renewed).toBe(next[0]);
	await page.goBack();
	await expect(page).toHaveURL(/\/en\/train\?task=space/);
	await expect(page.getByText(`Paused at step ${next[0]!}.`)).toBeVisible();
	expect(await stepsOf(page)).toEqual(next);
});

test('a training is there again after a reload, at rest and from its way, and goes on as it would have', async ({
	page
}) => {
	const step = async () => Number((await stepsOf(page))[0]);
	const curves = () =>
		page.evaluate(() =>
			Array.from(document.querySelectorAll('.curve .each'), (path) => path.getAttribute('d')!)
		);
	const putDown = () =>
		page.evaluate(() =>
			Number(/"step":(\d+)/.exec(sessionStorage.getItem('carried')?.replaceAll('\\', '') ?? '')?.[1])
		);
	await open(page, `/en/train?task=space&${quick}`);
	await page
		.getByRole('group', { name: 'Will it learn: Pointwise alone' })
		.getByRole('button', { name: 'no' })
		.click();
	await page.getByRole('button', { name: 'Play' }).click();
	// While it plays, without a word before.
	await expect.poll(putDown).toBeGreaterThan(20);
	await reloaded(page, () => page.reload());
	await expect(page.getByText(/^Paused at step/)).toBeVisible();
	const [stood, drawn] = [await step(), await curves()];
	expect(stood).toBeGreaterThan(20);
	await expect(
		page.getByRole('group', { name: /Pointwise alone/ }).getByRole('button', { pressed: true })
	).toHaveText('no');
	await page.getByRole('button', { name: 'One step' }).click();
	await expect.poll(step).toBe(stood + 1);
	(await curves()).forEach((path, lane) => expect(path).toContain(drawn[lane]!));
	// At rest.
	await expect.poll(putDown).toBe(stood + 1);
	const rested = await curves();
	await reloaded(page, () => page.reload());
	await expect.poll(step).toBe(stood + 1);
	expect(await curves()).toEqual(rested);
	// What was begun anew stays so.
	await page.getByRole('button', { name: 'Reset' }).click();
	await expect.poll(putDown).toBe(0);
	await reloaded(page, () => page.reload());
	await expect(page.locator('.count')).toHaveText(/^Step 0/);
});

test('another question is a step of history, by its button as by a link; sliders are none', async ({
	page
}) => {
	await open(page, '/en');
	await page.evaluate(() => document.querySelector<HTMLAnchorElement>('a[href$="/train"]')!.click());
	await expect(page).toHaveURL(/\/en\/train$/);
	const task = (name: string) => page.getByRole('radio', { name });
	await page.getByText('Change the experiment').click();
	const noise = page.getByRole('slider', { name: 'Noise' });
	await noise.press('End');
	// At once after the slider: what is left is gone back to as it was.
	await task('Space').press(' ');
	await expect(page).toHaveURL(/\/train\?task=space&noise=1$/);
	await noise.press('Home');
	await expect(page).toHaveURL(/\/train\?task=space&noise=0$/);
	await page.getByRole('link', { name: /Ask only for colour/ }).click();
	await expect(page).toHaveURL(/\/train\?task=colour$/);
	await page.goBack();
	await expect(page).toHaveURL(/\/train\?task=space&noise=0$/);
	await expect(task('Space')).toBeChecked();
	await page.goBack();
	await expect(page).toHaveURL(/\/train\?noise=1$/);
	await expect(task('Two channels')).toBeChecked();
	await page.goForward();
	await expect(task('Space')).toBeChecked();
	await page.goBack();
	await page.goBack();
	await expect(page).toHaveURL(/\/en$/);
});

test('what has come of it is there again on the way back from a link, of this page and of another', async ({
	page
}) => {
	const step = async () => (await stepsOf(page))[0];
	await open(page, `/en/train?${quick}`);
	await page.getByRole('button', { name: 'One step' }).click();
	await expect.poll(step).toBe('1');
	await expect(page.getByText(/^Guesses are closed/)).toBeVisible();
	await expect(
		page.getByRole('group', { name: /^Will it learn/ }).getByRole('button', { disabled: false })
	).toHaveCount(0);
	await page.getByRole('link', { name: /Ask only for colour/ }).click();
	await expect.poll(step).toBe('0');
	await page.goBack();
	await expect.poll(step).toBe('1');
	await page.getByRole('link', { name: 'Block editor' }).first().click();
	await expect(page).toHaveURL(/\/blocks/);
	await page.goBack();
	await expect(page.getByText('Paused at step 1.')).toBeVisible();
	await page.getByRole('button', { name: 'One step' }).click();
	await expect.poll(step).toBe('2');
});

test('what a page holds is written into its own address, never into that of the page that comes', async ({
	page
}) => {
	await open(page, '/en/train');
	// A press on a link writes at once; on the way back the address is the other page's while this one is still there.
	const written = (task: string, path: string) =>
		page.evaluate(
			async ([task, path]) => {
				document.querySelector<HTMLElement>(`input[value=${task}]`)!.click();
				await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
				if (path !== location.pathname) history.pushState(history.state, '', path);
				document.querySelector('a')!.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
				return location.search;
			},
			[task, path] as const
		);
	expect(await written('space', '/en/train')).toBe('?task=space');
	expect(await written('colour', '/en/elsewhere')).toBe('');
});

test('an experiment is a link that keeps the own block, and is gone back from', async ({ page }) => {
	await open(page, '/zh/train?own=1.dw3.pw.relu');
	await expect(page.getByText('通道 a 和通道 b 的条纹方向相同吗？')).toBeVisible();
	await page.getByRole('link', { name: /只问颜色/ }).click();
	await expect(page.getByText('通道 a 和通道 b 亮的是同一批点吗？')).toBeVisible();
	await expect(page).toHaveURL(/\/zh\/train\?task=colour&own=1\.dw3\.pw\.relu$/);
	await page.goBack();
	await expect(page.getByText('通道 a 和通道 b 的条纹方向相同吗？')).toBeVisible();
	await expect(page).toHaveURL(/\/zh\/train\?own=1\.dw3\.pw\.relu$/);
});

test('the address of an experiment is there to be copied', async ({ page }) => {
	await open(page, '/en/train');
	await page.getByRole('link', { name: /Ask only for colour/ }).click();
	await page.getByRole('button', { name: 'Share', exact: true }).click();
	const link = page.getByLabel('Link to this experiment');
	await expect(link).toHaveValue(/\/en\/train\?task=colour$/);
	await expect(page.getByRole('button', { name: 'Copy link' })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Save SVG' })).toHaveCount(0);
});

test('a number that cannot be is answered with the one in use, and with what was wrong', async ({ page }) => {
	await open(page, `/en/train?${quick}`);
	await page.getByText('Change the experiment').click();
	const seed = page.getByLabel('Seed');
	await seed.fill('99999');
	await seed.blur();
	await expect(seed).toHaveValue('9999');
	await expect(page.getByText('99999 is not from 1 to 9999. 9999 is in use.')).toBeVisible();
	// As in an address, which takes no such either.
	await seed.fill('2.5');
	await seed.blur();
	await expect(seed).toHaveValue('9999');
	await expect(page.getByText('2.5 is not a whole number. 9999 is still in use.')).toBeVisible();
	await seed.fill('');
	await seed.blur();
	await expect(seed).toHaveValue('9999');
	await expect(page.getByText('That was no number. 9999 is still in use.')).toBeVisible();
	await seed.fill('7');
	await seed.blur();
	await expect(page.getByText(/in use\./)).toHaveCount(0);
});

test('what an address says in vain is named by its control, with what is used instead', async ({ page }) => {
	await open(page, `/en/train?a=7&${quick}`);
	const notice = page.getByRole('status').filter({ hasText: 'Not understood' });
	await expect(notice).toContainText('Bars a in channel: channel 8 (addresses count from 0)');
	await expect(notice).toContainText('In use instead: 4.');
	await page.getByText('Change the experiment').click();
	await expect(page.getByLabel('Bars a in channel')).toHaveValue('3');
});

test('a block that does not fit says why, and the editor opens for the layers here', async ({ page }) => {
	await open(page, '/en/train?own=1.gc3g3.relu');
	await expect(page.getByText('4 → 8 channels cannot be divided into 3 equal groups.')).toBeVisible();
	await page.getByRole('link', { name: 'Change your block' }).first().click();
	await expect(page).toHaveURL(/\/en\/blocks\?block=1\.gc3g3\.relu&size=12&channels=8$/);
	await open(page, '/en/train');
	await page.getByText('Change the experiment').click();
	await page.getByRole('link', { name: 'Let a block of your own take part' }).click();
	await expect(page.getByText('Every output has seen every input channel.')).toBeVisible();
	await page.getByRole('link', { name: 'Let the block learn' }).click();
	await expect(
		page.getByRole('figure').getByRole('listitem').filter({ hasText: 'Your block' })
	).toBeVisible();
});

test('the rate that is offered after a loss beyond all bounds hands the focus to play', async ({ page }) => {
	await open(page, '/en/train?ways=pointwiseFirst&norm=false&rate=3&batch=16');
	await page.getByRole('button', { name: 'Play' }).click();
	const slower = page.getByRole('button', { name: 'Try the rate 0.03' });
	await expect(slower).toBeVisible();
	// No thread is thin as if it had hardly moved, and nothing is drawn of what is no number.
	await expect(page.locator('.threads path[d]').first()).toHaveClass(/broken/);
	await expect(page.getByText(/^Dashed: what this row computes is no number/)).toBeVisible();
	await page.getByRole('button', { name: /^Look inside/ }).click();
	const inside = page.getByRole('region', { name: /^Inside: / });
	await expect(inside.getByText(/^What it computes is no number any more/)).toBeVisible();
	await expect(inside.getByText(/are wrong/)).toHaveCount(0);
	await expect(inside.getByRole('button', { name: 'Picture 5', exact: true })).toBeVisible();
	await expect(inside.getByRole('heading', { level: 4 })).toHaveText(['The picture']);
	await slower.click();
	await expect(page.getByText(/^Step 0/)).toBeVisible();
	await expect(page.getByRole('button', { name: 'Play' })).toBeFocused();
});

test('where its worker does not load, one sentence says so, and it can be played again', async ({
	page,
	quiet
}) => {
	await open(page, `/en/train?${quick}`);
	await page.route(/immutable\/workers\//, (route) => route.abort());
	await page.getByRole('button', { name: 'Play' }).click();
	await expect(page.locator('#unloaded')).toBeVisible();
	await expect(page.getByRole('alert')).toHaveCount(1);
	await page.unroute(/immutable\/workers\//);
	await page.getByRole('button', { name: 'Play' }).click();
	await expect(page.getByText(/^Step [1-9]/)).toBeVisible();
	quiet.splice(0, quiet.length, ...quiet.filter((trouble) => !/ERR_FAILED|Failed to load/.test(trouble)));
});

test('looked into on a phone with everything open, it has no finding of axe, and does not scroll sideways', async ({
	page
}) => {
	await page.setViewportSize({ width: 360, height: 740 });
	await open(page, `/en/train?${quick}&own=1.dw3.pw.relu`);
	await page.getByText('Change the experiment').click();
	await page.getByRole('button', { name: /Look inside.*Your block/ }).click();
	await expect(page.getByText(/of 48 pictures that it never learned from are wrong/)).toBeVisible();
	await page.getByRole('button', { name: /^Picture 5:/ }).click();
	await expect(page.getByText(/^Comes out:/)).toBeVisible();
	expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
	await expectAccessible(page);
});

test('what is looked into closes by Escape, and the keyboard goes on at the button of its row', async ({
	page
}) => {
	await open(page, '/en/train?ways=standard,separable&batch=32');
	const inside = page.getByRole('region', { name: /^Inside: / });
	const [standard, separable] = ['Standard', 'Depthwise, pointwise'].map((way) =>
		page.getByRole('button', { name: new RegExp(`^Look inside.*${way}`) })
	);
	await standard!.click();
	await expect(inside).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(inside).toHaveCount(0);
	await expect(standard!).toBeFocused();
	// Led to the other one, and back to its button, not to the one that opened the first.
	await page.keyboard.press('Enter');
	await expect(page.getByRole('region', { name: 'Inside: Standard' })).toBeFocused();
	await separable!.click();
	await expect(page.getByRole('region', { name: 'Inside: Depthwise, pointwise' })).toBeFocused();
	await page.getByRole('button', { name: /^Picture 5:/ }).click();
	await expect(page.getByRole('button', { name: /^Picture 5:/ })).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(inside).toHaveCount(0);
	await expect(separable!).toBeFocused();
	// The same where it is there again after a reload, which nothing was pressed for.
	await page.keyboard.press('Enter');
	await page.getByRole('button', { name: 'One step' }).click();
	const putDown = () => page.evaluate(() => sessionStorage.getItem('carried')?.replaceAll('\\', ''));
	await expect.poll(putDown).toMatch(/"step":1,.*"lane":"separable"|"lane":"separable".*"step":1,/);
	await reloaded(page, () => page.reload());
	await expect(inside).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(inside).toHaveCount(0);
	await expect(separable!).toBeFocused();
});

test('before it is alive it shows no question that its address does not ask, and play stays where it is', async ({
	page
}) => {
	let release = () => {};
	const released = new Promise<void>((done) => (release = done));
	await page.route(/immutable\/entry\//, async (route) => {
		await released;
		await route.continue();
	});
	await page.setViewportSize({ width: 800, height: 900 });
	await page.goto('/en/train?task=space', { waitUntil: 'domcontentloaded' });
	const play = page.getByRole('button', { name: 'Play' });
	const before = await play.boundingBox();
	await expect(page.getByText('Do the bars of channel a and channel b run the same way?')).toBeHidden();
	await expect(page.getByRole('radio', { name: 'Two channels' })).toBeHidden();
	// Where the address says nothing there is nothing that could be other.
	await page.evaluate(() => delete document.documentElement.dataset['addressed']);
	await expect(page.getByRole('radio', { name: 'Two channels' })).toBeVisible();
	release();
	await expect(page.getByText('Are the bars of channel a horizontal?')).toBeVisible();
	await expect(page.locator('html[data-alive]')).toHaveCount(1);
	expect(await play.boundingBox()).toEqual(before);
	await page.unrouteAll();
});

for (const [chapter, lang] of [
	['shufflenet', 'en'],
	['xception', 'zh']
] as const)
	test(`a lesson shows a training whole, with its step: ${chapter}, ${lang}`, async ({ page }) => {
		await page.setViewportSize({ width: 1440, height: 900 });
		await open(page, `/${lang}/learn/${chapter}#learning`);
		const figure = page.locator('figure#training');
		await figure.scrollIntoViewIfNeeded();
		const count = figure.locator('.count');
		await expect(count).toBeVisible();
		await expect(count).toContainText(lang === 'en' ? 'Step 0' : '第 0 步');
		await expect(figure.locator('dl')).toBeVisible();
		const { whole, seen } = await figure
			.locator('.stage')
			.evaluate((stage) => ({ whole: stage.scrollHeight, seen: stage.clientHeight }));
		expect(whole).toBeLessThanOrEqual(seen);
		await figure.getByRole('button', { name: lang === 'en' ? 'One step' : '走一步' }).click();
		await expect(count).toContainText(lang === 'en' ? 'Step 1' : '第 1 步');
	});

test('what the legend says is shown elsewhere is there: on the page itself, and from a chapter', async ({
	page
}) => {
	for (const [address, name] of [
		['/en/train', 'Why is shown below.'],
		['/en/learn/xception', 'Why is shown on the training page.'],
		['/zh/learn/shufflenet', '原因见训练页上的证明。']
	] as const) {
		await open(page, address);
		await page.locator('#training, .race').first().scrollIntoViewIfNeeded();
		await page.getByRole('link', { name }).click();
		await expect(page).toHaveURL(/\/train.*#proof$/);
		await expect(page.locator('#proof')).toBeInViewport();
	}
});
