import { getLocale, m, type Locale } from '$lib/i18n';
import type { Network, NetworkId } from '$lib/nets';

/** Modules have names that are words; networks are called the same in every language. */
const titles: Readonly<Partial<Record<NetworkId, (typeof m)['networks_title_fire_module']>>> = {
	'fire-module': m.networks_title_fire_module,
	'shuffle-unit': m.networks_title_shuffle_unit,
	'one-backbone': m.networks_title_one_backbone
};

/** What a network is called, in the reader's language. */
export function titleOf({ id, title }: Pick<Network, 'id' | 'title'>, locale: Locale = getLocale()): string {
	return titles[id as NetworkId]?.({}, { locale }) ?? title;
}
