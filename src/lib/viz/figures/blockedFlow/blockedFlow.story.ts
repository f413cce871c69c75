import type { KnobValues } from '$lib/nets/knobs';
import { story } from '../../story';
import { BlockedFlow } from './blockedFlow.svelte';
import BlockedFlowFigure from './BlockedFlowFigure.svelte';
import type { blockedFlowKnobs } from './knobs';

const as = (given: Partial<KnobValues<typeof blockedFlowKnobs>>) => () => ({
	blocked: new BlockedFlow(given)
});

export default story(BlockedFlowFigure, {
	'three-groups': as({}),
	'eight-groups': as({ groups: 8, layers: 3 }),
	'no-shuffle': as({ mix: 'noShuffle' })
});
