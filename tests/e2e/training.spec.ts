import { expect, expectAccessible, open, test } from './site';

/** Few pictures a step, so that a busy machine is not busy for long. */
const quick = 'ways=standard,depthwise,pointwise&batch=32';

test('guesses are made, the networks are played, and the curves bear out who can learn', async ({ page }) => {
	await open(page, `/en/train?task=space&${quick}`);
	const lane = (name: string) => page.getByRole('figure').getByRole('listitem').filter({ hasText: name });
	await page
		.getByRole('group', { name: 'Will it learn: Standard' })
		.getByRole('button', { name: 'yes' })
		.click();
	await page.getByRole('button', { name: 'Play' }).click();
	await expect(lane('Standard')).toContainText(/99% after \d+ steps/);
	await expect(lane('Standard')).toContainText('as you said');
	await expect(lane('Depthwise alone')).toContainText(/99% after \d+ steps/);
	await expect(lane('Pointwise alone')).not.toContainText('sees no space');
	// While it runs: what is under way then is forgotten.
	await page.getByRole('button', { name: 'Reset' }).click();
	await expect(page.getByText(/^Step 0/)).toBeVisible();
	await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
});

test('an experiment is a link that sets the figure in place, and the address keeps it', async ({ page }) => {
	await open(page, '/zh/train');
	await expect(page.getByText('通道 a 和通道 b 的条纹方向相同吗？')).toBeVisible();
	await page.getByRole('link', { name: /只问颜色/ }).click();
	await expect(page.getByText('通道 a 和通道 b 亮的是同一批点吗？')).toBeVisible();
	await expect(page).toHaveURL(/\/zh\/train\?task=colour$/);
});

test('where its worker does not load, one sentence says so, and it can be played again', async ({
	page,
	quiet
}) => {
	await open(page, `/en/train?${quick}`);
	await page.route(/immutable\/workers\//, (route) => route.abort());
	await page.getByRole('button', { name: 'Play' }).click();
	await expect(page.locator('#unloaded')).toBeVisible();
	await expect(page.getByRole('alert')).toHaveCount(1);
	await page.unroute(/immutable\/workers\//);
	await page.getByRole('button', { name: 'Play' }).click();
	await expect(page.getByText(/^Step [1-9]/)).toBeVisible();
	quiet.splice(0, quiet.length, ...quiet.filter((trouble) => !/ERR_FAILED|Failed to load/.test(trouble)));
});

test('looked into on a phone with everything open, it has no finding of axe, and does not scroll sideways', async ({
	page
}) => {
	await page.setViewportSize({ width: 360, height: 740 });
	await open(page, `/en/train?${quick}&own=1.dw3.pw.relu`);
	await page.getByText('Change the experiment').click();
	await page.getByRole('button', { name: /Look inside.*Your block/ }).click();
	await expect(page.getByText(/of 48 pictures that it never learned from are wrong/)).toBeVisible();
	await page.getByRole('button', { name: /^Picture 5:/ }).click();
	await expect(page.getByText(/^Comes out:/)).toBeVisible();
	expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
	await expectAccessible(page);
});
