import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, open, test } from './site';

const port = Number(process.env.PORT ?? 4173) + 1;
test.use({ baseURL: `http://localhost:${port}` });

test('what npm start opens is alive, without a build', async ({ page }) => {
	test.slow();
	const server = spawn('node_modules/.bin/vite', ['dev', '--port', String(port), '--strictPort']);
	try {
		let said = '';
		// Its colours stand between the words.
		while (!said.includes('Local')) said += String((await once(server.stdout, 'data'))[0]);
		await open(page, '/zh/ops/standard');
		await page.keyboard.press('ArrowRight');
		await expect(page.locator('.count')).toContainText(/2 \/ 27/);
		// Whatever else it loads needs the server.
		await page.waitForLoadState('networkidle');
		await page.goto('about:blank');
	} finally {
		server.kill();
		await once(server, 'close');
	}
});
