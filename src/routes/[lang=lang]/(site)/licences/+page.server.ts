import { readFileSync } from 'node:fs';
import { locales } from '$lib/i18n';
import type { EntryGenerator, PageServerLoad } from './$types';
import { listFile, type ShippedList } from './shipped';

/** Prerendering is told of this page, whoever links to it. */
export const entries: EntryGenerator = () => locales.map((lang) => ({ lang }));

export const load: PageServerLoad = () => JSON.parse(readFileSync(listFile, 'utf8')) as ShippedList;
