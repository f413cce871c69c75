import { existsSync, readdirSync } from 'node:fs';
import { compressNetwork } from '../../src/lib/nets/compression/network';
import { bundledFolder, readBundled } from '../../tools/weights/bundled';
import { expect, open, test } from './site';

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
	const status = page.getByRole('status').first();
	await expect(status).toContainText(`降到 ${(total.huffman / 1000).toFixed(0)} kB`);
	await page.getByRole('button', { name: '给两个网络看图片' }).click();
	await expect(page.getByText(/^\d+ 张图片中有 \d+ 张的首选类别相同/)).toBeVisible();

	const pictures = page.getByRole('listitem').filter({ has: page.locator('img') });
	const count = await pictures.count();
	await page
		.getByLabel('用自己的图片')
		.setInputFiles({ name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
	await expect(page.getByRole('alert')).toContainText('broken.png');
	await expect(pictures).toHaveCount(count);
	const png = await page.evaluate(() => document.createElement('canvas').toDataURL().split(',')[1]!);
	await page
		.getByLabel('用自己的图片')
		.setInputFiles({ name: 'mine.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') });
	await expect(pictures).toHaveCount(count + 1);
	await expect(pictures.first().getByRole('img', { name: 'mine.png' })).toBeVisible();
	await expect(page.getByRole('alert')).toHaveCount(0);
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
	await expect(page.getByRole('status').first()).toContainText(/kB/);
	await expect(alert).toHaveCount(0);
	// The browser logs the request that this test lets fail.
	quiet.splice(0, quiet.length, ...quiet.filter((trouble) => !/Failed to load resource/.test(trouble)));
});
