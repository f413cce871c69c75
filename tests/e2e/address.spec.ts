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
	...['', '/learn', '/learn/convolution', '/learn/glossary', '/learn/worksheet', '/ops/standard'],
	...[
		'/embed/ops/standard',
		'/networks',
		'/networks/mobilenet',
		'/networks/own',
		'/networks/two',
		'/compare'
	],
	...[
		'/playground',
		'/blocks',
		'/compression',
		'/convolutions',
		'/train',
		'/gallery',
		'/offline',
		'/privacy'
	],
	'/licences'
];

for (const [lang, lead, dismiss] of [
	['en', 'Not understood in this address', 'Dismiss'],
	['zh', '地址中以下内容无法识别', '关闭']
] as const)
	test(`/${lang}: what any page leaves out of its address, hash and all, is said in a line or two, and can be dismissed`, async ({
		page
	}) => {
		const many = Array.from({ length: 60 }, (_, i) => `nothing${i}=${i}`).join('&');
		for (const path of kindsOfPages)
			await test.step(path, async () => {
				await open(page, `/${lang}${path}?${many}#nowhere=1`);
				const said = page.getByRole('status').filter({ hasText: lead });
				await expect(said).toContainText(/nothing0=0.*58/s);
				await said.getByRole('button', { name: dismiss }).click();
				await expect(said).toHaveCount(0);
				await page.evaluate(() => (location.hash = 'nonsense'));
				await expect(said).toContainText('#nonsense');
				// A place that is there.
				await page.evaluate(() => {
					// What says that a place is not there goes with it.
					const places = [...document.querySelectorAll('main [id]:not(:empty)')];
					location.hash = places.find((place) => !place.closest('[role=status]'))?.id ?? 'top';
				});
				await expect(said).toHaveCount(0);
			});
	});

test('a place that a lesson does not have is said, and one that it has is not', async ({ page }) => {
	await open(page, '/en/learn/mobilenet#no-such-section');
	const said = page.getByRole('status').filter({ hasText: '#no-such-section' });
	await expect(said).toBeVisible();
	await page.getByRole('navigation').locator('a[href^="#"]').first().click();
	await expect(said).toHaveCount(0);
});

test('the page that stands in for another says what it does not understand', async ({ page }) => {
	for (const wanted of ['https://example.com/', 'http://[', '//example.com/en'])
		await test.step(wanted, async () => {
			await open(page, `/en/offline?page=${encodeURIComponent(wanted)}`);
			await expect(page.getByRole('status').filter({ hasText: `page=${wanted}` })).toBeVisible();
		});
	await open(page, '/en/offline?page=/en/ops/standard&foo=1');
	const said = page.getByRole('status').filter({ hasText: 'foo=1' });
	await expect(said).toBeVisible();
	await expect(said).not.toContainText('page=');
	await expect(page.getByRole('link', { name: 'Try again' })).toHaveAttribute('href', /\/en\/ops\/standard$/);
});
