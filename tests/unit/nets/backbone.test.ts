import { describe, expect, it } from 'vitest';
import { graphCost, GraphBuilder, networkById, resolveGraph } from '$lib/nets';
import { featuresOf, withHead } from '$lib/nets/backbone';

describe('featuresOf', () => {
	it.each([
		['squeezenet', [13, 13, 512]],
		['mobilenet', [1, 1, 1024]],
		['shufflenet', [1, 1, 960]],
		['xception', [1, 1, 2048]]
	] as const)('of %s is what its classifier reads', (id, shape) => {
		expect(featuresOf(resolveGraph(networkById(id).build({})))!.shape).toEqual(shape);
	});

	it('of SqueezeNet with a bypass is the sum after fire9', () => {
		const graph = resolveGraph(networkById('squeezenet').build({ bypass: 'simple' }));
		expect(featuresOf(graph)!.ref).toBe('fire9/add');
	});

	it('is nothing where there are no classes, or no layer that leads to them', () => {
		const net = new GraphBuilder('Map', [8, 8, 3]);
		const conv = net.conv2d('conv', net.input, { outChannels: 4, kernelSize: 3 });
		expect(featuresOf(resolveGraph(net.build(conv)))).toBeNull();
		const bare = new GraphBuilder('Pool', [8, 8, 3]);
		expect(featuresOf(resolveGraph(bare.build(bare.globalAvgPool('pool', bare.input))))).toBeNull();
	});
});

describe('withHead', () => {
	it('has the parameters of the network without its classifier, and of the head', () => {
		const resolved = resolveGraph(networkById('squeezenet').build({}));
		const { graph } = withHead(resolved, featuresOf(resolved)!, { name: 'Own', classes: 3 });
		const own = resolveGraph(graph);
		// 1,248,424 less conv10's 512 · 1000 + 1000, and 512 · 3 + 3.
		expect(graphCost(own).total.params.trainable).toBe(1_248_424 - 513_000 + 1539);
		expect(own.output.shape).toEqual([1, 1, 3]);
	});

	it('is put behind a network that learned classes before', () => {
		const resolved = resolveGraph(networkById('mobilenet').build({ alpha: 0.25, resolution: 64 }));
		const once = resolveGraph(withHead(resolved, featuresOf(resolved)!, { name: 'One', classes: 3 }).graph);
		const twice = resolveGraph(withHead(once, featuresOf(once)!, { name: 'Two', classes: 5 }).graph);
		expect(twice.output.shape).toEqual([1, 1, 5]);
		expect(twice.nodes.length).toBe(once.nodes.length);
	});
});
