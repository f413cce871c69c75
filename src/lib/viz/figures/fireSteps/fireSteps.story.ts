import { story } from '../../story';
import { FireSteps } from './fireSteps.svelte';
import FireStepsFigure from './FireStepsFigure.svelte';

const at = (search: string) => () => {
	const module = new FireSteps();
	module.read(search);
	return { module };
};

export default story(FireStepsFigure, {
	squeeze: at('?at=squeeze1x1&step=7'),
	expand: at('?at=expand3x3&step=22'),
	concat: at('?at=concat&step=3')
});
