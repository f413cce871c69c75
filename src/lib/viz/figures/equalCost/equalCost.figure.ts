import { knobsFigure } from '../../lessonFigure';
import { EqualCost } from './equalCost.svelte';
import EqualCostFigure from './EqualCostFigure.svelte';
import { equalCostKnobs } from './knobs';

export default knobsFigure(
	EqualCostFigure,
	equalCostKnobs,
	(given) => {
		const cost = new EqualCost(given);
		return { props: { cost }, knobs: cost.knobs };
	},
	{ wide: 640, narrow: 830 }
);
