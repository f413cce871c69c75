import { readFileSync } from 'node:fs';

/** The two that there are. */
export const themes = ['light', 'dark'] as const;

/** What stands in `tokens.css` for each, by the names of the tokens without their dashes. */
export const palette = paletteOf(readFileSync('src/tokens.css', 'utf8'));

function paletteOf(css: string): Readonly<Record<(typeof themes)[number], Readonly<Record<string, string>>>> {
	const [light, dark]: Record<string, string>[] = [{}, {}];
	for (const [, name, value] of css.matchAll(/^\t--([\w-]+): (.+);$/gm)) {
		const [, ...both] = /^light-dark\((.+), (#\w+|oklch\(.+\))\)$/.exec(value!) ?? [];
		light![name!] = both[0] ?? value!;
		dark![name!] = both[1] ?? value!;
	}
	return { light: light!, dark: dark! };
}
