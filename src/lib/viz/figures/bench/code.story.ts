import { story } from '../../story';
import Code from './Code.svelte';
import { benchAt } from './stories';

const at =
	(...state: Parameters<typeof benchAt>) =>
	() => {
		const { input, stages } = benchAt(...state).resolved;
		return { input, stages };
	};

export default story(
	Code,
	{
		standard: at('standard', {}),
		separable: at('separable', {}),
		shuffle: at('shuffle', {}),
		'transposed-output-padding': at('transposed', {
			padding: { top: 1, bottom: 1, left: 1, right: 1 },
			outputPadding: 1
		})
	},
	{ isPanel: true }
);
