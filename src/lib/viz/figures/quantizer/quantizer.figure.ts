import { knobsFigure } from '../../lessonFigure';
import { quantizerKnobs } from './knobs';
import { Quantizer } from './quantizer.svelte';
import QuantizerFigure from './QuantizerFigure.svelte';

/** `quantizer?value=6.02`: how a number becomes an integer, and what it is read back as. */
export default knobsFigure(
	QuantizerFigure,
	quantizerKnobs,
	(given) => {
		const quantizer = new Quantizer(given);
		return { props: { quantizer }, knobs: quantizer.knobs };
	},
	{ wide: 700, narrow: 860 },
	['values', 'bits', 'scheme']
);
