import {
	drawBench,
	drawBlock,
	drawChart,
	drawCompression,
	drawConvolutions,
	drawNetworks,
	drawSaving
} from './miniatures/drawings';
import { drawMaps } from './miniatures/maps';
import quantities from './learn/quantities/errata';
import type { Miniature } from './miniatures/miniature';
import { type Locale, useLocale, isLocale } from '$lib/i18n';
import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';
import type { Pictured } from '../../places';

/** Numbers that papers got wrong, of those in the errata: as printed, as counted, how far apart. */
const wrongNumbers = {
	shares: [quantities.standardPrinted, quantities.standardShare, quantities.shareApart],
	flops: [quantities.squeezePrinted, quantities.squeezeMillions, quantities.squeezeApart],
	'half-a-megabyte': [() => '<0.5 MB', quantities.squeezeBytes, quantities.halfApart],
	unexplained: [quantities.googlenetPrinted, quantities.googlenetCounted, quantities.googlenetApart]
} as const;
export type WrongNumber = keyof typeof wrongNumbers;

const wrongNumbersIn = (language: Locale) =>
	Object.entries(wrongNumbers).map(([anchor, [printed, counted, apart]]) => ({
		anchor: anchor as WrongNumber,
		...{ printed: printed(language), counted: counted(language), apart: apart(language) }
	}));

/** A small picture of each place, drawn from its data when the site is built, so that the page need not load what draws it. */
export const load = (async ({ params: { lang } }) => {
	if (!isLocale(lang)) error(404);
	useLocale(lang);
	return {
		wrong: wrongNumbersIn(lang),
		miniatures: {
			learn: drawSaving(),
			ops: drawBench(),
			networks: drawNetworks(),
			compare: drawChart(),
			playground: await drawMaps(),
			blocks: drawBlock(),
			compression: drawCompression(),
			convolutions: drawConvolutions()
		} satisfies Record<Pictured, Miniature>
	};
}) satisfies PageServerLoad;
