import { prepareOp } from '$lib/viz/figures/bench/plan';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data }) => {
	await prepareOp(data.op);
	return data;
};
