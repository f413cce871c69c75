import { networkById } from '$lib/nets/networks';
import { resolveGraph } from '$lib/nets/resolve';
import { FigureKnobs } from '$lib/viz/figures/figureKnobs.svelte';
import { readKnobs } from '$lib/viz/figures/knobsAddress';
import { latencyKnobs } from '$lib/viz/figures/latency/knobs';
import { recordedTiming } from '$lib/viz/figures/latency/recorded';
import { lessonFigure } from '$lib/viz/lessonFigure';
import LessonLatency from './LessonLatency.svelte';

/** `latency?network=mobilenet`: a network's layers, timed beforehand, and on the reader's device when asked. */
export default lessonFigure(
	LessonLatency,
	(search) => {
		const knobs = new FigureKnobs(latencyKnobs, readKnobs(latencyKnobs, search));
		return {
			props: {
				knobs,
				netOf: (network) => resolveGraph(networkById(network).build()),
				recordedOf: recordedTiming
			},
			set: (phrase) => knobs.set(readKnobs(latencyKnobs, phrase)),
			get page() {
				return `/playground?network=${knobs.values.network}`;
			}
		};
	},
	{ knobs: latencyKnobs, height: { wide: 820, narrow: 980 } }
);
