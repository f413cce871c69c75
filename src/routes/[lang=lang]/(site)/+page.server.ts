import {
	drawBench,
	drawBlock,
	drawChart,
	drawCompression,
	drawConvolutions,
	drawNetworks,
	drawSaving,
	drawTraining
} from './miniatures/drawings';
import { drawMaps } from './miniatures/maps';
import quantities from './learn/quantities/errata';
import type { Miniature } from './miniatures/miniature';
import { type Locale, useLocale, isLocale } from '$lib/i18n';
import { curvesOf } from '$lib/viz/figures/threads/layout/curves';
import { wallOf } from '$lib/viz/figures/threads/ways';
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

/** Pictures that are drawn from their data when the site is built, so that the page need neither load what draws them nor do it. */
export const load = (async ({ params: { lang } }) => {
	if (!isLocale(lang)) error(404);
	useLocale(lang);
	return {
		curves: curvesOf(wallOf()),
		wrong: wrongNumbersIn(lang),
		miniatures: {
			learn: drawSaving(),
			ops: drawBench(),
			networks: drawNetworks(),
			compare: drawChart(),
			playground: await drawMaps(),
			blocks: drawBlock(),
			compression: drawCompression(),
			convolutions: drawConvolutions(),
			train: drawTraining()
		} satisfies Record<Pictured, Miniature>
	};
}) satisfies PageServerLoad;
