import { locales } from '$lib/i18n';
import { prepareOp } from '$lib/viz/figures/bench/plan';
import { preparePhoto } from '$lib/viz/figures/bench/presets';
import { benchOps } from '$lib/viz/figures/bench/spec';
import type { EntryGenerator, PageLoad } from './$types';

/** No page leads here, so prerendering is told of it. */
export const entries: EntryGenerator = () => locales.map((lang) => ({ lang }));

/** The stories show every operation, and the photograph. */
export const load: PageLoad = async () => {
	await Promise.all([...benchOps.map(prepareOp), preparePhoto()]);
};
