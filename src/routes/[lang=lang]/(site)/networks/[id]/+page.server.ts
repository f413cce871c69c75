import { error } from '@sveltejs/kit';
import { reportedResults } from '$lib/nets/reportedResults';
import { networkById } from '$lib/nets';
import { about } from '$lib/viz/figures/network/about';
import { titleOf } from '$lib/viz/words/networkTitles';
import { isLocale } from '$lib/i18n';
import { taughtNetwork } from '../../learn/taught';
import { isNetworkId } from '../loaders';
import type { PageServerLoad } from './$types';

/** The words about one network, and whether shares are printed of it, so that its page need not bring those about all. */
export const load = (({ params: { id, lang } }) => {
	if (!isNetworkId(id)) error(404);
	if (!isLocale(lang)) error(404);
	return {
		taught: taughtNetwork(lang, id),
		title: titleOf(networkById(id), lang),
		about: about(id, lang),
		hasPrintedShares: reportedResults.some(
			({ network, metric }) => network === id && (metric === 'macsShare' || metric === 'paramsShare')
		)
	};
}) satisfies PageServerLoad;
