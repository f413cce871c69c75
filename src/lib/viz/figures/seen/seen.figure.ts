import { lessonFigure } from '../../lessonFigure';
import { readKnobs } from '../knobsAddress';
import { seenKnobs } from './knobs';
import { Seen } from './seen.svelte';
import SeenFigure from './SeenFigure.svelte';

export default lessonFigure(
	SeenFigure,
	(search) => {
		const seen = new Seen(readKnobs(seenKnobs, search));
		return { props: { seen }, set: (phrase) => seen.knobs.set(readKnobs(seenKnobs, phrase)) };
	},
	{ knobs: seenKnobs, height: { wide: 465, narrow: 540 } }
);
