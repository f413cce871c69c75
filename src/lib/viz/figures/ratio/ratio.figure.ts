import { lessonFigure } from '../../lessonFigure';
import { readKnobs } from '../knobsAddress';
import { ratioKnobs } from './knobs';
import { Ratio } from './ratio.svelte';
import RatioFigure from './RatioFigure.svelte';

export default lessonFigure(
	RatioFigure,
	(search) => {
		const ratio = new Ratio(readKnobs(ratioKnobs, search));
		return { props: { ratio }, set: (phrase) => ratio.knobs.set(readKnobs(ratioKnobs, phrase)) };
	},
	{ knobs: ratioKnobs, height: { wide: 590, narrow: 680 } }
);
