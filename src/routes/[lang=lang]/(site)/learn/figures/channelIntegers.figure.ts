import { resolve } from '$app/paths';
import { getLocale } from '$lib/i18n';
import { fetchJson } from '$lib/stored/fetchOwn';
import { knobsCodec } from '$lib/viz/address/knobs';
import type { ChannelIntegers } from '$lib/viz/figures/channelIntegers/channels';
import ChannelIntegersFigure from '$lib/viz/figures/channelIntegers/ChannelIntegersFigure.svelte';
import { channelIntegersKnobs } from '$lib/viz/figures/channelIntegers/knobs';
import { keepSearch, lessonFigure } from '$lib/viz/lessonFigure';
import { FigureKnobs } from '$lib/viz/ui/figureKnobs.svelte';

/** `channelIntegers?way=channel`: a layer with one channel that is too wide, as integers in three ways. */
export default lessonFigure(
	ChannelIntegersFigure,
	async (search) => {
		const of = await fetchJson<ChannelIntegers>(resolve(`/${getLocale()}/learn/channelIntegers.json` as '/'));
		const knobs = new FigureKnobs(channelIntegersKnobs, knobsCodec(channelIntegersKnobs).parse(search).value);
		return {
			props: { knobs, of },
			set: (phrase) => knobs.readPhrase(phrase),
			keep: keepSearch(knobs),
			page: '/compression#channels'
		};
	},
	{ knobs: channelIntegersKnobs, height: { wide: 420, narrow: 560 }, controls: ['way'] }
);
