import { networkById, resolveGraph } from '$lib/nets';
import { story } from '../../story';
import LatencyFigure from './LatencyFigure.svelte';
import { recordedTiming, type RecordedNetwork } from '$lib/nets/times/recorded';

const of = (network: RecordedNetwork) => () => ({
	net: resolveGraph(networkById(network).build()),
	timing: recordedTiming(network),
	isRecorded: true
});

export default story(LatencyFigure, {
	squeezenet: of('squeezenet'),
	mobilenet: of('mobilenet'),
	shufflenet: of('shufflenet'),
	xception: of('xception')
});
