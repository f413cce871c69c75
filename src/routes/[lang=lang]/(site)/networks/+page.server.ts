import { graphCost, networkById, networkIds, resolveGraph } from '$lib/nets';
import { about } from '$lib/viz/figures/network/about';
import { formatShort } from '$lib/viz/words/format';
import { titleOf } from '$lib/viz/words/networkTitles';
import { silhouette } from '$lib/viz/figures/network/layout/silhouette';
import type { PageServerLoad } from './$types';

/** The cards are computed when the page is prerendered, so that it need not load the networks. */
export const load = (({ params: { lang } }) => ({
	cards: networkIds.map((id) => {
		const network = networkById(id);
		const { year, family, scope, build } = network;
		const graph = resolveGraph(build());
		const { params, macs } = graphCost(graph).total;
		return {
			id,
			title: titleOf(network, lang),
			year,
			family,
			group: id === family ? 'four' : scope === 'module' ? 'module' : 'reference',
			params: formatShort(params.trainable),
			macs: formatShort(macs),
			about: about(id, lang),
			silhouette: silhouette(graph)
		};
	})
})) satisfies PageServerLoad;
