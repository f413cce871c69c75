import { networkById } from '$lib/nets';
import { story } from '../../story';
import Diagram from './Diagram.svelte';
import { NetworkState } from './network.svelte';

const of =
	(id: string, ...open: string[]) =>
	() => {
		const network = new NetworkState(networkById(id));
		network.open = open;
		return { network };
	};

const states = {
	squeezenet: of('squeezenet'),
	mobilenet: of('mobilenet'),
	shufflenet: of('shufflenet'),
	xception: of('xception'),
	'xception-unfolded': of('xception', 'block5*', 'block6', 'block13')
};
export default story(Diagram, states, { hue: (id) => `var(--net-${id.split('-')[0]})` });
