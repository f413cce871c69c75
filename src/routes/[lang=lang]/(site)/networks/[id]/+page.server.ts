import { error } from '@sveltejs/kit';
import { about } from '$lib/viz/figures/network/about';
import { isNetworkId } from '../loaders';
import type { PageServerLoad } from './$types';

/** The words about one network, so that its page need not bring those about all. */
export const load = (({ params: { id, lang } }) => {
	if (!isNetworkId(id)) error(404);
	return { about: about(id, lang) };
}) satisfies PageServerLoad;
