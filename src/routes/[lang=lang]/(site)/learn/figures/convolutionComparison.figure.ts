import { FigureKnobs } from '$lib/viz/ui/figureKnobs.svelte';
import { comparisonKnobs } from '$lib/viz/figures/convolutionComparison/knobs';
import { knobsFigure } from '$lib/viz/lessonFigure';
import ConvolutionComparison from '../../convolutions/ConvolutionComparison.svelte';

/** `convolutionComparison?x=time`: one backbone trained with seven ways of convolving. */
export default knobsFigure(
	ConvolutionComparison,
	comparisonKnobs,
	(given) => {
		const knobs = new FigureKnobs(comparisonKnobs, given);
		return {
			...{ props: { knobs }, knobs },
			get page() {
				return `/convolutions${knobs.search}`;
			}
		};
	},
	{ wide: 930, narrow: 1150 }
);
