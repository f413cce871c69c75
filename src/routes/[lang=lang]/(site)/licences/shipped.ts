import type { Locale } from '$lib/i18n/languages.ts';

/** Kinds of things that ship, in the order of the page. */
export const kinds = ['code', 'font', 'picture', 'data'] as const;

/** Words in each language. */
export type Words = Readonly<Record<Locale, string>>;

/** Something of others, or trained by this project, that the site is delivered with. */
export interface Shipped {
	/** Of a package or a product the same in all languages. */
	readonly name: string | Words;
	readonly kind: (typeof kinds)[number];
	readonly version: string | null;
	/** SPDX identifier. */
	readonly licence: string;
	/** Where it comes from. */
	readonly source: string | null;
	/** Its licence's text in `licences/` of the build. */
	readonly file: string;
	/** What it is, where the name does not say so. */
	readonly note: Words | null;
}

/** What `tools/licences` found. */
export interface ShippedList {
	/** False while developing, where nothing is bundled and the list is that of what the project is made with. */
	readonly isBuild: boolean;
	readonly shipped: readonly Shipped[];
}

/** Where the list waits for the page to be made of it: the build writes it when the bundles are made, before pages are. */
export const listFile = '.svelte-kit/licences.json';

/** What is nobody's, of which SPDX's list of licences has nothing. */
export const publicDomain = 'LicenseRef-public-domain';
