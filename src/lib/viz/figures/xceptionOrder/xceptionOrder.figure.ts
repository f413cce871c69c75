import { keepStep, lessonFigure } from '../../lessonFigure';
import { XceptionOrder } from './xceptionOrder.svelte';
import XceptionOrderFigure from './XceptionOrderFigure.svelte';
import { orderKnobs, orderPositionKnobs } from './knobs';

export default lessonFigure(
	XceptionOrderFigure,
	(search) => {
		const pair = new XceptionOrder();
		pair.read(search);
		return {
			props: { pair },
			set: (phrase) => pair.read(phrase),
			keep: keepStep(pair.knobs, pair.steps.player),
			rest: () => pair.steps.player.pause()
		};
	},
	{
		knobs: { ...orderKnobs, ...orderPositionKnobs },
		height: { wide: 1120, narrow: 1700 },
		controls: ['order', 'relu', 'filters']
	}
);
