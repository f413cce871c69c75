import { knobsFigure } from '../../lessonFigure';
import { decodePhotograph } from '../../tensor/photograph';
import { photographBytes } from '../../tensor/photographBytes';
import { fieldKnobs } from './knobs';
import { ReceptiveField } from './receptiveField.svelte';
import ReceptiveFieldFigure from './ReceptiveFieldFigure.svelte';

export default knobsFigure(
	ReceptiveFieldFigure,
	fieldKnobs,
	(given) => {
		const field = new ReceptiveField(decodePhotograph(photographBytes), given);
		return { props: { field }, knobs: field.knobs };
	},
	{ wide: 732, narrow: 778 },
	['stack']
);
