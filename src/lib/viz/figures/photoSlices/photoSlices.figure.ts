import { knobsFigure } from '../../lessonFigure';
import { decodePhotograph } from '../../tensor/photograph';
import { photographBytes } from '../../tensor/photographBytes';
import { sliceKnobs } from './knobs';
import { PhotoSlices } from './photoSlices.svelte';
import PhotoSlicesFigure from './PhotoSlicesFigure.svelte';

export default knobsFigure(
	PhotoSlicesFigure,
	sliceKnobs,
	(given) => {
		const slices = new PhotoSlices(decodePhotograph(photographBytes), given);
		return { props: { slices }, knobs: slices.knobs };
	},
	{ wide: 573, narrow: 575 }
);
