import { error } from '@sveltejs/kit';
import { isLocale, locales, useLocale } from '$lib/i18n';
import { opName } from '$lib/viz/figures/bench/names';
import { benchOps, isBenchOp } from '$lib/viz/figures/bench/spec';
import type { EntryGenerator, PageServerLoad } from './$types';

export const entries: EntryGenerator = () => locales.flatMap((lang) => benchOps.map((op) => ({ lang, op })));

/** What the operation is called is prerendered as data, so that the script does not carry the names of all. */
export const load: PageServerLoad = ({ params }) => {
	if (!isBenchOp(params.op)) error(404);
	if (isLocale(params.lang)) useLocale(params.lang);
	return { op: params.op, title: opName(params.op) };
};
