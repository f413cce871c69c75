import { expect, it } from 'vitest';
import { referenceNets } from '$lib/nets';
import { channelsRead, denseNet121 } from '../../../../src/routes/[lang=lang]/(site)/learn/denseNet';

/** A layer is batch norm, 1×1 to four times the growth, batch norm, 3×3; between blocks stand batch norm and a 1×1 that halves. */
it('DenseNet-121, put together from these numbers, has the parameters that are counted elsewhere', () => {
	const { layers, growth, first } = denseNet121;
	const middle = 4 * growth;
	const blocks = layers.flatMap((count, block) =>
		Array.from({ length: count }, (_, layer) => {
			const read = channelsRead(block, layer);
			return 2 * read + read * middle + 2 * middle + 9 * middle * growth;
		})
	);
	const wide = layers.map((count, block) => channelsRead(block, count));
	const transitions = wide.slice(0, -1).map((channels) => 2 * channels + (channels * channels) / 2);
	const last = wide.at(-1)!;
	const params = [7 * 7 * 3 * first + 2 * first, ...blocks, ...transitions, 2 * last, (last + 1) * 1000];
	const counted = referenceNets.find(({ name }) => name === 'DenseNet-121')!.cost;
	expect(params.reduce((sum, count) => sum + count, 0)).toBe('params' in counted ? counted.params : NaN);
});
