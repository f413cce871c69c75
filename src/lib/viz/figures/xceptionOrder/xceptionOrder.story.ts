import { story } from '../../story';
import { XceptionOrder } from './xceptionOrder.svelte';
import XceptionOrderFigure from './XceptionOrderFigure.svelte';

const at = (search: string) => () => {
	const pair = new XceptionOrder();
	pair.read(search);
	return { pair };
};

export default story(XceptionOrderFigure, {
	extreme: at('?at=depthwise&step=23'),
	separable: at('?order=depthwiseFirst&relu=false&at=pointwise&step=23')
});
