import { lessonFigure } from '../../lessonFigure';
import { XceptionOrder } from './xceptionOrder.svelte';
import XceptionOrderFigure from './XceptionOrderFigure.svelte';

export default lessonFigure(XceptionOrderFigure, (search) => {
	const pair = new XceptionOrder();
	pair.read(search);
	return { props: { pair }, set: (phrase) => pair.read(phrase) };
});
