import { knobsFigure } from '../../lessonFigure';
import { UnitMorph } from './unitMorph.svelte';
import UnitMorphFigure from './UnitMorphFigure.svelte';
import { unitKnobs } from './knobs';

export default knobsFigure(
	UnitMorphFigure,
	unitKnobs,
	(given) => {
		const morph = new UnitMorph(given);
		return { props: { morph }, knobs: morph.knobs };
	},
	{ wide: 990, narrow: 1340 }
);
