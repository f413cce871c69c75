import { story } from '../../story';
import Arithmetic from './Arithmetic.svelte';
import { benchAt } from './stories';

const at =
	(...state: Parameters<typeof benchAt>) =>
	() => ({ bench: benchAt(...state) });

export default story(
	Arithmetic,
	{
		standard: at('standard', { step: 11 }),
		'standard-multiply': at('standard', { step: 200, granularity: 'multiply' }),
		'standard-padding': at('standard', { padding: 'same', step: 0 }),
		'many-channels': at('standard', { channels: 12, step: 3 }),
		depthwise: at('depthwise', { step: 13 }),
		'shuffle-reshape': at('shuffle', { step: 24 }),
		transposed: at('transposed', { step: 16 }),
		'pooling-average': at('pooling', { pool: 'average', step: 4 })
	},
	{ isPanel: true }
);
