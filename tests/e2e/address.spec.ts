import { openAll } from './bench';
import { expect, open, test } from './site';

test('an address opens the same shapes, values and step', async ({ page }) => {
	await open(page, '/en/ops/standard?in=4x4x1&f=2&k=2&s=2&x=ramp&grain=multiply&step=12&e=x5:77');
	await expect(page.getByText('Step 12 of 32')).toBeVisible();
	await expect(page.getByText('4×4×1', { exact: true }).first()).toBeVisible();
	await expect(page.getByRole('button', { name: 'Each multiplication' })).toHaveAttribute(
		'aria-pressed',
		'true'
	);
	// The ramp has no such number.
	await expect(page.locator('svg text', { hasText: /^77$/ }).first()).toBeVisible();
	await expect(page.getByText('ignored')).toHaveCount(0);
});

test('a step taken is in the address, and there again after a reload', async ({ page }) => {
	await open(page, '/en/ops/separable?step=30');
	await expect(page.getByText('Step 30 of 45')).toBeVisible();
	await page.keyboard.press('ArrowRight');
	await expect(page).toHaveURL(/\/en\/ops\/separable\?step=31$/);
	await page.reload();
	await expect(page.getByText('Step 31 of 45')).toBeVisible();
	await page.keyboard.press('Home');
	await expect(page).toHaveURL(/\/en\/ops\/separable$/);
});

for (const [lang, words] of [
	['en', /k=99.*strid=2/],
	['zh', /k=99.*strid=2/]
] as const) {
	test(`/${lang}: what an address says wrong is named, and the rest is shown`, async ({ page }) => {
		await open(page, `/${lang}/ops/standard?k=99&strid=2&seed=7`);
		await expect(page.getByRole('status').filter({ hasText: words })).toBeVisible();
		await expect(page).toHaveURL(new RegExp(`/${lang}/ops/standard\\?seed=7$`));
	});
}

test('an address with the photograph names its author', async ({ page }) => {
	await openAll(page, '/en/ops/standard?in=12x12x3&x=photo');
	await expect(page.getByText('Stéfan van der Walt')).toBeVisible();
});

/** A page of each kind, without those that only hold another's figure. */
const kindsOfPages = [
	...[
		'',
		'/learn',
		'/learn/convolution',
		'/ops/standard',
		'/networks',
		'/networks/mobilenet',
		'/networks/own'
	],
	...[
		'/networks/two',
		'/compare',
		'/playground',
		'/blocks',
		'/compression',
		'/convolutions',
		'/train',
		'/gallery'
	],
	...['/privacy', '/licences']
];

test('what any page leaves out of its address is said, a line or two of it, and can be dismissed', async ({
	page
}) => {
	const many = Array.from({ length: 60 }, (_, i) => `nothing${i}=${i}`).join('&');
	for (const path of kindsOfPages)
		await test.step(path, async () => {
			await open(page, `/en${path}?${many}`);
			const said = page.getByRole('status').filter({ hasText: 'Not understood in this address' });
			await expect(said).toContainText(/nothing0=0.*and 57 more/);
			await said.getByRole('button', { name: 'Dismiss' }).click();
			await expect(said).toHaveCount(0);
		});
});
