import { error } from '@sveltejs/kit';
import { isLocale, locales, useLocale } from '$lib/i18n';
import { benchCodec } from '$lib/viz/figures/bench/address';
import { migrated } from '$lib/viz/figures/bench/migrate';
import { benchOps, defaults, isBenchOp } from '$lib/viz/figures/bench/spec';
import type { EntryGenerator, PageServerLoad } from './$types';
import { taughtOperation } from '../../learn/taught';
import { introductionOf, shortNameOf } from './introductions';

export const entries: EntryGenerator = () => locales.flatMap((lang) => benchOps.map((op) => ({ lang, op })));

/** The words of a page are prerendered as data, so that its script does not carry those of all pages in all languages. */
export const load: PageServerLoad = ({ params }) => {
	if (!isBenchOp(params.op)) error(404);
	if (!isLocale(params.lang)) error(404);
	useLocale(params.lang);
	const { op: here } = params;
	const places = benchOps.map((op) => ({
		...{ op, name: shortNameOf(op) },
		search: benchCodec(op).format(migrated(defaults(here), op))
	}));
	return { op: here, places, taught: taughtOperation(params.lang, here), ...introductionOf(here) };
};
