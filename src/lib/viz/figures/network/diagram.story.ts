import { networkById } from '$lib/nets';
import { story } from '../../story';
import Diagram from './Diagram.svelte';
import { NetworkState } from './network.svelte';

const of = (id: string) => () => ({ network: new NetworkState(networkById(id)) });

const states = {
	squeezenet: of('squeezenet'),
	mobilenet: of('mobilenet'),
	shufflenet: of('shufflenet'),
	xception: of('xception')
};
export default story(Diagram, states, { hue: (id) => `var(--net-${id})` });
