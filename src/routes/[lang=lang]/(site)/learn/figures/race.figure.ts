import Race from '$lib/viz/figures/bench/Race.svelte';
import { lessonFigure } from '$lib/viz/lessonFigure';
import { ignoredByBench, openBench } from './openBench';

/** `race/separable?in=5x5x2&f=3`: standard against depthwise separable with these shapes, a multiplication a tick. */
export default lessonFigure(
	Race,
	(search, of) =>
		openBench(search, of, (bench) => ({
			get spec() {
				return bench.spec;
			}
		})),
	{ height: { wide: 420, narrow: 620 }, ignored: ignoredByBench }
);
