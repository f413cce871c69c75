import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, open, test } from './site';

const folder = 'build/licences';

for (const [lang, footer, heading, others] of [
	[
		'en',
		'MIT licence, and those of others',
		'Licences',
		[
			'KaTeX fonts',
			'Photographs of scikit-image',
			'Photographs of the Getty',
			'ImageNet class names',
			'CIFAR-10 weights'
		]
	],
	[
		'zh',
		'MIT 许可证及他人作品的许可证',
		'许可证',
		['KaTeX 字体', 'scikit-image 的照片', '盖蒂博物馆的照片', 'ImageNet 类别名称', 'CIFAR-10 权重']
	]
] as const)
	test(`/${lang}/licences, from the footer: what ships, each with its text, and no text without a line`, async ({
		page
	}) => {
		await open(page, `/${lang}`);
		await page.getByRole('link', { name: footer }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);

		const rows = page.getByRole('rowheader');
		for (const name of [
			'svelte 5',
			'@sveltejs/kit 2',
			'd3-array 3',
			'@tensorflow/tfjs-core 4',
			'@tensorflow/tfjs-backend-wasm 4',
			'XNNPACK',
			'@inlang/paraglide-js 2',
			'assemblyscript 0',
			'comlink 4',
			'katex 0',
			'@fontsource-variable/inter 5',
			'@fontsource-variable/jetbrains-mono 5',
			'Fluent Emoji',
			...others
		])
			await expect(rows.filter({ hasText: name }), name).toHaveCount(1);
		// What only makes the site is not in it.
		await expect(rows.filter({ hasText: 'eslint' })).toHaveCount(0);

		const links = await page
			.getByRole('cell')
			.getByRole('link')
			.evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).pathname));
		const files = [...new Set(links.map((path) => basename(path)))].sort();
		expect(files).toEqual(readdirSync(folder).sort());
		for (const file of files)
			// The shortest gives a work to everybody.
			expect(readFileSync(`${folder}/${file}`, 'utf8').length, file).toBeGreaterThan(200);
		const response = await page.request.get(links[0]!);
		expect(response.ok()).toBe(true);
		expect(await response.text()).toBe(readFileSync(`${folder}/${basename(links[0]!)}`, 'utf8'));
	});
