import { networkById, resolveGraph } from '$lib/nets';
import { story } from '../../story';
import { defaultConventions } from './conventions';
import CostAlong from './CostAlong.svelte';
import { selectBlock } from './selection';

const of =
	(id: string, selected: string | null = null) =>
	() => ({
		net: resolveGraph(networkById(id).build()),
		conventions: defaultConventions,
		selected
	});

export default story(CostAlong, {
	squeezenet: of('squeezenet'),
	mobilenet: of('mobilenet'),
	'mobilenet-selected': of('mobilenet', selectBlock('block6')),
	xception: of('xception')
});
