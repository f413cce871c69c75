import { expect, it } from 'vitest';
import { squeezenetLayer } from '$lib/viz/figures/compression/squeezenetLayer';
import { readBundled } from '../../../../tools/weights/bundled';

it("the lab's layer is that of this site's own SqueezeNet, number by number", () => {
	const { set, weights } = readBundled('cifar10-squeezenet');
	const { name, network, data: trainedOn, inputs, filters, values } = squeezenetLayer();
	const { shape, data } = weights[name]!.kernel!;
	expect(`${network}, ${trainedOn}`).toBe(set.title);
	expect([1, 1, inputs, filters]).toEqual(shape);
	expect(values).toEqual(data);
});
