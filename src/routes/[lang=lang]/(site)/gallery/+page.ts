import { locales } from '$lib/i18n';
import type { EntryGenerator } from './$types';

/** No page leads here, so prerendering is told of it. */
export const entries: EntryGenerator = () => locales.map((lang) => ({ lang }));
