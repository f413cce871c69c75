import { describe, expect, it } from 'vitest';
import { GraphBuilder, networkById, resolveGraph } from '$lib/nets';
import { clampedLater } from '$lib/nets/quantization/groups';

describe('clampedLater(resolved): what integers clamp before the graph does', () => {
	it('parts of a concatenation before a ReLU, but no part that something else reads', () => {
		const net = new GraphBuilder('parts', [4, 4, 4]);
		const one = net.conv2d('one', net.input, { kernelSize: 1, outChannels: 2 });
		const read = net.conv2d('read', net.input, { kernelSize: 1, outChannels: 2 });
		const whole = net.op('relu', 'relu', net.op('concat', 'whole', [one, read], {}), {});
		const resolved = resolveGraph(net.build(net.op('concat', 'end', [whole, read], {})));
		expect([...clampedLater(resolved)]).toEqual([['one', 'relu']]);
	});
	it('of the four: the parts of ShuffleNet’s units that halve, and nothing else', () => {
		const of = (id: Parameters<typeof networkById>[0]) =>
			[...clampedLater(resolveGraph(networkById(id).build()))].map(([ref, by]) => `${ref} ${by}`);
		expect(of('shufflenet').filter((ref) => ref.includes('gconv2'))).toEqual([
			'stage2/unit1/gconv2_bn relu',
			'stage3/unit1/gconv2_bn relu',
			'stage4/unit1/gconv2_bn relu'
		]);
		expect([of('squeezenet'), of('mobilenet'), of('xception')]).toEqual([[], [], []]);
	});
});
