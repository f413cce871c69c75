import { describe, expect, it } from 'vitest';
import { classMap, classMapForm, GraphBuilder, networkById, networkIds, resolveGraph } from '$lib/nets';
import { randomWeights, runGraph } from '$lib/nets/run';
import { tensor } from '$lib/ops';
import { seededGraph } from '$lib/viz/figures/inside/seeded';
import { defaultKnobs } from '$lib/nets/knobs';

const built = (id: Parameters<typeof networkById>[0]) => {
	const { build, knobs } = networkById(id);
	return resolveGraph(build(defaultKnobs(knobs)));
};

describe('classMapForm', () => {
	it.each([
		['squeezenet', 'direct', 'relu_conv10', null],
		['mobilenet', 'linear', 'conv_pw_13_relu', 'conv_preds'],
		['shufflenet', 'linear', undefined, 'fc'],
		['xception', 'linear', undefined, 'predictions']
	] as const)('finds that of %s: %s', (id, kind, features, scorer) => {
		const form = classMapForm(built(id))!;
		expect(form.kind).toBe(kind);
		if (features) expect(form.features.ref).toBe(features);
		expect(form.features.shape[0]).toBeGreaterThan(1);
		expect(form.scorer?.id ?? null).toBe(scorer);
		expect(form.classes).toBe(1000);
	});

	it('has none where more than one layer follows the average, or none goes before', () => {
		expect(classMapForm(built('alexnet'))).toBeNull();
		expect(classMapForm(built('vgg16'))).toBeNull();
		const net = new GraphBuilder('Two', [4, 4, 3]);
		const hidden = net.relu('r', net.dense('a', net.globalAvgPool('p', net.input), { outChannels: 4 }));
		expect(classMapForm(resolveGraph(net.build(net.dense('b', hidden, { outChannels: 2 }))))).toBeNull();
	});

	it('takes an average pool over the whole map for the global one', () => {
		const net = new GraphBuilder('Pool', [4, 5, 3]);
		const pooled = net.avgPool('p', net.input, { kernelSize: [4, 5] });
		const form = classMapForm(resolveGraph(net.build(net.dense('fc', pooled, { outChannels: 2 }))))!;
		expect(form).toMatchObject({ kind: 'linear', features: { ref: 'input' } });
	});
});

describe('classMap', () => {
	it('has the class’s score as its average and the bias', () => {
		const resolved = resolveGraph(seededGraph());
		const weights = randomWeights(resolved, 3);
		const input = tensor(
			resolved.tensors[0]!.shape,
			Array.from({ length: 24 * 24 * 3 }, (_, i) => Math.sin(i))
		);
		const values = runGraph(resolved, [input], weights);
		const form = classMapForm(resolved)!;
		const { kernel, bias } = weights.fc!;
		for (let index = 0; index < form.classes; index++) {
			const map = classMap(form, index, values[form.features.index]!.data, kernel!.data);
			const average = map.reduce((sum, value) => sum + value, 0) / map.length;
			expect(average + bias!.data[index]!).toBeCloseTo(values[form.logits.index]!.data[index]!, 10);
		}
	});

	it('is the class’s own map in the direct form', () => {
		const net = new GraphBuilder('Direct', [2, 2, 3]);
		const resolved = resolveGraph(net.build(net.softmax('s', net.globalAvgPool('p', net.input))));
		const form = classMapForm(resolved)!;
		expect([
			...classMap(
				form,
				1,
				Array.from({ length: 12 }, (_, i) => i)
			)
		]).toEqual([1, 4, 7, 10]);
	});
});

it('every network has a form or none, without an error', () => {
	for (const id of networkIds) expect(() => classMapForm(built(id))).not.toThrow();
});
