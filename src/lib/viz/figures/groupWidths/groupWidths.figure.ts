import { lessonFigure } from '../../lessonFigure';
import { readKnobs } from '../knobsAddress';
import { GroupWidthsState } from './groupWidths.svelte';
import GroupWidthsFigure from './GroupWidthsFigure.svelte';
import { groupWidthsKnobs } from './knobs';

export default lessonFigure(
	GroupWidthsFigure,
	(search) => {
		const widths = new GroupWidthsState(readKnobs(groupWidthsKnobs, search));
		return { props: { widths }, set: (phrase) => widths.knobs.set(readKnobs(groupWidthsKnobs, phrase)) };
	},
	{ knobs: groupWidthsKnobs, height: { wide: 360, narrow: 430 } }
);
