import { lessonFigure } from '../../lessonFigure';
import { readKnobs } from '../knobsAddress';
import { BlockedFlow } from './blockedFlow.svelte';
import BlockedFlowFigure from './BlockedFlowFigure.svelte';
import { blockedFlowKnobs } from './knobs';

export default lessonFigure(
	BlockedFlowFigure,
	(search) => {
		const blocked = new BlockedFlow(readKnobs(blockedFlowKnobs, search));
		return { props: { blocked }, set: (phrase) => blocked.knobs.set(readKnobs(blockedFlowKnobs, phrase)) };
	},
	{ knobs: blockedFlowKnobs, height: { wide: 790, narrow: 1260 } }
);
