/**
 * Makes the README's pictures anew from `build/`: `docs/pictures`, each in light and in dark, one of them moving. The same build
 * gives the same pictures: sizes and seeds are fixed, and every picture waits for the state that it shows, not for a time.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { type Browser, type Locator, type Page } from '@playwright/test';
import sharp, { type Sharp, type WebpOptions } from 'sharp';
import { launchBrowser, openPage } from './browser';
import { loop, shots, type Shot } from './screenshots/shots';
import { serveSite } from './siteServer';

const folder = 'docs/pictures';
const schemes = ['light', 'dark'] as const;
type Scheme = (typeof schemes)[number];
/** Pixels of a picture to one of the page: side by side in the README they are shown at half their size or less. */
const scale = 1.25;
/** Width over height of a still picture, and what is left around its part, CSS pixels. */
const shape = 1.66;
const margin = 14;

/** A step of the moving picture: what glides does so in a few frames, and then stands, at the end of all for longer. */
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

/** All letters and pictures are there. */
const settle = (page: Page) =>
	page.evaluate(async () => {
		await document.fonts.ready;
		await Promise.all(Array.from(document.images, (image) => image.decode().catch(() => {})));
	});

const hide = (hidden: Locator, how: 'visibility' | 'display') =>
	hidden.evaluateAll((elements, how) => {
		for (const element of elements as HTMLElement[])
			if (how === 'display') element.style.display = 'none';
			else element.style.visibility = 'hidden';
	}, how);

async function takeShot(page: Page, { part, hidden, prepare }: Shot): Promise<Buffer> {
	await prepare?.(page);
	if (hidden !== undefined) await hide(page.locator(hidden), 'visibility');
	await page.mouse.move(0, 0);
	const corner = page.locator(part);
	await corner.waitFor();
	await settle(page);
	const { x, y, width } = await corner.evaluate((element) => {
		const { left, top, width } = element.getBoundingClientRect();
		return { x: left + scrollX, y: top + scrollY, width };
	});
	const clip = { x: x - margin, y: y - margin, width: width + 2 * margin };
	return page.screenshot({ fullPage: true, clip: { ...clip, height: clip.width / shape } });
}

/** Makes a step as a key does, waits until it is drawn, and stops what then glides. @returns whether anything does */
const stepOn = (page: Page, key: string) =>
	page.evaluate(async (key) => {
		const slider = document.querySelector<HTMLInputElement>('input[type=range]')!;
		const before = slider.value;
		dispatchEvent(new KeyboardEvent('keydown', { key }));
		while (slider.value === before) await new Promise((done) => setTimeout(done));
		const gliding = document.getAnimations();
		for (const animation of gliding) animation.pause();
		return gliding.length > 0;
	}, key);

/** Brings what glides to a share of its way, or to its end. */
const glideTo = (page: Page, share: number) =>
	page.evaluate((share) => {
		for (const animation of document.getAnimations())
			if (share === 1) animation.finish();
			else animation.currentTime = share * Number(animation.effect!.getComputedTiming().endTime);
	}, share);

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
	for (let step = 2; step < loop.first; step++) await stepOn(page, 'ArrowRight');
	for (let taken = 0; taken < steps; taken++) {
		const step = ((loop.first - 1 + taken) % steps) + 1;
		const { frames: count, milliseconds, stands, ends } = pace;
		const glides = await stepOn(page, step === 1 ? 'Home' : 'ArrowRight');
		for (let frame = 1; glides && frame < count; frame++) {
			await glideTo(page, frame / count);
			await take(milliseconds);
		}
		await glideTo(page, 1);
		await take((glides ? milliseconds : count * milliseconds) + (step === steps ? ends : stands));
	}
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
