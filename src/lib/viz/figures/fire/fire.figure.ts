import { knobsFigure } from '../../lessonFigure';
import { Fire } from './fire.svelte';
import FireFigure from './FireFigure.svelte';
import { fireKnobs } from './knobs';

export default knobsFigure(
	FireFigure,
	fireKnobs,
	(given) => {
		const fire = new Fire(given);
		return { props: { fire }, knobs: fire.knobs };
	},
	{ wide: 840, narrow: 1360 },
	['modules', 'inChannels', 's1', 'e1', 'e3', 'lock']
);
