import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const styled = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
	/\.(svelte|css)$/.test(file)
);

it('there are eight sizes of type, each larger than the last', () => {
	const sizes = Array.from(
		readFileSync('src/app.css', 'utf8').matchAll(/--type-\w+: (?:clamp\()?(\d+(?:\.\d+)?)px/g),
		([, size]) => Number(size)
	);
	expect(sizes).toHaveLength(8);
	expect(sizes).toEqual([...new Set(sizes)].sort((a, b) => a - b));
	expect(sizes[0]).toBeGreaterThanOrEqual(11);
});

it('whatever is written is written in one of them, or in a part of what is around it', () => {
	expect(styled.length).toBeGreaterThan(100);
	const others = styled
		.flatMap((file) => {
			const text = readFileSync(`src/${file}`, 'utf8');
			const styles = file.endsWith('.css') ? text : (/<style>(.*)<\/style>/s.exec(text)?.[1] ?? '');
			return Array.from(styles.matchAll(/(?<=[\s;{]font(?:-size)?: )[^;]+/g), ([value]) => ({ file, value }));
		})
		.filter(({ value }) => !/var\(--(type|cell-font)|^inherit$|^[\d.]+em$/.test(value));
	expect(others).toEqual([]);
});
