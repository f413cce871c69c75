import { json } from '@sveltejs/kit';
import { isLocale, locales, type Locale } from '$lib/i18n';
import type { Granularity } from '$lib/nets/quantization/kernel';
import { readWeightSets } from '$lib/running/weightSets';
import { integersOfChannels, type ChannelIntegers } from '$lib/viz/figures/channelIntegers/channels';
import { figuresAt } from '../../compression/integers.svelte';
import { integersOf } from '../../compression/integersOf';
import { mostHarmed, worstLayer } from '../../compression/pick';
import type { EntryGenerator, RequestHandler } from './$types';

export const prerender = true;

/** No link leads here, so prerendering is told of it. */
export const entries: EntryGenerator = () => locales.map((lang) => ({ lang }));

/** Of a weight. */
const bits = 8;

/** The layer that one scale harms most, as the page of Deep Compression has it, for lessons that show it. */
export const GET: RequestHandler = ({ params: { lang } }) =>
	isLocale(lang) ? json(harmedLayer(lang)) : new Response(null, { status: 404 });

function harmedLayer(lang: Locale): ChannelIntegers {
	const folder = 'static/weights';
	const measured = readWeightSets(folder)
		.filter(({ id }) => id.startsWith('cifar10-'))
		.flatMap((set) => integersOf(folder, set, lang));
	const before = mostHarmed(measured);
	const layer = worstLayer(before, bits);
	const after = measured.find(({ id, isEqualized }) => id === before.id && isEqualized);
	const equalized = after?.layers.find(({ id }) => id === layer.id);
	if (!after || !equalized) throw new Error(`${before.id} was not measured with its channels equalised`);
	const way = (of: typeof before, { largest, errors }: typeof layer, granularity: Granularity) => ({
		integers: integersOfChannels({ largest }, bits, granularity),
		error: errors[bits]![granularity],
		accuracy: figuresAt(of, bits, granularity).accuracy
	});
	return {
		...{ network: before.name, layer: layer.id, channels: layer.channels, bits },
		trained: before.trained.accuracy,
		ways: {
			layer: way(before, layer, 'tensor'),
			channel: way(before, layer, 'channel'),
			equalized: way(after, equalized, 'tensor')
		}
	};
}
