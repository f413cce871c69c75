import { knobsFigure } from '../../lessonFigure';
import { GroupWidthsState } from './groupWidths.svelte';
import GroupWidthsFigure from './GroupWidthsFigure.svelte';
import { groupWidthsKnobs } from './knobs';

export default knobsFigure(
	GroupWidthsFigure,
	groupWidthsKnobs,
	(given) => {
		const widths = new GroupWidthsState(given);
		return { props: { widths }, knobs: widths.knobs };
	},
	{ wide: 330, narrow: 515 }
);
