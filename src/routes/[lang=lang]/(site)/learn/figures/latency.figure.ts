import { networkById } from '$lib/nets/networks';
import { resolveGraph } from '$lib/nets/resolve';
import { FigureKnobs } from '$lib/viz/ui/figureKnobs.svelte';
import { latencyKnobs } from '$lib/viz/figures/latency/knobs';
import { recordedTiming } from '$lib/nets/times/recorded';
import { knobsFigure } from '$lib/viz/lessonFigure';
import LessonLatency from './LessonLatency.svelte';

/** `latency?network=mobilenet`: a network's layers, timed beforehand, and on the reader's device when asked. */
export default knobsFigure(
	LessonLatency,
	latencyKnobs,
	(given) => {
		const knobs = new FigureKnobs(latencyKnobs, given);
		return {
			props: {
				knobs,
				netOf: (network) => resolveGraph(networkById(network).build()),
				recordedOf: recordedTiming
			},
			knobs,
			get page() {
				return `/playground?network=${knobs.values.network}`;
			}
		};
	},
	{ wide: 900, narrow: 1210 }
);
