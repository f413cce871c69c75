import { error } from '@sveltejs/kit';
import { isLocale, locales, useLocale } from '$lib/i18n';
import { benchOps, isBenchOp } from '$lib/viz/figures/bench/spec';
import type { EntryGenerator, PageServerLoad } from './$types';
import { taughtOperation } from '../../learn/taught';
import { introductionOf, shortNameOf } from './introductions';

export const entries: EntryGenerator = () => locales.flatMap((lang) => benchOps.map((op) => ({ lang, op })));

/** The words of a page are prerendered as data, so that its script does not carry those of all pages in all languages. */
export const load: PageServerLoad = ({ params }) => {
	if (!isBenchOp(params.op)) error(404);
	if (!isLocale(params.lang)) error(404);
	useLocale(params.lang);
	const places = benchOps.map((op) => ({ op, name: shortNameOf(op) }));
	const taught = taughtOperation(params.lang, params.op);
	return { op: params.op, places, taught, ...introductionOf(params.op) };
};
