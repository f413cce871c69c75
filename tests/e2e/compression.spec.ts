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
	await expect(status).toContainText(`降到 ${(total.huffman / 1000).toFixed(0)} kB`, { timeout: 30_000 });
	await page.getByRole('button', { name: '给两个网络看图片' }).click();
	await expect(page.getByText(/^\d+ 张图片中有 \d+ 张的首选类别相同/)).toBeVisible({ timeout: 30_000 });
});
