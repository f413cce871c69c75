import { networkById } from '$lib/nets/networks';
import { resolveGraph } from '$lib/nets/resolve';
import { recordedTiming } from '$lib/nets/times/recorded';
import { rooflineKnobs } from '$lib/viz/figures/roofline/knobs';
import { knobsFigure } from '$lib/viz/lessonFigure';
import { FigureKnobs } from '$lib/viz/ui/figureKnobs.svelte';
import LessonRoofline from './LessonRoofline.svelte';

/** `roofline?network=mobilenet&balance=10`: layers under the roof of a device, timed beforehand, and on the reader's when asked. */
export default knobsFigure(
	LessonRoofline,
	rooflineKnobs,
	(given) => {
		const knobs = new FigureKnobs(rooflineKnobs, given);
		return {
			props: {
				knobs,
				netOf: (network) => resolveGraph(networkById(network).build()),
				recordedOf: recordedTiming
			},
			knobs
		};
	},
	{ wide: 910, narrow: 1255 },
	['network', 'balance']
);
