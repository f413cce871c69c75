import { browserArguments, findBrowser } from '../../tools/browser';
import { expect, open, test } from './site';

// Of its own process: WebGL is done in software here.
test.use({
	launchOptions: {
		executablePath: findBrowser(),
		args: [...browserArguments, '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']
	}
});

test('a lost WebGL context gives a sentence, and WASM goes on', async ({ page }) => {
	// The worker remembers its contexts, so that one can be taken away.
	await page.route('**/workers/worker*', async (route) => {
		const response = await route.fetch();
		const remember = `{
			const get = OffscreenCanvas.prototype.getContext;
			OffscreenCanvas.prototype.getContext = function (...args) {
				const context = get.apply(this, args);
				if (context?.getExtension) (self.contexts ??= []).push(context);
				return context;
			};
		}`;
		await route.fulfill({ response, body: `${remember}\n${await response.text()}` });
	});
	await open(
		page,
		'/en/playground?network=mobilenet&weights=mobilenet:random&alpha=0.25&resolution=64&backend=webgl'
	);
	const lane = page.getByTestId('lane-mobilenet');
	await page.getByRole('button', { name: 'Run', exact: true }).click();
	await expect(lane).toHaveAttribute('data-phase', 'ready', { timeout: 60_000 });
	await expect(page.getByTestId('backend')).toContainText('WebGL, on the graphics processor');
	const lost = await Promise.all(
		page.workers().map((worker) =>
			worker.evaluate(() => {
				const { contexts = [] } = self as unknown as { contexts?: WebGL2RenderingContext[] };
				for (const gl of contexts) gl.getExtension('WEBGL_lose_context')?.loseContext();
				return contexts.length;
			})
		)
	);
	expect(Math.max(...lost)).toBeGreaterThan(0);
	await page.getByRole('button', { name: 'Run again' }).click();
	await expect(page.getByText('WebGL failed while it ran, and WASM took over.')).toBeVisible({
		timeout: 60_000
	});
	await expect(page.getByTestId('backend')).toContainText('WASM');
	await expect(lane).toHaveAttribute('data-phase', 'ready');
	await page.getByRole('button', { name: 'A cup of espresso on a table' }).click();
	await expect(lane).toHaveAttribute('data-phase', 'ready');
	await expect(lane.getByRole('alert')).toHaveCount(0);
});
