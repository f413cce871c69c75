import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, open, test } from './site';

const folder = 'tests/golden/svg';
/** Set by `npm run golden`: pictures that differ are written anew, to be looked at before they are committed. */
const updates = process.env.UPDATE_GOLDEN === '1';

const built = existsSync('build/en/gallery.html') ? readFileSync('build/en/gallery.html', 'utf8') : '';
const stories = [...built.matchAll(/data-story="([^"]+)"/g)].map(([, name = '']) => name);

/** The picture of a story: its saved SVG less the fonts, an element a line, numbers to a tenth of a pixel. */
async function pictureOf(page: Page, name: string): Promise<string> {
	const download = page.waitForEvent('download');
	await page.locator(`[data-story="${name}"]`).getByRole('button', { name: 'Save SVG' }).click();
	const text = await readFile(await (await download).path(), 'utf8');
	return `${text
		.replace(/<style>.*?<\/style>/s, '')
		.replaceAll(/\d+\.\d+/g, (number) => String(Number(Number(number).toFixed(1))))
		.replaceAll(/>(?=<)/g, '>\n')}\n`;
}

test('every story has a golden picture, and every golden picture a story', () => {
	expect(stories.length).toBeGreaterThan(20);
	expect(new Set(stories).size).toBe(stories.length);
	const golden = readdirSync(folder).map((file) => file.replace(/\.svg$/, ''));
	if (updates) {
		for (const name of golden) if (!stories.includes(name)) rmSync(`${folder}/${name}.svg`);
		return;
	}
	expect(golden.sort()).toEqual([...stories].sort());
});

// Chromium refuses an eleventh download in quick succession to one page.
const perPage = 8;
for (let first = 0; first < stories.length; first += perPage) {
	const some = stories.slice(first, first + perPage);
	test(`the pictures from ${some[0]} on are the golden ones`, async ({ page }) => {
		await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
		await open(page, '/en/gallery');
		for (const name of some) {
			const picture = await pictureOf(page, name);
			const file = `${folder}/${name}.svg`;
			if (updates) {
				await mkdir(folder, { recursive: true });
				await writeFile(file, picture);
				continue;
			}
			const message = `${name} is not its golden picture: npm run golden, and look at the change`;
			expect.soft(picture === (await readFile(file, 'utf8')), message).toBe(true);
		}
	});
}
