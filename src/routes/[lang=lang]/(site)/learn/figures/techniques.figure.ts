import { resolve } from '$app/paths';
import { getLocale } from '$lib/i18n';
import { fetchJson } from '$lib/stored/fetchOwn';
import Techniques from '$lib/viz/figures/compare/Techniques.svelte';
import type { Technique } from '$lib/viz/figures/compare/techniques';
import { lessonFigure } from '$lib/viz/lessonFigure';

/** `techniques`: what makes the four networks light, as a table. */
export default lessonFigure(
	Techniques,
	async () => {
		const address = resolve(`/${getLocale()}/learn/techniques.json` as '/');
		const techniques = await fetchJson<readonly Technique[]>(address);
		return { props: { techniques }, set: () => undefined, keep: () => () => undefined, page: '/compare' };
	},
	{ height: { wide: 1450, narrow: 3370 } }
);
