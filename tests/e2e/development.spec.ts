import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from '@playwright/test';

const port = Number(process.env.PORT ?? 4173) + 1;

// Not opened in the browser: the page asks for some thousand files, each made as it is asked for, which takes longer than all of this.
test('what npm start opens is there without a build: the page, and the script that it begins with', async ({
	request
}) => {
	test.slow();
	const server = spawn('node_modules/.bin/vite', ['dev', '--port', String(port), '--strictPort']);
	try {
		let said = '';
		// Its colours stand between the words.
		while (!said.includes('Local')) said += String((await once(server.stdout, 'data'))[0]);
		const site = `http://localhost:${port}`;
		const page = await request.get(`${site}/zh/ops/standard`);
		expect(page.status()).toBe(200);
		expect(await page.text()).toContain('标准卷积');
		for (const path of [
			'routes/[lang=lang]/(site)/Header.svelte',
			'lib/i18n/generated/messages/shell_name.js'
		])
			expect((await request.get(`${site}/src/${path}`)).status(), path).toBe(200);

		const licences = await (await request.get(`${site}/en/licences`)).text();
		expect(licences).toContain('This is the development server');
		const text = /licences\/svelte-[\d.]+\.txt/.exec(licences)?.[0];
		expect(await (await request.get(`${site}/${text}`)).text()).toContain('Permission is hereby granted');
	} finally {
		server.kill();
		await once(server, 'close');
	}
});
