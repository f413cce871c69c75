import { lessonFigure } from '../../lessonFigure';
import { readKnobs } from '../knobsAddress';
import { multiplierKnobs } from './knobs';
import { MultipliersState } from './multipliers.svelte';
import MultipliersFigure from './MultipliersFigure.svelte';

export default lessonFigure(
	MultipliersFigure,
	(search) => {
		const multipliers = new MultipliersState(readKnobs(multiplierKnobs, search));
		return {
			props: { multipliers },
			set: (phrase) => multipliers.knobs.set(readKnobs(multiplierKnobs, phrase))
		};
	},
	{ knobs: multiplierKnobs, height: { wide: 900, narrow: 1310 } }
);
