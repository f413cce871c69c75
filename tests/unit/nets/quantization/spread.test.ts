import { describe, expect, it } from 'vitest';
import { GraphBuilder, resolveGraph } from '$lib/nets';
import { layerSpreads } from '$lib/nets/quantization/spread';

describe('layerSpreads(resolved, weights, bits, points)', () => {
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
	const [first, second] = layerSpreads(resolved, weights, 8, 48);

	it('the largest integers of channels that have one scale, the widest first', () => {
		expect(first).toMatchObject({ id: 'dw', kind: 'depthwise', channels: 4, largest: [127, 63, 1, 0] });
		expect(second).toMatchObject({ id: 'pw', kind: 'pointwise', channels: 2, largest: [127, 127] });
	});
	it('what one scale costs: nothing where channels are alike, all of a channel whose weights become 0', () => {
		expect(first!.error.channel).toBeLessThan(1e-6);
		// Shares: 0, 0.27 of 1.27 rounded to 1, 0.4 of 63.4, and all of 0.3.
		expect(first!.error.tensor).toBeCloseTo((0.27 / 1.27 + 0.4 / 63.4 + 1) / 4, 5);
		expect(second!.error.tensor).toBe(second!.error.channel);
	});
	it('of channels that are equalised: their own weights are divided, those that read them multiplied', () => {
		const factors = new Map([['dw', Float32Array.of(1, 0.01, 0.5, 0.0025)]]);
		const [narrow, reader] = layerSpreads(resolved, weights, 8, 48, factors);
		expect(narrow!.largest).toEqual([127, 127, 127, 120]);
		expect(narrow!.error.tensor).toBeLessThan(0.01);
		expect(reader!.largest).toEqual([127, 127]);
	});
	it('as many channels as were asked for, the first and the last among them', () => {
		expect(layerSpreads(resolved, weights, 8, 2)[0]!.largest).toEqual([127, 0]);
		expect(layerSpreads(resolved, weights, 2, 1)[0]!.largest).toEqual([1]);
	});
});
