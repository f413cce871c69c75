import { locales } from '$lib/i18n';
import type { EntryGenerator } from './$types';

/** Reached from the page of a network that is open. */
export const entries: EntryGenerator = () => locales.map((lang) => ({ lang }));
