import { browserArguments, findBrowser } from '../../tools/browser';
import { expect, open, test } from './site';

test.use({
	launchOptions: {
		executablePath: await findBrowser(),
		args: [...browserArguments, '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']
	}
});

const small = 'network=mobilenet&weights=mobilenet:random&alpha=0.25&resolution=64';

test('a camera is run frame by frame, paused, and turned off', async ({ page }) => {
	await open(page, `/en/playground?${small}&backend=wasm`);
	await page.getByRole('button', { name: 'Run', exact: true }).click();
	await page.getByRole('button', { name: 'Camera', exact: true }).click();
	await expect(page.getByTestId('rate')).toContainText(/[\d.]+ frames a second/);
	await expect(page.getByTestId('lane-mobilenet')).toContainText(/\d\sms/);
	await page.getByRole('button', { name: 'Pause' }).click();
	await expect(page.getByTestId('rate')).toHaveText('paused');
	await page.getByRole('button', { name: 'Go on' }).click();
	await expect(page.getByTestId('rate')).toContainText('frames a second');
	await page.getByRole('button', { name: 'Turn the camera off' }).click();
	await expect(page.getByTestId('picture')).toHaveAttribute('aria-label', 'A frame of the camera');
	expect(await page.evaluate(() => document.querySelectorAll('video').length)).toBe(0);
});

test('without a camera there is a sentence, and the page goes on', async ({ page }) => {
	await open(page, `/en/playground?${small}`);
	await page.evaluate(() => {
		navigator.mediaDevices.getUserMedia = () =>
			Promise.reject(new DOMException('Requested device not found', 'NotFoundError'));
	});
	await page.getByRole('button', { name: 'Camera', exact: true }).click();
	await expect(page.getByRole('alert')).toHaveText('There is no camera on this device.');
	await page.getByRole('button', { name: 'A cup of espresso on a table' }).click();
	await expect(page.getByTestId('picture')).toHaveAttribute('alt', 'A cup of espresso on a table');
});
