import { describe, expect, it } from 'vitest';
import { networkById, resolveGraph } from '$lib/nets';
import { groupNodes } from '$lib/nets/quantization/groups';
import { readWeightSets } from '$lib/running/weightSets';
import { figuresAt } from '../../../../src/routes/[lang=lang]/(site)/compression/integers.svelte';
import { integersOf } from '../../../../src/routes/[lang=lang]/(site)/compression/integersOf';
import { harmsOf } from '../../../../src/routes/[lang=lang]/(site)/compression/pick';
import { storedBytes } from '../../../../src/routes/[lang=lang]/(site)/compression/storedBytes';

describe('integersOf(folder, set, lang)', () => {
	const folder = 'static/weights';
	const ways = (id: string) => {
		const set = readWeightSets(folder).find((of) => of.id === id)!;
		return integersOf(folder, set, 'en');
	};

	it('a set whose channels are equalised comes without that first, and then as the site runs it', () => {
		const [plain, equalized, ...others] = ways('cifar10-shufflenet');
		expect(others).toEqual([]);
		expect(plain).toMatchObject({ isUsed: false, isEqualized: false, name: 'ShuffleNet v1' });
		expect(equalized).toMatchObject({ isUsed: true, isEqualized: true, name: 'ShuffleNet v1, equalised' });
		expect(plain!.key).not.toBe(equalized!.key);
		expect(plain!.ranges).not.toEqual(equalized!.ranges);
		// Layers are told as they are rounded: one scale harms none of them as it does the worst without.
		const worst = (of: typeof plain) => Math.max(...of!.layers.map(({ errors }) => errors[8]!.tensor));
		expect(worst(plain)).toBeGreaterThan(0.9);
		expect(worst(equalized)).toBeLessThan(worst(plain) / 2);
	});
	it('any other comes as it is', () => {
		expect(ways('cifar10-mobilenet')).toMatchObject([
			{ isUsed: true, isEqualized: false, key: 'cifar10-mobilenet' }
		]);
	});
	it('what is counted comes to the bytes that were measured, at every number of bits', () => {
		const [of] = ways('cifar10-mobilenet');
		expect(of!.counted).toEqual({ weights: 677_088, channels: 4458, layers: 24, tensors: 25 });
		for (const { bits, granularity, bytes } of of!.settings)
			expect(storedBytes(of!.counted, bits, granularity)).toBe(bytes);
	});
	it('every layer’s step and the picture have a tensor of integers, but for the logits, as the page says', () => {
		for (const { id, network, knobs } of readWeightSets(folder)) {
			const steps = 1 + groupNodes(resolveGraph(networkById(network).build(knobs))).length;
			for (const { counted } of ways(id)) expect(counted.tensors).toBe(steps - 1);
		}
	});
	it('weights were rounded alone, too, at every number of bits below that of activations', () => {
		for (const { id } of readWeightSets(folder))
			for (const of of ways(id))
				for (const bits of [8, 7, 6, 5, 4, 3, 2])
					for (const granularity of ['channel', 'tensor'] as const) {
						const [both, weights] = (['both', 'weights'] as const).map((lowered) =>
							figuresAt(of, bits, granularity, lowered)
						);
						expect(both).toMatchObject({ bits, activationBits: Math.min(bits, 7), granularity });
						expect(weights).toMatchObject({ bits, activationBits: 7, granularity, bytes: both!.bytes });
						expect(weights === both).toBe(bits >= 7);
					}
	});
	it('what the text says of layers is so: one depthwise layer is ruined, and others are off by least', () => {
		const measured = ['squeezenet', 'mobilenet', 'shufflenet', 'xception'].flatMap((id) =>
			ways(`cifar10-${id}`)
		);
		const { depthwise, pointwise, hit } = harmsOf(measured);
		expect(depthwise.channel).toBeLessThan(0.7 * pointwise.channel);
		expect(depthwise.tensor).toBeLessThan(0.7 * pointwise.tensor);
		expect(hit).toMatchObject({ name: 'ShuffleNet v1', layer: 'stage2/unit2/dwconv' });
		// Of 60 channels one is left: all others round to zero.
		expect(hit.error).toBeCloseTo(59 / 60, 3);
		const ruined = measured.flatMap((of) =>
			of.layers.filter((layer) => layer.errors[8]!.tensor > 0.5).map(({ id, kind }) => [of.key, id, kind])
		);
		expect(ruined).toEqual([['cifar10-shufflenet-unequalized', 'stage2/unit2/dwconv', 'depthwise']]);
		// One scale costs that network most of its accuracy, and no other.
		for (const of of measured) {
			const lost = of.trained.accuracy - figuresAt(of, 8, 'tensor').accuracy;
			expect(lost > 0.4).toBe(of.key === ruined[0]![0]);
		}
	});
});
