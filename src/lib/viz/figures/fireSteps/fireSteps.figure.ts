import { lessonFigure } from '../../lessonFigure';
import { FireSteps } from './fireSteps.svelte';
import FireStepsFigure from './FireStepsFigure.svelte';

export default lessonFigure(FireStepsFigure, (search) => {
	const module = new FireSteps();
	module.read(search);
	return { props: { module }, set: (phrase) => module.read(phrase) };
});
