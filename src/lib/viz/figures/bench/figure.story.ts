import { story } from '../../story';
import Figure from './Figure.svelte';
import { benchAt } from './stories';

const at =
	(...state: Parameters<typeof benchAt>) =>
	() => ({ bench: benchAt(...state) });

/** Between two steps. */
const between = (op: Parameters<typeof benchAt>[0], position: number) => () => {
	const bench = benchAt(op, {});
	bench.player.scrub(position);
	return { bench };
};

export default story(Figure, {
	standard: at('standard', { step: 11 }),
	'standard-multiply': at('standard', { step: 200, granularity: 'multiply' }),
	'standard-same-stride': at('standard', { padding: 'same', stride: 2, height: 6, width: 6, step: 2 }),
	'standard-dilation': at('standard', { dilation: 2, height: 6, width: 6, step: 1 }),
	'standard-photo': at('standard', {
		height: 12,
		width: 12,
		channels: 3,
		inputPreset: 'photo',
		weightPreset: 'edges',
		step: 299
	}),
	'standard-large': at('standard', { height: 12, width: 12, channels: 12, filters: 12, step: 600 }),
	'standard-products': between('standard', 11.48),
	'standard-falling': between('standard', 11.72),
	'shuffle-travelling': between('shuffle', 25.5),
	group: at('group', { step: 20 }),
	depthwise: at('depthwise', { step: 13 }),
	pointwise: at('pointwise', { step: 5 }),
	'separable-depthwise': at('separable', { step: 7 }),
	'separable-pointwise': at('separable', { step: 30 }),
	'shuffle-transpose': at('shuffle', { step: 25 }),
	'shuffle-off': at('shuffle', { shuffle: false, step: 40 }),
	transposed: at('transposed', { step: 16 }),
	'transposed-output-padding': at('transposed', {
		padding: { top: 1, bottom: 1, left: 1, right: 1 },
		outputPadding: 1,
		step: 20
	}),
	'pooling-max': at('pooling', { step: 4 }),
	'pooling-average-same': at('pooling', {
		pool: 'average',
		padding: 'same',
		kernelHeight: 3,
		kernelWidth: 3,
		step: 0
	}),
	'pooling-global': at('pooling', { pool: 'global', step: 1 })
});
