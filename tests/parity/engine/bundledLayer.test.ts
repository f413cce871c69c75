import { join } from 'node:path';
import { expect, it } from 'vitest';
import { squeezenetLayer } from '../../../src/lib/viz/figures/compression/squeezenetLayer';
import { publishedWeights } from '../../data';
import { readFolder } from './shared';

it.skipIf(publishedWeights.isAbsent)(
	publishedWeights.needed("the bundled layer is the file's fire6/squeeze1x1/kernel, number by number"),
	() => {
		const tensors = readFolder(join(publishedWeights.path, 'squeezenet_v1.1'));
		const { shape, data } = tensors.find(({ name }) => name === 'fire6/squeeze1x1/kernel')!;
		const { inputs, filters, values } = squeezenetLayer();
		expect([1, 1, inputs, filters]).toEqual(shape);
		expect(values).toEqual(data);
	}
);
