import { describe, expect, it } from 'vitest';
import { GraphBuilder, resolveGraph } from '$lib/nets';
import { granularities, kernelValues, quantizeKernel } from '$lib/nets/quantization/kernel';
import { largestInteger, layerSpreads } from '$lib/nets/quantization/spread';

describe('layerSpreads(resolved, weights, bits, points)', () => {
	const at8 = (share: number) => Math.round(largestInteger(8) * share);
	const net = new GraphBuilder('two', [4, 4, 4]);
	const depthwise = net.depthwiseConv2d('dw', net.input, { kernelSize: 1, bias: false });
	const resolved = resolveGraph(
		net.build(net.conv2d('pw', depthwise, { kernelSize: 1, outChannels: 2, bias: false }))
	);
	const weights = {
		// The second channel is a hundredth of the first, and so on.
		dw: { kernel: { shape: [1, 1, 1, 4], data: Float32Array.of(127, -1.27, 63.4, 0.3) } },
		pw: { kernel: { shape: [1, 1, 4, 2], data: Float32Array.of(1, 1, 0.5, -0.5, 0.25, 0.25, 0.125, 0.125) } }
	};
	const [first, second] = layerSpreads(resolved, weights, [8], 48);

	it('the largest integers of channels that have one scale, the widest first', () => {
		expect(first).toMatchObject({ id: 'dw', kind: 'depthwise', channels: 4 });
		expect(first!.largest.map(at8)).toEqual([127, 63, 1, 0]);
		expect(second).toMatchObject({ id: 'pw', kind: 'pointwise', channels: 2, largest: [1, 1] });
	});
	it('what one scale costs: nothing where channels are alike, all of a channel whose weights become 0', () => {
		expect(first!.errors[8]!.channel).toBeLessThan(1e-6);
		// Shares: 0, 0.27 of 1.27 rounded to 1, 0.4 of 63.4, and all of 0.3.
		expect(first!.errors[8]!.tensor).toBeCloseTo((0.27 / 1.27 + 0.4 / 63.4 + 1) / 4, 5);
		expect(second!.errors[8]!.tensor).toBe(second!.errors[8]!.channel);
	});
	it('as many errors as bits, each by the rounding of the network itself', () => {
		const tried = [2, 3, 4, 5, 6, 7, 8];
		const kernel = Float32Array.from({ length: 36 }, (_, i) => Math.sin(7 * i) * (1 + (i % 4) ** 2));
		const known = { ...weights, dw: { kernel: { shape: [3, 3, 1, 4], data: kernel } } };
		const graph = new GraphBuilder('three', [4, 4, 4]);
		const dw = graph.depthwiseConv2d('dw', graph.input, { kernelSize: 3, padding: 1, bias: false });
		const [layer] = layerSpreads(resolveGraph(graph.build(dw)), known, tried, 4);
		for (const bits of tried)
			for (const granularity of granularities) {
				const back = kernelValues(quantizeKernel(kernel, 4, { bits, granularity, isFitted: false }));
				const share = (channel: number) => {
					let [error, square] = [0, 0];
					for (let i = channel; i < 36; i += 4) {
						error += (kernel[i]! - back[i]!) ** 2;
						square += kernel[i]! ** 2;
					}
					return Math.sqrt(error / square) / 4;
				};
				expect(layer!.errors[bits]![granularity]).toBeCloseTo(share(0) + share(1) + share(2) + share(3), 6);
			}
	});
	it('of channels that are equalised: their own weights are divided, those that read them multiplied', () => {
		const factors = new Map([['dw', Float32Array.of(1, 0.01, 0.5, 0.0025)]]);
		const [narrow, reader] = layerSpreads(resolved, weights, [8], 48, factors);
		expect(narrow!.largest.map(at8)).toEqual([127, 127, 127, 120]);
		expect(narrow!.errors[8]!.tensor).toBeLessThan(0.01);
		expect(reader!.largest.map(at8)).toEqual([127, 127]);
	});
	it('as many channels as were asked for, the first and the last among them', () => {
		expect(layerSpreads(resolved, weights, [8], 2)[0]!.largest.map(at8)).toEqual([127, 0]);
		expect(layerSpreads(resolved, weights, [2], 1)[0]!.largest).toEqual([1]);
	});
});
