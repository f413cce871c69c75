import { story } from '../../story';
import { Ratio } from './ratio.svelte';
import RatioFigure from './RatioFigure.svelte';

const at = (filters: number, kernel: number) => () => ({ ratio: new Ratio({ filters, kernel }) });

export default story(RatioFigure, {
	example: at(3, 3),
	claim: at(256, 3),
	'large-window': at(64, 7),
	'no-saving': at(16, 1)
});
