import { resolve } from '$app/paths';
import { getLocale } from '$lib/i18n';
import { fetchJson } from '$lib/stored/fetchOwn';
import type { Catalogue } from '$lib/viz/figures/compare/catalogue';
import { mergeSearch, writtenParts } from '$lib/viz/address/codec';
import { compareCodec } from '$lib/viz/figures/compare/address';
import { Comparison } from '$lib/viz/figures/compare/compare.svelte';
import { keepSearch, lessonFigure } from '$lib/viz/lessonFigure';
import LessonCompare from './LessonCompare.svelte';

/** `compare?x=macs&y=top1`: the chart, with the network that moves through it. */
export default lessonFigure(
	LessonCompare,
	async (search) => {
		const address = resolve(`/${getLocale()}/learn/models.json` as '/');
		const { models, lines } = await fetchJson<Catalogue>(address);
		const comparison = new Comparison(models, lines);
		comparison.read(search);
		return {
			props: { comparison },
			set: (phrase) => comparison.read(mergeSearch(comparison.search, phrase)),
			keep: keepSearch(comparison),
			get page() {
				return `/compare${comparison.search}`;
			}
		};
	},
	{
		height: { wide: 1020, narrow: 1210 },
		controls: ['knobs', 'axes', 'count', 'batchNorm', 'weightType', 'front'],
		ignored: (search, of) => [...(of === '' ? [] : [of]), ...writtenParts(compareCodec.parse(search).ignored)]
	}
);
