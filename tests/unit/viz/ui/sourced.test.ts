import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sourced } from '../../../../src/lib/viz/ui/sourced';

const image = (src: string) => {
	const set: string[] = [];
	const found = {
		baseURI: 'https://site.example/en/playground',
		get src() {
			return new URL(set.at(-1) ?? src, this.baseURI).href;
		},
		set src(address: string) {
			set.push(address);
		}
	};
	return { found: found as HTMLImageElement, set };
};

it('a picture that was prerendered with another address gets its own', () => {
	const { found, set } = image('/pictures/biplane.webp');
	sourced('/pictures/chelsea.webp')(found);
	expect(set).toEqual(['/pictures/chelsea.webp']);
});

it('a picture that has its address is not fetched again', () => {
	const { found, set } = image('../pictures/chelsea.webp');
	sourced('/pictures/chelsea.webp')(found);
	expect(set).toEqual([]);
});

it('every picture of the site that a page chooses is held to its address', () => {
	const pages = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
		name.endsWith('.svelte')
	);
	const pictures = pages.flatMap((page) =>
		[...readFileSync(`src/${page}`, 'utf8').matchAll(/<img\b[^]*?\/>/g)]
			.map(([tag]) => tag)
			.filter((tag) => tag.includes('src={asset('))
			.map((tag) => ({ page, isHeld: tag.includes('{@attach sourced(') }))
	);
	expect(pictures.length).toBeGreaterThan(3);
	expect(pictures.filter(({ isHeld }) => !isHeld)).toEqual([]);
});
