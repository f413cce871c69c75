import { createSubscriber } from 'svelte/reactivity';

/**
 * Something that is read from the page's tokens, since a canvas takes no CSS variables: read once a theme. Whatever asks for it is
 * computed anew when the theme changes.
 */
export function themed<T>(read: (style: CSSStyleDeclaration) => T): () => T {
	let known: { readonly value: T } | null = null;
	const subscribe = createSubscriber((update) => {
		const changed = () => {
			known = null;
			update();
		};
		const themes = new MutationObserver(changed);
		themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
		const dark = matchMedia('(prefers-color-scheme: dark)');
		dark.addEventListener('change', changed);
		known = null;
		return () => {
			themes.disconnect();
			dark.removeEventListener('change', changed);
		};
	});
	return () => {
		subscribe();
		known ??= { value: read(getComputedStyle(document.documentElement)) };
		return known.value;
	};
}
