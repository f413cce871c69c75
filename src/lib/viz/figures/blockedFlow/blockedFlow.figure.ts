import { knobsFigure } from '../../lessonFigure';
import { BlockedFlow } from './blockedFlow.svelte';
import BlockedFlowFigure from './BlockedFlowFigure.svelte';
import { blockedFlowKnobs } from './knobs';

export default knobsFigure(
	BlockedFlowFigure,
	blockedFlowKnobs,
	(given) => {
		const blocked = new BlockedFlow(given);
		return { props: { blocked }, knobs: blocked.knobs };
	},
	{ wide: 790, narrow: 1260 },
	['groups', 'layers']
);
