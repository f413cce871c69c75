import sharp from 'sharp';
import { shots } from '../../tools/screenshots/shots';
import { takeShot } from '../../tools/screenshots/takeShot';
import { alone as test, expect, open } from './site';

// What `npm run screenshots` looks for is there: otherwise it is missed when the pictures are wanted anew, and not before.
for (const shot of shots)
	test(`the README's picture "${shot.name}" can be taken`, async ({ page }) => {
		await page.setViewportSize({ width: shot.width, height: 800 });
		await page.emulateMedia({ reducedMotion: 'reduce' });
		await open(page, shot.address);
		const { channels } = await sharp(await takeShot(page, shot, true)).stats();
		// It is no empty paper.
		expect(channels[0]!.stdev).toBeGreaterThan(5);
	});
