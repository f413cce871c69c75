import { story } from '../../story';
import { Softmax } from './softmax.svelte';
import SoftmaxFigure from './SoftmaxFigure.svelte';

const at = (given: ConstructorParameters<typeof Softmax>[0]) => () => ({ softmax: new Softmax(given) });

export default story(
	SoftmaxFigure,
	{ sure: at({}), undecided: at({ dog: 4 }), even: at({ cat: 0, dog: 0, frog: 0, ship: 0 }) },
	{ isPanel: true }
);
