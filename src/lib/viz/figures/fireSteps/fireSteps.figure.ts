import { keepStep, lessonFigure } from '../../lessonFigure';
import { FireSteps } from './fireSteps.svelte';
import FireStepsFigure from './FireStepsFigure.svelte';
import { firePositionKnobs, fireStepsKnobs } from './knobs';

export default lessonFigure(
	FireStepsFigure,
	(search) => {
		const module = new FireSteps();
		module.read(search);
		return {
			props: { module },
			set: (phrase) => module.read(phrase),
			keep: keepStep(module.knobs, module.steps.player),
			rest: () => module.steps.player.pause()
		};
	},
	{
		knobs: { ...fireStepsKnobs, ...firePositionKnobs },
		height: { wide: 770, narrow: 1830 },
		controls: Object.keys(fireStepsKnobs)
	}
);
