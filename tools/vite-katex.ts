import type { Plugin } from 'vite';

/** Leaves KaTeX's fonts in the one format that every browser of the site reads, so that the others are not in the build. */
export function katexFonts(): Plugin {
	return {
		name: 'katex-fonts',
		enforce: 'pre',
		transform(code, id) {
			if (!/\/katex(\.min)?\.css(\?|$)/.test(id)) return null;
			return code.replace(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\("(?:woff|truetype)"\)/g, '');
		}
	};
}
