import { lessonFigure } from '../../lessonFigure';
import { readKnobs } from '../knobsAddress';
import { EqualCost } from './equalCost.svelte';
import EqualCostFigure from './EqualCostFigure.svelte';
import { equalCostKnobs } from './knobs';

export default lessonFigure(
	EqualCostFigure,
	(search) => {
		const cost = new EqualCost(readKnobs(equalCostKnobs, search));
		return { props: { cost }, set: (phrase) => cost.knobs.set(readKnobs(equalCostKnobs, phrase)) };
	},
	{ knobs: equalCostKnobs, height: { wide: 640, narrow: 830 } }
);
