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
import type { Miniature } from './miniatures/miniature';
import type { PageServerLoad } from './$types';
import type { Section } from '../../places';

/** A small picture of each place, drawn from its data when the site is built, so that the page need not load what draws it. */
export const load = (async () => ({
	miniatures: {
		learn: drawSaving(),
		ops: drawBench(),
		networks: drawNetworks(),
		compare: drawChart(),
		playground: await drawMaps(),
		blocks: drawBlock(),
		compression: drawCompression(),
		convolutions: drawConvolutions()
	} satisfies Record<Section, Miniature>
})) satisfies PageServerLoad;
