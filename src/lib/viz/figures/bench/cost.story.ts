import { story } from '../../story';
import Cost from './Cost.svelte';
import { benchAt } from './stories';

const at =
	(...state: Parameters<typeof benchAt>) =>
	() => {
		const { stages, position, granularity } = benchAt(...state);
		return { stages, position, granularity };
	};

export default story(
	Cost,
	{
		standard: at('standard', { step: 11 }),
		depthwise: at('depthwise', {}),
		separable: at('separable', { step: 30 }),
		group: at('group', {}),
		shuffle: at('shuffle', {}),
		pooling: at('pooling', {})
	},
	{ isPanel: true }
);
