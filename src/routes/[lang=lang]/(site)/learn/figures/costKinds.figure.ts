import CostKinds from '$lib/viz/figures/network/CostKinds.svelte';
import { lessonFigure } from '$lib/viz/lessonFigure';
import { ignoredByNetwork, openNetwork } from './openNetwork';

/** `costKinds/mobilenet?alpha=0.5`: which kinds of layers hold a network's MACs and parameters, and what papers print. */
export default lessonFigure(
	CostKinds,
	(search, of) =>
		openNetwork(search, of, (network, id) => ({
			network: id,
			get net() {
				return network.graph;
			},
			get knobs() {
				return network.knobs;
			},
			get conventions() {
				return network.conventions;
			}
		})),
	{ height: { wide: 380, narrow: 420 }, ignored: ignoredByNetwork }
);
