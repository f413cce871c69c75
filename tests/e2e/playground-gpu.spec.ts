import { backendNames } from '../../src/lib/engine/backendNames';
import { browserArguments, findBrowser } from '../../tools/browser';
import { expect, open, test } from './site';

// A graphics processor in software, which is there on any machine. It is only used where the reader asks for it.
test.use({
	launchOptions: {
		executablePath: findBrowser(),
		args: [
			...browserArguments,
			'--use-angle=swiftshader',
			'--enable-unsafe-swiftshader',
			'--enable-unsafe-webgpu',
			'--use-webgpu-adapter=swiftshader'
		]
	}
});

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
