import { describe, expect, it } from 'vitest';
import { graphCost, networkById, resolveGraph } from '$lib/nets';
import { GraphBuilder } from '$lib/nets/builder';
import { latencyKnobs } from '$lib/viz/figures/latency/knobs';
import { recordedTiming } from '$lib/nets/times/recorded';
import { spreadOf } from '$lib/nets/times/spread';
import { dearestAndCheapest, latencyByKind, latencyLayers, totalTime } from '$lib/nets/times/timing';

/** A depthwise 3×3 and a pointwise layer with ReLU after each, on 4×4×2: 288 and 96 MACs. */
function separable() {
	const net = new GraphBuilder('separable', [4, 4, 2]);
	const depthwise = net.depthwiseConv2d('depthwise', net.input, { kernelSize: 3, padding: 1, bias: false });
	const first = net.relu('relu1', depthwise);
	const pointwise = net.conv2d('pointwise', first, { outChannels: 3, kernelSize: 1, bias: true });
	return resolveGraph(net.build(net.relu('relu2', pointwise)));
}
const units = [
	{ nodes: ['depthwise', 'relu1'], milliseconds: [6, 4, 5] },
	{ nodes: ['pointwise', 'relu2'], milliseconds: [1, 1, 1] },
	{ nodes: [], milliseconds: [0.5, 0.5, 0.5] }
];

describe('spreadOf', () => {
	it('gives the median and the quartiles', () =>
		expect(spreadOf([5, 1, 3, 2, 4])).toEqual({ median: 3, low: 2, high: 4, count: 5 }));
	it('refuses no measurements', () => expect(() => spreadOf([])).toThrow(RangeError));
});

describe('latencyLayers', () => {
	const layers = latencyLayers(separable(), { units });

	it('names a unit after its node with most MACs, and counts all of its nodes', () => {
		expect(layers.map(({ id, kind }) => [id, kind])).toEqual([
			['depthwise', 'depthwise'],
			['pointwise', 'pointwise'],
			['', 'rearrange']
		]);
		expect(layers.map(({ macs }) => macs)).toEqual([4 * 4 * 9 * 2, 4 * 4 * 2 * 3, 0]);
		expect(layers.map(({ params }) => params)).toEqual([18, 9, 0]);
	});

	it('counts the bytes that go in and out, not those between its nodes', () =>
		expect(layers.map(({ bytes }) => bytes)).toEqual([4 * (32 + 18 + 32), 4 * (32 + 9 + 48), 0]));

	it('shares the time out by MACs', () => {
		expect(totalTime(layers)).toBe(6.5);
		expect(layers[0]!.predicted).toBeCloseTo((6.5 * 288) / 384, 12);
		expect(layers[2]!.predicted).toBe(0);
	});

	it('says in which kind a MAC takes longest', () => {
		const kinds = latencyByKind(layers);
		expect(kinds.map(({ kind }) => kind)).toEqual(['depthwise', 'pointwise', 'rest']);
		const found = dearestAndCheapest(kinds)!;
		expect([found.dear.kind, found.cheap.kind]).toEqual(['depthwise', 'pointwise']);
		expect(found.times).toBeCloseTo(5 / 288 / (1 / 96), 12);
	});
});

describe.each(latencyKnobs.network.choices)('what was recorded of %s', (id) => {
	const net = resolveGraph(networkById(id).build());
	const timing = recordedTiming(id);

	it('covers every MAC of the network once', () => {
		const macs = latencyLayers(net, timing).reduce((sum, layer) => sum + layer.macs, 0);
		expect(macs).toBe(graphCost(net).total.macs);
	});

	it('has layers that add up to about a run', () => {
		const share = totalTime(latencyLayers(net, timing)) / spreadOf(timing.runs).median;
		expect(share).toBeGreaterThan(0.6);
		expect(share).toBeLessThan(1.4);
	});
});

it('the lesson is right in what it makes of the recording', () => {
	const of = (id: 'mobilenet' | 'shufflenet') => {
		const net = resolveGraph(networkById(id).build());
		const timing = recordedTiming(id);
		const layers = latencyLayers(net, timing);
		return { macs: graphCost(net).total.macs, kinds: latencyByKind(layers), time: totalTime(layers) };
	};
	const [mobilenet, shufflenet] = [of('mobilenet'), of('shufflenet')];
	const speed = (kind: string) => mobilenet.kinds.find((one) => one.kind === kind)!.speed;
	expect(speed('pointwise') / speed('depthwise')).toBeGreaterThan(1.5);
	expect(mobilenet.time / shufflenet.time).toBeLessThan((0.9 * mobilenet.macs) / shufflenet.macs);
	expect(shufflenet.kinds.find(({ kind }) => kind === 'rest')!.timeShare).toBeGreaterThan(0.03);
});
