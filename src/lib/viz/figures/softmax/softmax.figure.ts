import { knobsFigure } from '../../lessonFigure';
import { softmaxKnobs } from './knobs';
import { Softmax } from './softmax.svelte';
import SoftmaxFigure from './SoftmaxFigure.svelte';

export default knobsFigure(
	SoftmaxFigure,
	softmaxKnobs,
	(given) => {
		const softmax = new Softmax(given);
		return { props: { softmax }, knobs: softmax.knobs };
	},
	{ wide: 238, narrow: 266 }
);
