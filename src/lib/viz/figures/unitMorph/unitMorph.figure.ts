import { lessonFigure } from '../../lessonFigure';
import { readKnobs } from '../knobsAddress';
import { unitKnobs } from './knobs';
import { UnitMorph } from './unitMorph.svelte';
import UnitMorphFigure from './UnitMorphFigure.svelte';

export default lessonFigure(
	UnitMorphFigure,
	(search) => {
		const morph = new UnitMorph(readKnobs(unitKnobs, search));
		return { props: { morph }, set: (phrase) => morph.knobs.set(readKnobs(unitKnobs, phrase)) };
	},
	{ knobs: unitKnobs, height: { wide: 990, narrow: 1230 } }
);
