import { knobsFigure } from '../../lessonFigure';
import { MultipliersState } from './multipliers.svelte';
import MultipliersFigure from './MultipliersFigure.svelte';
import { multiplierKnobs } from './knobs';

export default knobsFigure(
	MultipliersFigure,
	multiplierKnobs,
	(given) => {
		const multipliers = new MultipliersState(given);
		return { props: { multipliers }, knobs: multipliers.knobs };
	},
	{ wide: 945, narrow: 1500 }
);
