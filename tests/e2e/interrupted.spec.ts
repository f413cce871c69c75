import type { Page } from '@playwright/test';
import { attribute, model, node, tensor, value } from '../unit/formats/onnxFile';
import { expect, open, test } from './site';

const network = [
	...model({
		nodes: [
			node('Conv', ['image', 'w'], ['a'], [attribute('kernel_shape', [1, 1])], 'conv'),
			node('GlobalAveragePool', ['a'], ['b'], [], 'pool')
		],
		initializers: [tensor('w', [2, 3, 1, 1], new Float32Array(6).fill(1))],
		inputs: [value('image', [1, 3, 32, 32])],
		outputs: [value('b', [1, 2, 1, 1])]
	})
];
const cut = network.slice(0, 100);

/** Lets files go, one after the other, before any of them can be read. */
const letGo = (
	page: Page,
	files: readonly (readonly [target: string, name: string, bytes: readonly number[]])[]
) =>
	page.evaluate((files) => {
		for (const [target, name, bytes] of files) {
			const dataTransfer = new DataTransfer();
			dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
			document
				.querySelector(target)!
				.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
		}
	}, files);

for (const place of ['h1', '.drop'])
	test(`a file that cannot be read leaves the one before it, which was still being read, to open: on ${place}`, async ({
		page
	}) => {
		await open(page, '/en/networks/own');
		await letGo(page, [
			[place, 'whole.onnx', network],
			[place, 'cut.onnx', cut]
		]);
		await expect(page.getByText('From whole.onnx (ONNX)')).toBeVisible();
		await expect(page.getByRole('alert').filter({ hasText: 'cut.onnx cannot be read' })).toBeVisible();
	});

test('a file that can be read takes the place of the one before it', async ({ page }) => {
	await open(page, '/en/networks/own');
	await letGo(page, [
		['h1', 'first.onnx', network],
		['h1', 'second.onnx', network]
	]);
	await expect(page.getByText('From second.onnx (ONNX)')).toBeVisible();
	await page.goBack();
	await expect(page.getByText('From first.onnx (ONNX)')).toHaveCount(0);
});

test('each side of two files reads its own, and what is let go beside them goes to the side that reads none', async ({
	page
}) => {
	await open(page, '/en/networks/two');
	await letGo(page, [
		['[data-testid=side-0] .drop', 'first.onnx', network],
		['[data-testid=side-1] .drop', 'second.onnx', network]
	]);
	await expect(page.getByTestId('side-0')).toContainText('first.onnx (ONNX)');
	await expect(page.getByTestId('side-1')).toContainText('second.onnx (ONNX)');
	await page.goto('/en');
	await open(page, '/en/networks/two');
	await letGo(page, [
		['h1', 'third.onnx', network],
		['h1', 'fourth.onnx', network]
	]);
	await expect(page.getByTestId('side-0')).toContainText('third.onnx (ONNX)');
	await expect(page.getByTestId('side-1')).toContainText('fourth.onnx (ONNX)');
});

test('who ends the reading of a file goes on where files are chosen', async ({ page }) => {
	await open(page, '/en/networks/own');
	// The reader of files does not come, so it goes on reading.
	await page.route(/open\.worker/, () => {});
	const chooser = page.getByTestId('model-files');
	await chooser.setInputFiles({ name: 'net.onnx', mimeType: '', buffer: Buffer.from(network) });
	await page.getByRole('button', { name: 'Cancel' }).press('Enter');
	await expect(chooser).toBeFocused();
});

test('a kept file that is removed while it is read is not said to be kept', async ({ page }) => {
	await open(page, '/en/networks/own');
	const bytes = Buffer.from(network);
	await page.getByTestId('model-files').setInputFiles({ name: 'net.onnx', mimeType: '', buffer: bytes });
	await page.getByRole('button', { name: /^Keep it in this browser/ }).click();
	await expect(page).toHaveURL(/#file=/);
	let go: (() => void) | undefined;
	const held = new Promise<void>((done) => (go = done));
	await page.route(/open\.worker/, async (route) => {
		await held;
		await route.continue();
	});
	await page.reload();
	await expect(page.getByText(/^Reading/).first()).toBeVisible();
	await page.getByRole('button', { name: /^Remove/ }).click();
	await expect(page.getByRole('button', { name: /^Remove/ })).toHaveCount(0);
	go!();
	await expect(page.getByText('From net.onnx (ONNX)')).toBeVisible();
	await expect(page.getByRole('button', { name: /^Keep it in this browser/ })).toBeVisible();
	await expect(page).not.toHaveURL(/#file=/);
});

test('the way back from a file that opens elsewhere leads to what can be undone', async ({ page }) => {
	await open(page, '/en/blocks');
	const undo = page.getByRole('button', { name: 'Undo' });
	await expect(undo).toBeDisabled();
	await page.getByRole('button', { name: 'Pointwise', exact: true }).first().click();
	await expect(undo).toBeEnabled();
	await expect(page).toHaveURL(/pw$/);
	const before = page.url();
	await letGo(page, [['h1', 'notes.bin', [1, 2, 3]]]);
	await expect(page.getByRole('alert').filter({ hasText: 'notes.bin' })).toBeVisible();
	await page.goBack();
	await expect(page).toHaveURL(before);
	await expect(undo).toBeEnabled();
	await undo.click();
	await expect(undo).toBeDisabled();
	await page.getByRole('button', { name: 'Redo' }).click();
	await expect(page).toHaveURL(before);
});
