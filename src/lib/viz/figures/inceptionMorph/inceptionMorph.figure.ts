import { knobsFigure } from '../../lessonFigure';
import { InceptionMorph } from './inceptionMorph.svelte';
import InceptionMorphFigure from './InceptionMorphFigure.svelte';
import { morphKnobs } from './knobs';

export default knobsFigure(
	InceptionMorphFigure,
	morphKnobs,
	(given) => {
		const morph = new InceptionMorph(given);
		return { props: { morph }, knobs: morph.knobs };
	},
	{ wide: 830, narrow: 1130 }
);
