import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { baseLocale } from '../../src/lib/i18n/languages';
import { expect, expectAccessible, expectWhole, isStory, localeOf, open, pages, test } from './site';

/** Pictures, and, of panels, their elements and words. */
const folders = { svg: 'tests/golden/svg', html: 'tests/golden/html' };
/** Set by `npm run golden`: pictures that differ are written anew, to be looked at before they are committed. */
const updates = process.env.UPDATE_GOLDEN === '1';

/** Figures of the gallery by their addresses, each with the stories of its page, as it is built. */
const figures = pages
	.filter((address) => isStory(address) && localeOf(address) === baseLocale)
	.map((address) => {
		const built = readFileSync(`build${address}.html`, 'utf8');
		const stories = [...built.matchAll(/data-story="([^"]+)"( data-panel)?/g)].map(
			([, name = '', panel]) => ({
				name,
				kind: panel ? ('html' as const) : ('svg' as const)
			})
		);
		return { address, stories };
	});
const stories = figures.flatMap(({ stories }) => stories);
type Story = (typeof stories)[number];
const fileOf = ({ name, kind }: Story) => `${folders[kind]}/${name}.${kind}`;

/** What a panel says: its elements, one a line, less what the build makes of them. */
async function wordsOf(page: Page, name: string): Promise<string> {
	const html = await page.locator(`[data-story="${name}"] .shown`).innerHTML();
	return `${html
		.replaceAll(/<!--.*?-->/gs, '')
		.replaceAll(/ ?\bsvelte-\w+/g, '')
		.replaceAll(/ class=""/g, '')
		// Ids are numbered in the order in which the page's parts came.
		.replaceAll(/(?<=")s\d+(?=-)/g, 's')
		.replaceAll(/ (id|for|name|aria-[a-z]+)="(?:c?\d*-[^"]*|[cs]\d+)"/g, '')
		// What is told when something has come to rest may not be told yet.
		.replaceAll(/(?<=<p class="visually-hidden"(?: id="[^"]*")? aria-live="polite">)[^<]*/g, '')
		.replaceAll(/>(?=<)/g, '>\n')
		.trim()}\n`;
}

/** The picture of a story: its saved SVG less the fonts, an element a line, numbers to a tenth of a pixel. */
async function pictureOf(page: Page, { name, kind }: Story): Promise<string> {
	if (kind === 'html') return wordsOf(page, name);
	const button = page.locator(`[data-story="${name}"]`).getByRole('button', { name: 'Save SVG' });
	const text = await button.evaluate(async (button: HTMLButtonElement) => {
		// Taken on its way to the downloads, of which Chromium refuses the eleventh in quick succession.
		const file = new Promise<Blob>((resolve) => {
			URL.createObjectURL = (file: Blob) => (resolve(file), '');
		});
		HTMLAnchorElement.prototype.click = () => {};
		button.click();
		return (await file).text();
	});
	return `${text
		.replace(/<style>.*?<\/style>/s, '')
		// Ids are numbered in the order in which the page's parts came.
		.replaceAll(/(id="|url\(#)[cs]\d+(?=["')-])/g, '$1s')
		.replaceAll(/\d+\.\d+/g, (number) => String(Number(Number(number).toFixed(1))))
		.replaceAll(/>(?=<)/g, '>\n')}\n`;
}

/** The first line that differs, as it was and as it is: thousands of lines may move together. */
function firstChange(golden: string, picture: string) {
	const [was, is] = [golden.split('\n'), picture.split('\n')];
	const line = was.findIndex((text, n) => text !== is[n]);
	return line < 0 && was.length === is.length ? null : { line: line + 1, was: was[line], is: is[line] };
}

test('every story has a golden picture, and every golden picture a story', () => {
	expect(stories.length).toBeGreaterThan(20);
	const files = stories.map(fileOf);
	expect(new Set(files).size).toBe(stories.length);
	const golden = Object.values(folders).flatMap((folder) =>
		readdirSync(folder).map((file) => `${folder}/${file}`)
	);
	if (updates) {
		for (const file of golden) if (!files.includes(file)) rmSync(file);
		return;
	}
	expect(golden.sort()).toEqual(files.sort());
});

for (const { address, stories } of figures) {
	test(`${address}: golden pictures, no finding of axe, no sideways scroll at 360 px`, async ({ page }) => {
		await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
		await open(page, address);
		// What a network or a file is waited for is drawn once it is there.
		await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
		for (const story of stories) {
			const picture = await pictureOf(page, story);
			const file = fileOf(story);
			if (updates) {
				await mkdir(folders[story.kind], { recursive: true });
				await writeFile(file, picture);
				continue;
			}
			const golden = await readFile(file, 'utf8');
			const message = `${story.name} is not its golden picture: npm run golden, and look at the change`;
			expect.soft(firstChange(golden, picture), message).toBeNull();
		}
		await page.setViewportSize({ width: 360, height: 740 });
		await expectWhole(page, address);
		await expectAccessible(page);
	});
}
