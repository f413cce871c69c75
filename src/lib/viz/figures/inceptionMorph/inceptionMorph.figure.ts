import { lessonFigure } from '../../lessonFigure';
import { readKnobs } from '../knobsAddress';
import { InceptionMorph } from './inceptionMorph.svelte';
import InceptionMorphFigure from './InceptionMorphFigure.svelte';
import { morphKnobs } from './knobs';

export default lessonFigure(
	InceptionMorphFigure,
	(search) => {
		const morph = new InceptionMorph(readKnobs(morphKnobs, search));
		return { props: { morph }, set: (phrase) => morph.knobs.set(readKnobs(morphKnobs, phrase)) };
	},
	{ knobs: morphKnobs, height: { wide: 830, narrow: 1130 } }
);
