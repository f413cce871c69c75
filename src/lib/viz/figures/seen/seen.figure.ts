import { knobsFigure } from '../../lessonFigure';
import { Seen } from './seen.svelte';
import SeenFigure from './SeenFigure.svelte';
import { seenKnobs } from './knobs';

export default knobsFigure(
	SeenFigure,
	seenKnobs,
	(given) => {
		const seen = new Seen(given);
		return { props: { seen }, knobs: seen.knobs };
	},
	{ wide: 465, narrow: 540 }
);
