/**
 * Makes the README's pictures anew from `build/`: `docs/pictures`, each in light and in dark, one of them moving. The same build
 * gives the same pictures: sizes and seeds are fixed, and every picture waits for the state that it shows, not for a time.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import sharp, { type Sharp, type WebpOptions } from 'sharp';
import { launchBrowser, openPage } from './browser';
import { loop, shots, type Shot } from './screenshots/shots';
import { hide, settle, takeShot } from './screenshots/takeShot';
import { serveSite } from './siteServer';

const folder = 'docs/pictures';
const schemes = ['light', 'dark'] as const;
type Scheme = (typeof schemes)[number];
/** Pixels of a picture to one of the page: side by side in the README they are shown at half their size or less. */
const scale = 1.25;
/** A step of the moving picture: it is under way in a few frames, and then stands, at the end of all for longer. */
const pace = { frames: 5, milliseconds: 40, stands: 160, ends: 900 };

const server = await serveSite();

/** Opens a page and hands it on, in a window of its own, with nothing kept from another. */
async function onPage(
	browser: Browser,
	{ address, width, reducedMotion }: Pick<Shot, 'address' | 'width'> & { reducedMotion?: 'reduce' },
	colorScheme: Scheme,
	show: (page: Page) => Promise<void>
): Promise<void> {
	const context = await browser.newContext({
		viewport: { width, height: 800 },
		deviceScaleFactor: scale,
		colorScheme,
		...(reducedMotion && { reducedMotion })
	});
	const page = await context.newPage();
	await openPage(page, server.url + address);
	await show(page);
	await context.close();
}

/** Stands at a place of the timeline, also between two steps, as a hand on the slider does, and waits until it is drawn. */
const scrubTo = (page: Page, place: number) =>
	page.evaluate(async (place) => {
		const slider = document.querySelector<HTMLInputElement>('input[type=range]')!;
		slider.valueAsNumber = place;
		slider.dispatchEvent(new Event('input', { bubbles: true }));
		await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
	}, place);

/** Frames of the loop, and how long each is shown, milliseconds. */
async function takeLoop(page: Page): Promise<{ frames: Buffer[]; delays: number[] }> {
	await hide(page.locator(loop.hidden), 'display');
	await settle(page);
	const frames: Buffer[] = [];
	const delays: number[] = [];
	const top = await page.locator(loop.last).evaluate((words) => words.getBoundingClientRect().top);
	const clip = { x: 0, y: 0, width: loop.width, height: Math.round(top) + 44 };
	const take = async (delay: number) => {
		frames.push(await page.screenshot({ clip }));
		delays.push(delay);
	};
	const slider = page.locator('input[type=range]').first();
	const steps = Number(await slider.getAttribute('max'));
	for (let taken = 0; taken < steps; taken++) {
		const step = ((loop.first - 1 + taken) % steps) + 1;
		const { frames: count, milliseconds, stands, ends } = pace;
		for (let frame = 1; frame <= count; frame++) {
			await scrubTo(page, step - 1 + frame / count);
			await take(frame < count ? milliseconds : milliseconds + (step === steps ? ends : stands));
		}
	}
	// It begins where a step is done, which is seen where pictures do not move.
	for (const list of [frames, delays]) list.push(...(list.splice(0, pace.frames - 1) as never[]));
	return { frames, delays };
}

async function write(name: string, scheme: Scheme, picture: Sharp, options: WebpOptions) {
	const bytes = await picture.webp({ effort: 6, smartSubsample: true, ...options }).toBuffer();
	const file = `${folder}/${name}.${scheme}.webp`;
	writeFileSync(file, bytes);
	console.log(`${file}: ${Math.round(bytes.length / 1000)} kB`);
}

const browser = await launchBrowser();
mkdirSync(folder, { recursive: true });
for (const scheme of schemes) {
	for (const shot of shots)
		await onPage(browser, { ...shot, reducedMotion: 'reduce' }, scheme, async (page) =>
			write(shot.name, scheme, sharp(await takeShot(page, shot)), { quality: 80 })
		);
	await onPage(browser, loop, scheme, async (page) => {
		const { frames, delays } = await takeLoop(page);
		await write(loop.name, scheme, sharp(frames, { join: { animated: true } }), {
			quality: 80,
			loop: 0,
			delay: delays
		});
	});
}
await browser.close();
server.close();
