import { resolve } from '$app/paths';
import { getLocale } from '$lib/i18n';
import { fetchOwn } from '$lib/stored/fetchOwn';
import Techniques from '$lib/viz/figures/compare/Techniques.svelte';
import type { Technique } from '$lib/viz/figures/compare/techniques';
import { lessonFigure } from '$lib/viz/lessonFigure';

/** `techniques`: what makes the four networks light, as a table. */
export default lessonFigure(
	Techniques,
	async () => {
		const response = await fetchOwn(resolve(`/${getLocale()}/learn/techniques.json` as '/'));
		const techniques = (await response.json()) as readonly Technique[];
		return { props: { techniques }, set: () => undefined, page: '/compare' };
	},
	{ height: { wide: 1450, narrow: 3370 } }
);
