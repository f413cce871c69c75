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
	'six-groups': as({ groups: 6, layers: 4 }),
	'no-shuffle': as({ mix: 'noShuffle' })
});
