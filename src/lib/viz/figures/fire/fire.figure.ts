import { lessonFigure } from '../../lessonFigure';
import { readKnobs } from '../knobsAddress';
import { Fire } from './fire.svelte';
import FireFigure from './FireFigure.svelte';
import { fireKnobs } from './knobs';

export default lessonFigure(
	FireFigure,
	(search) => {
		const fire = new Fire(readKnobs(fireKnobs, search));
		return { props: { fire }, set: (phrase) => fire.knobs.set(readKnobs(fireKnobs, phrase)) };
	},
	{ knobs: fireKnobs, height: { wide: 960, narrow: 1560 } }
);
