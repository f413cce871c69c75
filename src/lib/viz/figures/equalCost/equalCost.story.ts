import { story } from '../../story';
import { EqualCost } from './equalCost.svelte';
import EqualCostFigure from './EqualCostFigure.svelte';

const at = (channels: 96 | 480, groups: 1 | 3 | 8) => () => ({ cost: new EqualCost({ channels, groups }) });

export default story(
	EqualCostFigure,
	{ published: at(480, 3), 'no-groups': at(480, 1), narrow: at(96, 8) },
	{ isPanel: true }
);
