import { backendNames } from '../../src/lib/engine/backendNames';
import { browserArguments, findBrowser } from '../../tools/browser';
import { expect, open, test } from './site';

// A graphics processor in software, which is there on any machine. It is only used where the reader asks for it.
test.use({
	launchOptions: {
		executablePath: await findBrowser(),
		args: [
			...browserArguments,
			'--use-angle=swiftshader',
			'--enable-unsafe-swiftshader',
			'--enable-unsafe-webgpu',
			'--use-webgpu-adapter=swiftshader'
		]
	}
});

/** Before all of the engine's worker: keeps the contexts that it opens, so that they can be lost. */
const keepContexts = `
	const getContext = OffscreenCanvas.prototype.getContext;
	self.contexts = [];
	OffscreenCanvas.prototype.getContext = function (...given) {
		const context = getContext.apply(this, given);
		if (context instanceof WebGL2RenderingContext) self.contexts.push(context);
		return context;
	};
`;

const mobilenet = '/en/playground?network=mobilenet&weights=cifar10-mobilenet';

test('every backend gives the same answer', async ({ page }) => {
	const lane = page.getByTestId('lane-mobilenet');
	const answers: string[] = [];
	for (const backend of backendNames) {
		await open(page, `${mobilenet}&backend=${backend}`);
		await expect(lane).toHaveAttribute('data-phase', 'ready');
		await expect(page.getByTestId('backend')).toHaveText(new RegExp(`^${backend}`, 'i'));
		answers.push((await lane.locator('li').allInnerTexts()).join(' '));
	}
	expect(answers[0]).toMatch(/cat\s+9/i);
	expect(new Set(answers).size).toBe(1);
});

test('where the graphics processor is lost, WASM takes over, and says so', async ({ page }) => {
	await page.route('**/workers/worker-*.js', async (route) => {
		const response = await route.fetch();
		await route.fulfill({ response, body: keepContexts + (await response.text()) });
	});
	await open(page, `${mobilenet}&backend=webgl`);
	const lane = page.getByTestId('lane-mobilenet');
	await expect(page.getByText('WebGL, on the graphics processor')).toBeVisible();
	await expect(lane).toContainText(/cat \d/);
	// A run that hangs on what is lost is cancelled by the next, and the worker with it; a new one has a graphics processor again.
	await expect(lane).toContainText(/Median of \d+ runs/);
	await expect(page.getByRole('button', { name: 'Cancel' })).toHaveCount(0);
	const lost = await Promise.all(
		page.workers().map((worker) =>
			worker.evaluate(() => {
				const { contexts = [] } = self as unknown as { contexts?: WebGL2RenderingContext[] };
				// One that was only asked what it is was let go of at once.
				const kept = contexts.filter((context) => !context.isContextLost());
				for (const context of kept) context.getExtension('WEBGL_lose_context')!.loseContext();
				return kept.length;
			})
		)
	);
	expect(Math.max(...lost)).toBeGreaterThan(0);
	await page.getByRole('button', { name: 'Run again' }).click();
	await expect(page.getByText('WebGL failed while it ran, and WASM took over.')).toBeVisible();
	await expect(page.getByText(/^WASM, \d+ threads?$/)).toBeVisible();
	await expect(lane).toContainText(/cat \d/);
});
