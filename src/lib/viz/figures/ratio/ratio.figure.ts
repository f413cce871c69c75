import { knobsFigure } from '../../lessonFigure';
import { Ratio } from './ratio.svelte';
import RatioFigure from './RatioFigure.svelte';
import { ratioKnobs } from './knobs';

export default knobsFigure(
	RatioFigure,
	ratioKnobs,
	(given) => {
		const ratio = new Ratio(given);
		return { props: { ratio }, knobs: ratio.knobs };
	},
	{ wide: 600, narrow: 750 }
);
