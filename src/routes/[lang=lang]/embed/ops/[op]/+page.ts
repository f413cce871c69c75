import { error } from '@sveltejs/kit';
import { locales } from '$lib/i18n';
import { type BenchOp, benchOps } from '$lib/viz/figures/bench/spec';
import type { EntryGenerator, PageLoad } from './$types';

export const entries: EntryGenerator = () => locales.flatMap((lang) => benchOps.map((op) => ({ lang, op })));

const isOp = (name: string): name is BenchOp => benchOps.some((op) => op === name);

export const load: PageLoad = ({ params }) => {
	if (!isOp(params.op)) error(404);
	return { op: params.op };
};
