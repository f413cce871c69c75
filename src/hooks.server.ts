import { building } from '$app/environment';
import { baseLocale, isLocale, languages } from '$lib/i18n';
import type { Handle } from '@sveltejs/kit';
import early from './early.js?raw';

/** Puts the page's language into `<html>`, and names its address with a slash, which makes prerendering write that too. */
export const handle: Handle = ({ event, resolve }) =>
	resolve(event, {
		// What nearly all words of a page are set in: asked for by its layout, it came after the first paint, and all was laid out anew.
		preload: ({ type, path }) => type === 'js' || type === 'css' || /(inter|fraunces)-latin/.test(path),
		transformPageChunk: ({ html }) => {
			const { lang } = event.params;
			const { tag, script } = languages[isLocale(lang) ? lang : baseLocale];
			return (
				html
					.replace('%lang%', tag)
					.replace('%script%', script)
					.replace('%early%', () => `<script>${early}</script>`)
					// What is read comes first: early.js asks for script once that is drawn.
					.replaceAll(' rel="modulepreload"', ' rel="later"')
					.replace('%alternate%', building && lang ? alternate(event.url.pathname) : '')
			);
		}
	});

/** The same page for hosts that look for it in a folder of its name, as all do for an address that ends with a slash. */
const alternate = (path: string) =>
	path.endsWith('/') ? '' : `<link rel="alternate" href="${path.slice(path.lastIndexOf('/') + 1)}/" />`;
