import { story } from '../../story';
import { decodePhotograph } from '../../tensor/photograph';
import { photographBytes } from '../../tensor/photographBytes';
import { PhotoSteps } from './photoSteps.svelte';
import PhotoStepsFigure from './PhotoStepsFigure.svelte';

const at = (given: ConstructorParameters<typeof PhotoSteps>[1]) => () => ({
	steps: new PhotoSteps(decodePhotograph(photographBytes), given)
});

export default story(
	PhotoStepsFigure,
	{
		slide: at({}),
		horizontal: at({ filter: 'horizontal', place: 3844 }),
		norm: at({ show: 'norm' }),
		relu: at({ show: 'relu' }),
		pool: at({ show: 'pool' })
	},
	{ isPanel: true }
);
