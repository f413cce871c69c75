import { locales } from '$lib/i18n';
import type { EntryGenerator } from './$types';

/** No page links here without a graph. */
export const entries: EntryGenerator = () => locales.map((lang) => ({ lang }));
