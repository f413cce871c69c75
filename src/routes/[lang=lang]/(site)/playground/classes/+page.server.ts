import { readWeightSets } from '$lib/running/weightSets';
import type { PageServerLoad } from './$types';

/** What the page says of weights before any is fetched comes with the page. */
export const load: PageServerLoad = () => ({ sets: readWeightSets('static/weights') });
