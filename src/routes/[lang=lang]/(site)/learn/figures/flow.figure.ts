import Flow from '$lib/viz/figures/bench/Flow.svelte';
import { lessonFigure } from '$lib/viz/lessonFigure';
import { ignoredByBench, openBench } from './openBench';

/** `flow/shuffle?g=2`: which input channels each output channel of an operation has seen. */
export default lessonFigure(Flow, (search, of) => openBench(search, of, (bench) => ({ bench })), {
	height: { wide: 330, narrow: 380 },
	ignored: ignoredByBench
});
