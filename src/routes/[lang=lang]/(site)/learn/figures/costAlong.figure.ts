import CostAlong from '$lib/viz/figures/network/CostAlong.svelte';
import { lessonFigure } from '$lib/viz/lessonFigure';
import { ignoredByNetwork, openNetwork } from './openNetwork';

/** `costAlong/mobilenet?at=…`: MACs and parameters of each layer, along the network. */
export default lessonFigure(
	CostAlong,
	(search, of) =>
		openNetwork(search, of, (network) => ({
			get net() {
				return network.graph;
			},
			get conventions() {
				return network.conventions;
			},
			get selected() {
				return network.selected;
			},
			set selected(selected) {
				network.selected = selected;
			}
		})),
	{ height: { wide: 460, narrow: 520 }, ignored: ignoredByNetwork }
);
