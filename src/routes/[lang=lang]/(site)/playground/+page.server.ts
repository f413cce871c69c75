import { existsSync, readFileSync } from 'node:fs';
import { parseCard } from '$lib/engine/card';
import { readWeightSets } from '$lib/running/weightSets';
import type { PageServerLoad } from './$types';

/** What the page says of weights before any is fetched comes with the page; so does what integers have to know of their values. */
export const load: PageServerLoad = () => {
	const sets = readWeightSets('static/weights');
	const ranges = Object.fromEntries(
		sets.flatMap(({ id }) => {
			const file = `static/weights/${id}/card.json`;
			const measured = existsSync(file) && parseCard(readFileSync(file, 'utf8')).quantization;
			if (!measured) return [];
			const { ranges: own, calibration, isEqualized } = measured;
			return [[id, { ranges: own, calibration, isEqualized }]];
		})
	);
	return { sets, ranges };
};
