import { openAll } from './bench';
import { expect, test } from './site';

test('the race is run to its end, and says who was faster and by how much', async ({ page }) => {
	await openAll(page, '/en/ops/standard');
	await page.getByText('Race: standard against separable').click();
	const race = page.getByRole('region', { name: 'Race: standard against separable' });
	await expect(race.getByText('0 of 486 multiplications')).toBeVisible();
	await expect(race.getByText('0 of 216 multiplications')).toBeVisible();
	await race.getByRole('combobox').selectOption('256');
	await race.getByRole('button', { name: 'Start the race' }).click();
	await expect(race.getByText('486 of 486 multiplications')).toBeVisible();
	await expect(race.getByRole('status')).toHaveText(
		'Separable needed 216 multiplications, Standard 486: 2.25 times as many.'
	);
	await expect(race.getByRole('button', { name: 'Race again' })).toBeVisible();
});

test('it is scrubbed to any multiplication, and keeps still until it is started', async ({ page }) => {
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await openAll(page, '/zh/ops/separable');
	await page.getByText('竞速：标准卷积与深度可分离卷积').click();
	const race = page.getByRole('region', { name: '竞速：标准卷积与深度可分离卷积' });
	await race.getByRole('slider').fill('216');
	await expect(race.getByText('已完成 216 / 486 次乘法')).toBeVisible();
	await expect(race.getByRole('status')).toHaveText('深度可分离卷积率先完成，用了 216 次乘法。');
	await race.getByRole('button', { name: '回到起点' }).click();
	await expect(race.getByText('已完成 0 / 486 次乘法')).toBeVisible();
});

test('cost: 4/9 of the standard convolution, counted along with the steps, as MACs or FLOPs', async ({
	page
}) => {
	await openAll(page, '/en/ops/separable?step=45');
	const cost = page.getByRole('region', { name: 'Cost' });
	await expect(cost.getByText('1/N + 1/k² = 1/3 + 1/9 = 4/9')).toBeVisible();
	await expect(cost.getByText('needs 2.25 times as many')).toBeVisible();
	await expect(cost.getByTestId('so-far')).toHaveText('216');
	await cost.getByRole('button', { name: 'FLOPs' }).click();
	await expect(cost.getByTestId('so-far')).toHaveText('432');
});

test('code: three frameworks, by keyboard too, and copied', async ({ page, context }) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await openAll(page, '/en/ops/group');
	await page.getByText('Code', { exact: true }).click();
	await expect(page.getByText('conv = nn.Conv2d(4, 4, kernel_size=3, groups=2)')).toBeVisible();
	await page.getByRole('tab', { name: 'PyTorch' }).focus();
	await page.keyboard.press('ArrowRight');
	await expect(page.getByRole('tab', { name: 'Keras' })).toBeFocused();
	await expect(page.getByText('conv = layers.Conv2D(4, 3, groups=2)')).toBeVisible();
	await page.getByRole('button', { name: 'Copy', exact: true }).click();
	await expect(page.getByText('Copied')).toBeVisible();
	expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(
		'layers.Conv2D(4, 3, groups=2)'
	);
	// The arrows were the tabs', not the timeline's.
	await expect(page.getByText('Step 1 of 36')).toBeVisible();
});
