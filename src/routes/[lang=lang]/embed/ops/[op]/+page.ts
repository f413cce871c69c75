import { error } from '@sveltejs/kit';
import { locales } from '$lib/i18n';
import { prepareOp } from '$lib/viz/figures/bench/plan';
import { preparePhoto } from '$lib/viz/figures/bench/presets';
import { type BenchOp, benchOps } from '$lib/viz/figures/bench/spec';
import type { EntryGenerator, PageLoad } from './$types';

export const entries: EntryGenerator = () => locales.flatMap((lang) => benchOps.map((op) => ({ lang, op })));

const isOp = (name: string): name is BenchOp => benchOps.some((op) => op === name);

export const load: PageLoad = async ({ params }) => {
	if (!isOp(params.op)) error(404);
	await Promise.all([prepareOp(params.op), preparePhoto()]);
	return { op: params.op };
};
