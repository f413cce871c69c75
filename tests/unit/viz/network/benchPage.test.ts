import { expect, it } from 'vitest';
import { GraphBuilder, resolveGraph } from '$lib/nets';
import { benchPage } from '$lib/viz/figures/network/benchPage';
import { benchCodec } from '$lib/viz/figures/bench/address';
import type { Conv2dOptions, PoolOptions } from '$lib/ops';

const conv = (options: Partial<Conv2dOptions>) => {
	const net = new GraphBuilder('One', [32, 32, 4]);
	return resolveGraph(
		net.build(net.conv2d('c', net.input, { outChannels: 4, kernelSize: 3, ...options } as Conv2dOptions))
	).nodes[0]!;
};
const pool = (options: Partial<PoolOptions>) => {
	const net = new GraphBuilder('One', [32, 32, 4]);
	return resolveGraph(net.build(net.op('maxPool', 'p', net.input, { kernelSize: 3, ...options }))).nodes[0]!;
};

it.each([
	['a dilation', conv({ dilation: 2 }), { dilation: 2, stride: 1, padding: 'valid' }],
	['padding of TensorFlow', conv({ padding: 'same', stride: 2 }), { padding: 'same', stride: 2 }],
	[
		'padding on each side',
		conv({ padding: { top: 2, right: 3, bottom: 0, left: 1 } }),
		{ padding: { top: 2, right: 3, bottom: 0, left: 1 } }
	],
	['a pool', pool({ stride: 2, padding: 1, ceil: true }), { stride: 2, ceil: true, kernelHeight: 3 }]
])('leads to the bench with %s as the layer has it', (_, node, expected) => {
	const { op, query } = benchPage(node)!;
	const { value, ignored } = benchCodec(op).parse(`?${query}`);
	expect(ignored).toEqual([]);
	expect(value).toMatchObject(expected);
});

it('offers no other layer in place of what the bench does not have', () => {
	expect(benchPage(conv({ stride: [2, 1] }))).toBeNull();
	expect(benchPage(conv({ dilation: 5 }))).toBeNull();
	expect(benchPage(conv({ dilation: [1, 2] }))).toBeNull();
	expect(benchPage(pool({ dilation: 2 }))).toBeNull();
});
