import { lessonFigure } from '$lib/viz/lessonFigure';
import LessonFlow from './LessonFlow.svelte';
import { ignoredByNetwork, openNetwork } from './openNetwork';

/** `channelFlow/shufflenet?groups=3&flow=stage2/unit2&mix=noShuffle`: what each channel of a block has seen. */
export default lessonFigure(LessonFlow, (search, of) => openNetwork(search, of, (network) => ({ network })), {
	height: { wide: 910, narrow: 1460 },
	ignored: ignoredByNetwork
});
