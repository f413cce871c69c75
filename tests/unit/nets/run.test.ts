import { describe, expect, it } from 'vitest';
import {
	GraphBuilder,
	logitsOf,
	networks,
	randomNumbers,
	randomWeight,
	randomWeights,
	resolveGraph,
	runGraph,
	weightSpecs
} from '$lib/nets';
import { tensor, type Shape } from '$lib/ops';
import { tinyGraph } from './graphs';

describe('runGraph(resolved, inputs, weights)', () => {
	it('gives every tensor, those of several outputs too', () => {
		const net = new GraphBuilder('Swap', [1, 1, 3]);
		const split = net.op('split', 'split', net.input, { sizes: [1, 2] });
		const swapped = net.concat('swap', [`${split}:1`, `${split}:0`]);
		const resolved = resolveGraph(net.build(net.add('sum', [swapped, net.input])));
		const values = runGraph(resolved, [tensor([1, 1, 3], [1, 2, 3])], {});
		expect(values.map(({ data }) => [...data])).toEqual([[1, 2, 3], [1], [2, 3], [2, 3, 1], [3, 5, 4]]);
	});

	it('ends a network in probabilities', () => {
		const resolved = resolveGraph(
			networks.shufflenet.build({ scale: 0.25, resolution: 32, classes: 10, repeats: 1 })
		);
		const input = tensor<Shape>(
			[32, 32, 3],
			Array.from({ length: 3072 }, (_, i) => Math.sin(i))
		);
		const values = runGraph(resolved, [input], randomWeights(resolved, 1));
		const { data } = values[resolved.output.index]!;
		expect([...data].reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
		const logits = values[logitsOf(resolved).index]!.data;
		expect(logits.indexOf(Math.max(...logits))).toBe(data.indexOf(Math.max(...data)));
	});
});

describe('randomWeight(id, spec, seed)', () => {
	const spec = { name: 'kernel', shape: [3, 3, 4, 8], role: 'weight' } as const;

	it('is the same for the same id, name and seed, and another for any other', () => {
		const weight = randomWeight('conv', spec, 7);
		expect(randomWeight('conv', spec, 7)).toEqual(weight);
		expect(randomWeight('conv', spec, 8)).not.toEqual(weight);
		expect(randomWeight('conv2', spec, 7)).not.toEqual(weight);
	});

	it('has the variance 2 / inputs of He', () => {
		const { data } = randomWeight('conv', { ...spec, shape: [3, 3, 16, 64] }, 1);
		const variance = data.reduce((sum, value) => sum + value ** 2, 0) / data.length;
		expect(variance / (2 / 144)).toBeCloseTo(1, 1);
	});
});

it('weightSpecs(resolved) lists the nodes that have weights', () => {
	expect(weightSpecs(resolveGraph(tinyGraph()))).toEqual([
		{
			id: 'conv',
			specs: [
				{ name: 'kernel', shape: [3, 3, 2, 4], role: 'weight' },
				{ name: 'bias', shape: [4], role: 'bias' }
			]
		}
	]);
});

it('randomNumbers(seed) lies between 0 and 1, half of it below a half', () => {
	const random = randomNumbers('seed');
	const values = Array.from({ length: 10000 }, random);
	expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
	expect(values.filter((value) => value < 0.5).length / values.length).toBeCloseTo(0.5, 1);
});
