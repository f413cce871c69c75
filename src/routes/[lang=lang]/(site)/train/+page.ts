import { locales } from '$lib/i18n';
import type { EntryGenerator } from './$types';

/** Prerendering is told of this page, whoever links to it. */
export const entries: EntryGenerator = () => locales.map((lang) => ({ lang }));
