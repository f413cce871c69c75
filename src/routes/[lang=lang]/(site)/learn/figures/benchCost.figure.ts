import Cost from '$lib/viz/figures/bench/Cost.svelte';
import { lessonFigure } from '$lib/viz/lessonFigure';
import { ignoredByBench, openBench } from './openBench';

/** `benchCost/separable?f=64`: what an operation costs, as products, and what a standard convolution would. */
export default lessonFigure(
	Cost,
	(search, of) =>
		openBench(search, of, (bench) => ({
			get stages() {
				return bench.stages;
			},
			get position() {
				return bench.position;
			},
			get granularity() {
				return bench.granularity;
			}
		})),
	{ height: { wide: 280, narrow: 390 }, ignored: ignoredByBench }
);
