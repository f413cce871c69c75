import { existsSync, readFileSync } from 'node:fs';
import { parseCard, type Card } from '$lib/engine/card';
import { locales } from '$lib/i18n';
import { readWeightSets } from '$lib/running/weightSets';
import type { EntryGenerator, PageServerLoad } from './$types';
import { designNetwork, designOf } from './designOf';
import { integersOf } from './integersOf';

/** Prerendering is told of this page, whoever links to it. */
export const entries: EntryGenerator = () => locales.map((lang) => ({ lang }));

/** What is known of the site's weights before any is fetched, and of some what compression makes of their accuracy. */
export const load: PageServerLoad = ({ params: { lang } }) => {
	const folder = 'static/weights';
	const sets = readWeightSets(folder);
	const cards: Record<string, Pick<Card, 'data' | 'compression'>> = {};
	for (const { id } of sets) {
		const file = `${folder}/${id}/card.json`;
		if (!existsSync(file)) continue;
		const { data, compression } = parseCard(readFileSync(file, 'utf8'));
		cards[id] = { data, compression };
	}
	const integers = sets.flatMap((set) => (set.id in cards ? integersOf(folder, set, lang) : []));
	const light = sets.find(
		({ id, network }) => network === designNetwork && integers.some((of) => of.id === id)
	);
	return { sets, cards, integers, design: light ? designOf(folder, light) : null };
};
