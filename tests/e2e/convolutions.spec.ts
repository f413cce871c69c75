import { expect, open, test } from './site';

test('the old address goes on to it with its state; the chart changes its axis by keyboard, and the address keeps it', async ({
	page
}) => {
	await page.goto('/zh/fight?x=params');
	await expect(page).toHaveURL(/\/zh\/convolutions\?x=params$/);
	const axes = page.getByRole('group', { name: '准确率对照' });
	await expect(axes.getByRole('radio', { name: '参数' })).toBeChecked();
	await axes.getByRole('radio', { name: '参数' }).press('ArrowRight');
	await expect(page).toHaveURL(/\?x=time$/);
	await expect(page.getByRole('img', { name: /对一张图片的时间/ })).toBeVisible();
});

test('the seven networks are timed here, and their times are there again after a reload', async ({
	page
}) => {
	await open(page, '/en/convolutions');
	const figure = page.locator('figure');
	await expect(figure).toContainText('Recorded on a server processor');
	await page.getByRole('button', { name: 'Time it on this device' }).click();
	await expect(figure).toContainText('On this device');
	await expect(page).toHaveURL(/\?x=time$/);
	await page.reload();
	await expect(figure).toContainText('On this device');
});
