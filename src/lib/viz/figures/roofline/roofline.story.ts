import { networkById, resolveGraph } from '$lib/nets';
import { recordedTiming, type RecordedNetwork } from '$lib/nets/times/recorded';
import { story } from '../../story';
import RooflineFigure from './RooflineFigure.svelte';

const at = (network: RecordedNetwork, balance: number) => () => ({
	net: resolveGraph(networkById(network).build()),
	timing: recordedTiming(network),
	isRecorded: true,
	balance,
	onbalance: () => {}
});

export default story(RooflineFigure, {
	mobilenet: at('mobilenet', 10),
	shufflenet: at('shufflenet', 10),
	'slow-memory': at('mobilenet', 60)
});
