import { locales } from '$lib/i18n';
import type { EntryGenerator } from './$types';

/** Links to this page stand in figures, which are drawn in the browser: prerendering is told of it. */
export const entries: EntryGenerator = () => locales.map((lang) => ({ lang }));
