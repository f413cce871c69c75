import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { zipSync } from 'fflate';
import sharp from 'sharp';
import { browserArguments, findBrowser } from '../../tools/browser';
import { alone, expect, expectAccessible, open, reloaded, savedBy } from './site';

const red = { r: 200, g: 20, b: 20 };
const blue = { r: 20, g: 20, b: 200 };
type Colour = typeof red;

/** Uncompressed frames of about a colour, none like another, as Chromium's fake camera plays them. */
function video(colour: Colour): string {
	const [width, height, frames] = [64, 48, 200];
	const { r, g, b } = colour;
	// Source: Rec. ITU-R BT.601, studio range.
	const y = Math.round(16 + 0.257 * r + 0.504 * g + 0.098 * b);
	const u = Math.round(128 - 0.148 * r - 0.291 * g + 0.439 * b);
	const v = Math.round(128 + 0.439 * r - 0.368 * g - 0.071 * b);
	const area = width * height;
	const frame = (i: number) =>
		Buffer.concat([
			Buffer.from('FRAME\n'),
			Buffer.alloc(area, y + (i % 20)),
			Buffer.alloc(area / 4, u),
			Buffer.alloc(area / 4, v + Math.floor(i / 20))
		]);
	const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`);
	const file = join(mkdtempSync(join(tmpdir(), 'lightnets-camera-')), 'camera.y4m');
	writeFileSync(file, Buffer.concat([head, ...Array.from({ length: frames }, (_, i) => frame(i))]));
	return file;
}

alone.use({
	launchOptions: {
		executablePath: await findBrowser(),
		args: [
			...browserArguments,
			'--use-fake-device-for-media-stream',
			'--use-fake-ui-for-media-stream',
			`--use-file-for-fake-video-capture=${video(blue)}`
		]
	}
});

/** Pictures of about a colour, by chance the same each time. */
function pictures(name: string, { r, g, b }: Colour, count: number) {
	return Promise.all(
		Array.from({ length: count }, async (_, i) => ({
			name: `${name}-${i}.png`,
			mimeType: 'image/png',
			buffer: await sharp({
				create: {
					width: 40 + i,
					height: 40,
					channels: 3,
					background: { r: r + 5 * i, g: g + 7 * i, b: b + 3 * i }
				}
			})
				.png()
				.toBuffer()
		}))
	);
}

const card = (page: Page, number: number) => page.getByTestId(`class-${number}`);
const name = (page: Page, number: number) => page.getByLabel(`Name of class ${number}`);
const train = (page: Page) => page.getByRole('button', { name: /^Train/ });

async function nameAndFill(page: Page) {
	await open(page, '/en/playground/classes');
	await name(page, 1).fill('red');
	await card(page, 1)
		.locator('input[type=file]')
		.setInputFiles(await pictures('red', red, 5));
	await expect(card(page, 1)).toContainText('5 pictures');
	await name(page, 2).fill('blue');
	await card(page, 2)
		.locator('input[type=file]')
		.setInputFiles(await pictures('blue', blue, 4));
	await expect(card(page, 2)).toContainText('4 pictures');
}

alone(
	'classes are learned from files and the camera, answered live, saved, and opened again',
	async ({ page }) => {
		await nameAndFill(page);

		// A press is one picture at least.
		await card(page, 2).getByRole('button', { name: 'Camera' }).click();
		const burst = card(page, 2).getByRole('button', { name: 'Hold to take pictures' });
		await expect(card(page, 2).getByTestId('rate')).toContainText('frames a second');
		await burst.press('Enter');
		await expect(card(page, 2)).toContainText('5 pictures');
		await card(page, 2).getByRole('button', { name: 'Turn the camera off' }).click();

		await train(page).click();
		await expect(page.getByTestId('verdict')).toContainText(/10 of 10 pictures right/);
		for (const network of ['squeezenet', 'mobilenet', 'shufflenet', 'xception']) {
			const table = page.getByTestId(`confusion-${network}`);
			await expect(table.getByRole('rowheader')).toHaveText([/red/, /blue/]);
			await expect(table.getByRole('columnheader', { name: 'taken for blue' })).toBeAttached();
			await expect(table.getByRole('cell')).toHaveText(['100%', '5', '0', '100%', '0', '5']);
		}

		const answers = page.getByTestId('answers');
		const xception = answers.getByRole('region', { name: 'Xception' });
		await page
			.getByRole('group', { name: 'Try it on new pictures' })
			.getByRole('button', { name: 'Camera' })
			.click();
		await expect(xception.locator('dt.top')).toHaveText('blue');
		await page.getByRole('button', { name: 'Turn the camera off' }).click();
		await page.getByTestId('try-file').setInputFiles((await pictures('new', red, 1))[0]!);
		await expect(xception.locator('dt.top')).toHaveText('red');
		const share = await xception.locator('dd.top').textContent();
		// What is no picture is not answered as the one before.
		await page
			.getByTestId('try-file')
			.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('not a picture') });
		await expect(page.getByRole('alert')).toContainText('The browser finds no picture in notes.txt');
		await expect(xception.locator('dt.top')).toHaveCount(0);
		await expect(page.getByRole('img', { name: 'new-0.png' })).toHaveCount(0);

		// What was learned is of before, also where a class has nothing in it yet.
		await expect(page.getByTestId('stale')).toHaveCount(0);
		await page.getByRole('button', { name: 'Add a class' }).click();
		await expect(page.getByTestId('stale')).toContainText('You have changed classes or pictures since.');
		await expect(page.locator('#classes-obstacle')).toContainText(
			'You have changed classes or pictures since.'
		);
		await page.getByRole('button', { name: 'More that can be done with Class 3' }).click();
		await page.getByRole('button', { name: 'Remove the class Class 3' }).click();
		await expect(page.getByTestId('stale')).toHaveCount(0);

		// As a file, which opens in the playground with its names and gives the same answer.
		const saved = await savedBy(
			page.getByRole('button', { name: 'Save Xception with your classes, as a file' })
		);
		expect(saved.name).toBe('xception-own-classes.zip');
		await page.getByRole('link', { name: 'Playground' }).first().click();
		await page.getByLabel('Other networks').selectOption('own');
		await page.getByTestId('model-files').setInputFiles({
			name: 'own.zip',
			mimeType: 'application/zip',
			buffer: saved.bytes
		});
		await page.getByLabel('Your own picture').setInputFiles((await pictures('new', red, 1))[0]!);
		// It runs by itself where the network that was there before it had begun.
		await page.getByRole('button', { name: /^Run( again)?$/ }).click();
		const lane = page.getByTestId('lane-own');
		await expect(lane).toContainText(/red\s*[\d.]+%/);
		const again = /red\s*([\d.]+)%/.exec((await lane.textContent())!)![1];
		expect(Math.abs(Number(again) - parseFloat(share!))).toBeLessThan(1);

		// Whoever comes back finds all as it was.
		await page.getByRole('link', { name: 'Teach all four your own classes' }).click();
		await expect(name(page, 1)).toHaveValue('red');
		await expect(page.getByTestId('verdict')).toContainText(/10 of 10 pictures right/);
		await page.getByTestId('try-file').setInputFiles((await pictures('new', blue, 1))[0]!);
		await expect(xception.locator('dt.top')).toHaveText('blue');
	}
);

alone('classes are kept in this browser, and come back', async ({ page }) => {
	await nameAndFill(page);
	const keep = page.getByTestId('keep-classes');
	await keep.getByRole('button', { name: /^Keep them here/ }).click();
	await expect(keep).toContainText(/kept in this browser/);
	// Another tab has nothing of this one but what is kept.
	await page.evaluate(() => sessionStorage.clear());
	await reloaded(page, () => page.reload());
	await page
		.getByRole('button', { name: /^Open what is kept/ })
		.first()
		.click();
	await expect(name(page, 1)).toHaveValue('red');
	await expect(card(page, 2)).toContainText('4 pictures');
	await keep.getByRole('button', { name: 'Remove what is kept' }).click();
	await expect(keep).not.toContainText(/kept in this browser\./);
	await expect(keep).toContainText('What was kept is removed.');
	await expect(card(page, 2)).toContainText('4 pictures');
});

alone('pictures that are not kept are there again after a reload', async ({ page }) => {
	let asked = 0;
	page.on('dialog', (dialog) => {
		asked++;
		void dialog.accept();
	});
	await nameAndFill(page);
	const putDown = () =>
		page.evaluate(async () => (await (await caches.open('lightnets-carried')).keys()).length);
	await expect.poll(putDown).toBe(9);
	// Once all of it is put down, nobody is asked.
	const isAsked = () => page.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));
	await expect.poll(isAsked).toBe(false);
	await reloaded(page, () => page.reload());
	await expect(name(page, 1)).toHaveValue('red');
	await expect(card(page, 2)).toContainText('4 pictures');
	// From another page of the site, too.
	await expect.poll(isAsked).toBe(false);
	await page.getByRole('link', { name: 'What this browser keeps' }).click();
	await expect(page).toHaveURL(/\/en\/privacy/);
	await reloaded(page, () => page.reload());
	await page.goBack();
	await expect(name(page, 1)).toHaveValue('red');
	await expect(card(page, 2)).toContainText('4 pictures');
	expect(asked).toBe(0);
});

alone('what cannot be is one sentence, and nothing is lost', async ({ page }) => {
	await nameAndFill(page);
	const alert = page.getByRole('alert');
	await card(page, 1)
		.locator('input[type=file]')
		.setInputFiles([
			{ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('not a picture') },
			...(await pictures('more', { ...red, b: 60 }, 1)),
			...(await pictures('again', red, 2))
		]);
	await expect(alert).toContainText('The browser finds no picture in notes.txt');
	await expect(alert).toContainText('2 pictures were left out: “red” has them already.');
	await expect(card(page, 1)).toContainText('6 pictures');

	await page.getByRole('button', { name: 'Add a class' }).click();
	await name(page, 3).fill('red');
	await train(page).click();
	await expect(alert).toHaveText('Two classes are called “red”. Give one of them another name.');
	await name(page, 3).fill('green');
	await card(page, 3)
		.locator('input[type=file]')
		.setInputFiles(await pictures('green', { r: 20, g: 150, b: 20 }, 1));
	await expect(card(page, 3)).toContainText('1 picture');
	await train(page).click();
	await expect(alert).toContainText('“green” has one picture.');
	await card(page, 3).getByRole('button', { name: 'More that can be done with green' }).click();
	await page.getByRole('button', { name: 'Remove the class green' }).click();
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(card(page, 3)).toContainText('1 picture');

	await page.evaluate(() => {
		navigator.mediaDevices.getUserMedia = () =>
			Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
	});
	await card(page, 3).getByRole('button', { name: 'Camera' }).click();
	await expect(card(page, 3).getByRole('alert')).toContainText('The camera was not allowed.');
	await expect(card(page, 1)).toContainText('6 pictures');
});

alone(
	'a class is left out, emptied, and given back its pictures from the file they were saved as',
	async ({ page }) => {
		await nameAndFill(page);
		await card(page, 1).getByRole('button', { name: 'More that can be done with red' }).click();
		const leaveOut = card(page, 1).getByRole('button', { name: 'Leave it out' });
		await leaveOut.click();
		await expect(card(page, 1)).toContainText('the networks do not learn it');
		await train(page).click();
		await expect(page.getByRole('alert')).toContainText('Fewer than two classes are taken in');
		await leaveOut.click();
		await expect(page.getByRole('alert')).toHaveCount(0);

		const saved = await savedBy(card(page, 1).getByRole('button', { name: 'Save its pictures' }));
		expect(saved.name).toBe('red.zip');
		const zip = { name: saved.name, mimeType: 'application/zip', buffer: saved.bytes };
		await card(page, 1).getByRole('button', { name: 'Remove all its pictures' }).click();
		await expect(card(page, 1)).toContainText('0 pictures');
		await expect(page.getByText('5 pictures of “red” are removed.')).toBeVisible();
		await page.getByRole('button', { name: 'Undo' }).click();
		await expect(card(page, 1)).toContainText('5 pictures');

		// The same file, for one class and as a class of its own.
		await card(page, 2).locator('input[type=file]').setInputFiles(zip);
		await expect(card(page, 2)).toContainText('9 pictures');
		await name(page, 1).fill('scarlet');
		await name(page, 1).blur();
		await page.getByTestId('archive-file').setInputFiles(zip);
		await expect(name(page, 3)).toHaveValue('red');
		await expect(card(page, 3)).toContainText('5 pictures');
		await expect(page.getByText(/^5 pictures are both in “scarlet” and in “blue”/)).toBeVisible();

		// Into another language they go along.
		await page.getByRole('link', { name: '中文' }).click();
		await expect(page.getByLabel('类别 1 的名称')).toHaveValue('scarlet');
		await expect(card(page, 2)).toContainText('9 张图片');
	}
);

alone(
	'what was learned goes along into another language, from any page, and a training is taken up there',
	async ({ page }) => {
		const warnings: string[] = [];
		page.on('console', (message) => {
			if (message.type() === 'warning' && /backend|webgpu/i.test(message.text()))
				warnings.push(message.text());
		});
		await nameAndFill(page);
		await train(page).click();
		await expect(page.getByTestId('verdict')).toContainText(/9 of 9 pictures right/);
		// Looked into, it is open in this tab, and takes no part.
		await page.getByRole('button', { name: 'Look inside Xception with your classes' }).click();
		await expect(page.getByTestId('lane-own')).toBeVisible();
		await page.getByRole('link', { name: 'Teach all four your own classes' }).click();
		await expect(page.getByTestId('verdict')).toContainText(/9 of 9 pictures right/);
		await expect(page.getByText('Trained.')).toBeVisible();
		await expect(page.getByText(/takes part\.|takes no part/)).toHaveCount(0);

		await page.getByRole('link', { name: 'Playground' }).first().click();
		await page.getByRole('link', { name: '中文' }).click();
		await expect(page).toHaveURL(/\/zh\/playground/);
		await page.getByRole('link', { name: '教四个网络认你自己的类别' }).click();
		await expect(page.getByTestId('verdict')).toContainText('没学过的 9 张图片答对 9 张');
		await expect(page.getByText('训练好了。')).toBeVisible();
		await page.getByTestId('try-file').setInputFiles((await pictures('new', red, 1))[0]!);
		await expect(page.getByTestId('answers').locator('dt.top')).toHaveText(['red', 'red', 'red', 'red']);

		// While it learns anew.
		await card(page, 1)
			.locator('input[type=file]')
			.setInputFiles(await pictures('more', { r: 220, g: 60, b: 60 }, 2));
		await page.getByRole('button', { name: '重新训练' }).click();
		await page.getByRole('link', { name: 'English' }).click();
		await expect(page).toHaveURL(/\/en\/playground\/classes/);
		await expect(page.getByTestId('verdict')).toContainText(/11 of 11 pictures right/);
		expect(warnings).toEqual([]);
	}
);

alone(
	'another tab shows what is kept as it is, and what others took the place of comes back',
	async ({ page, context }) => {
		await nameAndFill(page);
		const keep = page.getByTestId('keep-classes');
		await keep.getByRole('button', { name: /^Keep them here/ }).click();
		const said = keep.getByText(/are kept in this browser/);
		const before = (await said.textContent())!;
		const other = await context.newPage();
		await open(other, '/zh/playground/classes');
		const there = other.getByTestId('keep-classes').getByText('这个浏览器里存有');
		await expect(there).toContainText(/\d/);
		const first = (await there.textContent())!;
		await card(page, 1).getByRole('button', { name: 'More that can be done with red' }).click();
		await page.getByRole('button', { name: 'Remove the class red' }).click();
		const instead = keep.getByRole('button', { name: /^Keep what is here now instead/ });
		await instead.click();
		await expect(said).not.toHaveText(before);
		await expect(said).toContainText('what is here is what is kept');
		// A second press keeps what is kept.
		await expect(instead).toHaveAttribute('aria-disabled', 'true');
		await instead.dispatchEvent('click');
		await expect(there).not.toHaveText(first);
		await expect(keep).toContainText('What was kept before can be brought back.');
		await keep.getByRole('button', { name: 'Undo' }).click();
		await expect(said).toContainText('what is here is something else');
		await expect(keep).toContainText('What was kept first is kept again');
		await expect(there).toHaveText(first);
		await keep.getByRole('button', { name: /^Open what is kept/ }).click();
		await expect(name(page, 1)).toHaveValue('red');
		await expect(card(page, 1)).toContainText('5 pictures');
	}
);

alone('an archive of pictures opens wherever on the page it is dropped', async ({ page }) => {
	await open(page, '/en/playground/classes');
	const [picture] = await pictures('red', red, 1);
	const bytes = [...zipSync({ 'cup/001.png': new Uint8Array(picture!.buffer) }, { level: 0 })];
	const drop = async (of: readonly number[]) => {
		const dataTransfer = await page.evaluateHandle((content) => {
			const transfer = new DataTransfer();
			transfer.items.add(new File([new Uint8Array(content)], 'own.zip', { type: 'application/zip' }));
			return transfer;
		}, of);
		await page.getByRole('heading', { level: 1 }).dispatchEvent('drop', { dataTransfer });
	};
	// One that is cut off opens nowhere: it is said here.
	await drop(bytes.slice(0, bytes.length / 2));
	await expect(page.getByRole('alert')).toHaveText(
		/^own\.zip is damaged or cut off: nothing in it can be read/
	);
	await expect(page).toHaveURL(/\/en\/playground\/classes$/);
	await drop(bytes);
	await expect(name(page, 1)).toHaveValue('cup');
	await expect(card(page, 1)).toContainText('1 picture');
	await expect(page.getByRole('alert')).toHaveCount(0);
});

alone('a camera takes pictures by itself, for who needs both hands', async ({ page }) => {
	await open(page, '/en/playground/classes');
	await card(page, 1).getByRole('button', { name: 'Camera' }).click();
	await expect(card(page, 1).getByTestId('rate')).toContainText('frames a second');
	await card(page, 1).getByRole('button', { name: 'Take 20 by itself' }).click();
	await expect(card(page, 1)).toContainText('Hands free: it begins in');
	await expect(card(page, 1)).toContainText('20 pictures', { timeout: 30_000 });
	await expect(card(page, 1).getByRole('button', { name: 'Take 20 by itself' })).toBeVisible();
});

alone(
	'taught on a phone with everything open, it has no finding of axe, and does not scroll sideways',
	async ({ page }) => {
		await page.setViewportSize({ width: 360, height: 740 });
		await open(page, '/zh/playground/classes');
		await page.getByRole('button', { name: '填入示例' }).click();
		await expect(card(page, 3)).toContainText('15 张图片');
		await card(page, 1).getByRole('button', { name: '圆形 的更多操作' }).click();
		await card(page, 3).getByRole('button', { name: '星形 的更多操作' }).click();
		await card(page, 3).getByRole('button', { name: '暂不参加' }).click();
		await page.getByRole('button', { name: '训练四个网络' }).click();
		await page.getByRole('link', { name: '看哪个网络最好' }).click();
		await page.getByText('用在你自己的网页里').click();
		await page.getByTestId('try-file').setInputFiles((await pictures('new', red, 1))[0]!);
		await expect(page.getByTestId('answers').locator('dt.top')).toHaveCount(4);
		// A title breaks nowhere in its score: a line of its own has it whole.
		for (const score of await page.locator('caption .note').all()) {
			const { height } = (await score.boundingBox())!;
			expect(height).toBeLessThan(30);
		}
		expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
			0
		);
		await expectAccessible(page);
	}
);

alone('of ten classes all cells are seen on a phone, and all pictures that were wrong', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 740 });
	await open(page, '/en/playground/classes');
	// The nearest picture to each is one of another class.
	const grey = (of: number) => ({ r: of, g: of, b: of });
	for (let number = 1; number <= 10; number++) {
		if (number > 2) await page.getByRole('button', { name: 'Add a class' }).click();
		await name(page, number).fill(`A class called ${number}`);
		await card(page, number)
			.locator('input[type=file]')
			.setInputFiles([
				...(await pictures('low', grey(12 * number), 1)),
				...(await pictures('high', grey(12 * ((number + 4) % 10) + 118), 1))
			]);
		await expect(card(page, number)).toContainText('2 pictures');
	}
	await train(page).click();
	const table = page.getByTestId('confusion-squeezenet');
	await expect(table.getByRole('rowheader')).toHaveCount(10);
	await expect(table.getByRole('columnheader').first()).toHaveText('What it is');
	for (const network of ['squeezenet', 'xception'])
		expect(
			await page
				.getByTestId(`confusion-${network}`)
				.evaluate((of) => of.parentElement!.scrollWidth - of.parentElement!.clientWidth)
		).toBeLessThanOrEqual(0);
	const figure = page.getByRole('figure').filter({ has: table });
	const shown = figure.getByRole('img');
	await expect(shown).toHaveCount(12);
	const more = figure.getByRole('button', { name: /^Show \d+ more$/ });
	const count = 12 + Number(/\d+/.exec((await more.textContent())!)![0]);
	await more.press('Enter');
	await expect(shown).toHaveCount(count);
	const fewer = figure.getByRole('button', { name: 'Show fewer' });
	await expect(fewer).toBeFocused();
	await fewer.press('Enter');
	await expect(shown).toHaveCount(12);
});

alone('drawings are added one after the other by keyboard alone', async ({ page }) => {
	await open(page, '/en/playground/classes');
	await card(page, 1).getByRole('button', { name: 'Draw' }).press('Enter');
	const sheet = card(page, 1).getByRole('application');
	await expect(card(page, 1)).toContainText('Draw something, then add it to the class.');
	const draw = async (key: string) => {
		for (const pressed of [' ', key, key, ' ']) await page.keyboard.press(pressed);
	};
	await sheet.focus();
	await draw('ArrowLeft');
	await card(page, 1).getByRole('button', { name: 'Add this drawing' }).press('Enter');
	await expect(card(page, 1)).toContainText('1 picture');
	await expect(sheet).toBeFocused();
	await draw('ArrowDown');
	// What was drawn last is taken back: the keyboard goes on at the sheet, too.
	await card(page, 1).getByRole('button', { name: 'Clear' }).press('Enter');
	await expect(sheet).toBeFocused();
	await draw('ArrowRight');
	await card(page, 1).getByRole('button', { name: 'Add this drawing' }).press('Enter');
	await expect(card(page, 1)).toContainText('2 pictures');
	await expect(sheet).toBeFocused();
});

alone('pictures that are more than are seen at once scroll by whole rows', async ({ page }) => {
	await open(page, '/en/playground/classes');
	await card(page, 1)
		.locator('input[type=file]')
		.setInputFiles(await pictures('red', { ...red, r: 0 }, 45));
	await expect(card(page, 1)).toContainText('45 pictures');
	const list = card(page, 1).getByRole('toolbar');
	for (const width of [1280, 500, 360]) {
		await page.setViewportSize({ width, height: 800 });
		// Of those that are seen at all, how much each is seen of: all of it.
		const cut = () =>
			list.evaluate((box) => {
				const { top, bottom } = box.getBoundingClientRect();
				return [...box.children].filter((child) => {
					const row = child.getBoundingClientRect();
					return (
						row.bottom > top + 1 && row.top < bottom - 1 && (row.top < top - 0.5 || row.bottom > bottom + 0.5)
					);
				}).length;
			});
		expect([width, await cut()]).toEqual([width, 0]);
		await expect(list).toHaveClass(/\bmore\b/);
		await list.evaluate((box) => box.scrollTo(0, box.scrollHeight));
		await expect(list).not.toHaveClass(/\bmore\b/);
		await expect.poll(cut).toBe(0);
		await list.evaluate((box) => box.scrollTo(0, 0));
	}
});

alone('a press on Cancel is answered at once, before what runs has ended', async ({ page }) => {
	await open(page, '/en/playground/classes');
	await page.getByRole('button', { name: 'Fill in an example' }).click();
	await page.route(/\.bin\?/, () => {});
	await train(page).click();
	const cancel = page.getByRole('button', { name: 'Cancel' });
	await expect(cancel).toBeVisible();
	const said = await cancel.evaluate(async (button: HTMLButtonElement) => {
		button.click();
		await Promise.resolve();
		return [button.isConnected, button.textContent];
	});
	expect(said).toEqual([true, 'Stopping…']);
	await expect(train(page)).toBeEnabled();
	await expect(page.getByRole('alert')).toHaveCount(0);
	await page.unrouteAll();
});

alone(
	'pictures of the own zip are known again, go along while the example is filled in, and are there on the way back',
	async ({ page }) => {
		await open(page, '/en/playground/classes');
		await page.getByRole('button', { name: 'Fill in an example' }).click();
		await page.getByRole('link', { name: '中文' }).click();
		await expect(page).toHaveURL(/\/zh\/playground\/classes/);
		for (const number of [1, 2, 3]) await expect(card(page, number)).toContainText('15 张图片');
		await page.getByLabel('类别 1 的名称').fill('圆');
		await page.getByLabel('类别 1 的名称').blur();
		const renewed = () => page.evaluate(() => sessionStorage.getItem('carried')?.includes('"圆"') ?? false);
		await expect.poll(renewed).toBe(true);
		page.on('dialog', (dialog) => void dialog.accept());
		await page.goBack();
		await expect(page).toHaveURL(/\/en\/playground\/classes/);
		await expect(name(page, 1)).toHaveValue('圆');
		for (const number of [1, 2, 3]) await expect(card(page, number)).toContainText('15 pictures');
		const { path } = await savedBy(page.getByRole('button', { name: 'Save the pictures as a file' }));
		await page.getByTestId('archive-file').setInputFiles(path);
		await expect(page.getByRole('alert')).toHaveText(
			'45 pictures were there already, and were not taken again.'
		);
		for (const number of [1, 2, 3]) await expect(card(page, number)).toContainText('15 pictures');
	}
);

alone(
	'wherever a button goes that was pressed, the keyboard goes on at what there is instead',
	async ({ page }) => {
		const focused = page.locator(':focus');
		const files = (number: number) => card(page, number).locator('input[type=file]');
		const press = (of: Locator) => of.press('Enter');
		const button = (text: string | RegExp) => page.getByRole('button', { name: text });
		const keep = page.getByTestId('keep-classes');
		await open(page, '/en/playground/classes');
		await press(button('Fill in an example'));
		await expect(card(page, 3)).toContainText('15 pictures');
		await expect(files(1)).toBeFocused();

		// What was taken away can be brought back, where the keyboard is.
		await button('More that can be done with Circles').click();
		await press(button('Remove all its pictures'));
		await expect(focused).toHaveText('Undo');
		await press(focused);
		await expect(files(1)).toBeFocused();
		await button('More that can be done with Stars').click();
		await press(button('Remove the class Stars'));
		await expect(focused).toHaveText('Undo');
		await press(focused);
		await expect(files(3)).toBeFocused();
		const thumbs = card(page, 2).getByRole('toolbar').getByRole('button');
		await thumbs.first().focus();
		for (let left = 15; left > 1; left--) {
			await expect(thumbs).toHaveCount(left);
			await focused.press('Delete');
			await expect(thumbs.first()).toBeFocused();
		}
		await focused.press('Delete');
		await expect(thumbs).toHaveCount(0);
		await expect(files(2)).toBeFocused();

		// What is kept.
		await keep.getByRole('button', { name: /^Keep them here/ }).press('Enter');
		await press(keep.getByRole('button', { name: 'Remove what is kept' }));
		await expect(focused).toHaveText('Undo');
		await press(focused);
		await expect(focused).toHaveText('Remove what is kept');

		// A training that is cancelled, one that comes to its end, one of another draw, one that nobody waits for.
		await files(2).setInputFiles(await pictures('blue', blue, 4));
		await expect(card(page, 2)).toContainText('4 pictures');
		await page.route(/\.bin\?/, () => {});
		await press(train(page));
		await expect(focused).toHaveText('Cancel');
		await press(focused);
		await expect(train(page)).toBeFocused();
		await page.unrouteAll();
		await press(train(page));
		await expect(focused).toHaveText('Cancel');
		await expect(focused).toHaveText('See which network is best', { timeout: 60_000 });
		await press(button(/^Test on another split/));
		await expect(focused).toHaveText('Cancel');
		await expect(focused).toHaveText('See which network is best', { timeout: 60_000 });
		await train(page).click();
		await name(page, 1).focus();
		await expect(page.getByText('Trained.')).toBeVisible({ timeout: 60_000 });
		await expect(name(page, 1)).toBeFocused();

		// A camera that is turned off.
		await press(card(page, 1).getByRole('button', { name: 'Camera' }));
		await press(card(page, 1).getByRole('button', { name: 'Turn the camera off' }));
		await expect(focused).toHaveText('Camera');
	}
);

alone('while another result comes, that of before is said to be so', async ({ page }) => {
	await nameAndFill(page);
	await train(page).click();
	await expect(page.getByTestId('verdict')).toContainText(/9 of 9 pictures right/);
	const result = page.getByTestId('result');
	await expect(result).toHaveAttribute('aria-busy', 'false');
	await card(page, 1)
		.locator('input[type=file]')
		.setInputFiles(await pictures('more', { r: 220, g: 60, b: 60 }, 2));
	await expect(card(page, 1)).toContainText('7 pictures');
	await expect(train(page)).toBeEnabled();
	await expect(page.getByTestId('stale')).toContainText('You have changed classes or pictures since.');
	// Held where it looks at a picture.
	await page.evaluate(() => {
		const { createImageBitmap: make } = window;
		const held = new Promise<void>((go) => Object.assign(window, { go }));
		window.createImageBitmap = async (...given: unknown[]) => {
			await held;
			return (make as (...of: unknown[]) => Promise<ImageBitmap>)(...given);
		};
	});
	await train(page).click();
	await expect(page.getByTestId('stale')).toContainText('A new result is coming.');
	await expect(result).toHaveAttribute('aria-busy', 'true');
	await expect(result).toHaveCSS('opacity', '0.45');
	await page.evaluate(() => (window as unknown as { go: () => void }).go());
	await expect(page.getByTestId('verdict')).toContainText(/11 of 11 pictures right/);
	await expect(page.getByTestId('stale')).toHaveCount(0);
	await expect(result).toHaveAttribute('aria-busy', 'false');
	await expect(result).toHaveCSS('opacity', '1');
});

alone('where the browser keeps nothing, the page promises nothing', async ({ page }) => {
	await page.addInitScript(() => {
		const refuse = () => {
			throw new DOMException('refused', 'SecurityError');
		};
		Storage.prototype.setItem = Storage.prototype.getItem = refuse;
		for (const of of ['caches', 'indexedDB', 'localStorage', 'sessionStorage'])
			Object.defineProperty(window, of, { get: refuse });
		navigator.storage.getDirectory = () => Promise.reject(new DOMException('refused', 'SecurityError'));
	});
	await nameAndFill(page);
	await expect(page.getByTestId('refused')).toHaveText(
		'This browser does not keep pictures for this tab: its storage is blocked or full. Once the page is loaded anew or closed, they are no longer on it. Save them as a file before that.'
	);
	await expect(page.getByText('are there again when it is loaded anew')).toHaveCount(0);
	await page.getByRole('button', { name: /^Keep them here/ }).click();
	await expect(page.getByRole('alert')).toContainText('This browser keeps nothing for this page.');
});

for (const lang of ['en', 'zh'] as const)
	alone(`names of one long word make a phone no wider: ${lang}`, async ({ page }) => {
		const long = (letter: string) => letter.repeat(60);
		const wider = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		await page.setViewportSize({ width: 360, height: 740 });
		await open(page, `/${lang}/playground/classes`);
		for (const [number, letter] of [
			[1, 'W'],
			[2, 'M']
		] as const) {
			await card(page, number).getByRole('textbox').fill(long(letter));
			await card(page, number).getByRole('textbox').blur();
		}
		const button = page.locator('[aria-describedby=classes-obstacle]');
		// What is in the way, beside the button and said aloud.
		await expect(page.locator('#classes-obstacle')).toContainText('W'.repeat(60));
		expect(await wider()).toBeLessThanOrEqual(0);
		await button.click();
		await expect(page.getByRole('alert')).toContainText('W'.repeat(60));
		expect(await wider()).toBeLessThanOrEqual(0);
		// Copies, in one class and in two.
		const red5 = await pictures('red', red, 5);
		for (const number of [1, 2, 2]) {
			await card(page, number).locator('input[type=file]').setInputFiles(red5);
			await expect(card(page, number).getByRole('toolbar').getByRole('button')).toHaveCount(5);
		}
		await expect(card(page, 2).getByRole('alert')).toContainText('M'.repeat(60));
		await expect(page.locator('#classes-pictures ~ .notice')).toContainText('W'.repeat(60));
		expect(await wider()).toBeLessThanOrEqual(0);
		// Removed.
		await card(page, 2)
			.getByRole('button', { name: long('M') })
			.first()
			.click();
		await card(page, 2).locator('.more button').nth(2).click();
		await expect(page.getByRole('status').filter({ hasText: 'M'.repeat(60) })).not.toHaveCount(0);
		expect(await wider()).toBeLessThanOrEqual(0);
		// Learned, with pictures that are taken for others.
		await card(page, 2)
			.locator('input[type=file]')
			.setInputFiles(await pictures('also red', { ...red, b: 22 }, 4));
		await expect(card(page, 2).getByRole('toolbar').getByRole('button')).toHaveCount(4);
		await button.click();
		await expect(page.getByTestId('verdict')).toBeVisible({ timeout: 60_000 });
		await page.getByTestId('try-file').setInputFiles(red5[0]!);
		await expect(page.getByTestId('answers').locator('dt.top')).toHaveCount(4);
		expect(await wider()).toBeLessThanOrEqual(0);
	});
