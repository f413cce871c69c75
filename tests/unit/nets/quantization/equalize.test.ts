import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GraphBuilder, resolveGraph, runGraph, type TrainedWeights } from '$lib/nets';
import { equalizingFactors } from '$lib/nets/quantization/equalize';
import { toReals } from '$lib/nets/quantization/integers';
import { calibratedTensors, quantizeNetwork } from '$lib/nets/quantization/network';
import { relativeError } from '../../../../src/routes/[lang=lang]/(site)/compression/bothWays.svelte';
import { runIntegers } from '$lib/nets/quantization/run';
import { tensor } from '$lib/ops';
import { makeNet, netCases } from './cases';

/** The network of a case with equalised channels, and its output. */
function runEqualized(
	{ resolved, weights, input, values }: ReturnType<typeof makeNet>,
	isEqualized: boolean
) {
	const factors = isEqualized ? equalizingFactors(resolved, weights) : new Map<string, Float32Array>();
	const ranges = Object.fromEntries(
		calibratedTensors(resolved).map((ref) => {
			const of = factors.get(ref);
			const data = values[resolved.byRef.get(ref)!.index]!.data;
			const seen = Array.from(data, (value, i) => value / (of?.[i % of.length] ?? 1));
			return [ref, { low: Math.min(...seen), high: Math.max(...seen) }];
		})
	);
	const network = quantizeNetwork(resolved, weights, ranges, { calibration: 'max', isEqualized });
	return { network, factors, ...runIntegers(network, input) };
}

describe('equalizingFactors(resolved, weights)', () => {
	it('change no real number: the output is that of the real network, but for what rounding leaves', () => {
		let equalized = 0;
		fc.assert(
			fc.property(netCases, (of) => {
				const made = makeNet({ ...of, parts: of.parts.map((part) => ({ ...part, norm: true })) });
				const { network, factors, output, tensors } = runEqualized(made, true);
				equalized += factors.size;
				const realOf = (ref: string) => made.values[made.resolved.byRef.get(ref)!.index]!.data;
				const real = realOf(network.output.ref);
				const size = Math.sqrt(real.reduce((sum, value) => sum + value ** 2, 0) / real.length);
				const error = Math.sqrt(
					real.reduce((sum, value, i) => sum + (value - output[i]!) ** 2, 0) / real.length
				);
				expect(error).toBeLessThanOrEqual(0.15 * size + 0.05);
				// What integers stand for is told with the factors taken back.
				for (const ref of factors.keys()) {
					const own = network.tensors.get(ref)!;
					expect(own.factors).toEqual(factors.get(ref));
					const told = toReals(tensors.get(ref)!, own.integers, own.factors);
					expect(relativeError(Float32Array.from(realOf(ref)), told)).toBeLessThan(0.3);
				}
			})
		);
		expect(equalized).toBeGreaterThan(0);
	});

	/** Two channels a hundred times as wide as the others, in what batch norm makes of a depthwise layer. */
	const net = new GraphBuilder('uneven', [8, 8, 16]);
	const wide = net.batchNorm(
		'norm',
		net.depthwiseConv2d('depthwise', net.input, { kernelSize: 3, padding: 'same' })
	);
	const shuffled = net.op('channelShuffle', 'shuffle', wide, { groups: 4 });
	const pointwise = net.conv2d('pointwise', shuffled, {
		kernelSize: 1,
		groups: 2,
		outChannels: 8,
		bias: false
	});
	const resolved = resolveGraph(net.build(pointwise));
	const made = makeUneven();

	it('are of what one convolution alone reads, in the order in which it reads it', () => {
		const factors = equalizingFactors(resolved, made.weights);
		expect([...factors.keys()]).toEqual(['norm', 'shuffle']);
		// Channel 1 of 16 in 4 groups goes to 4, channel 4 to 1.
		const [before, after] = [factors.get('norm')!, factors.get('shuffle')!];
		expect([after[4], after[1]]).toEqual([before[1], before[4]]);
		expect(Math.max(...before)).toBe(1);
		expect(before[3]).toBeLessThan(0.02);
	});
	it('leave narrow channels more than a few integers', () => {
		const expected = Float32Array.from(made.values[resolved.output.index]!.data);
		const narrow = (output: Float32Array) => output.filter((_, i) => i % 8 >= 4);
		const error = (isEqualized: boolean) =>
			relativeError(narrow(expected), narrow(runEqualized(made, isEqualized).output));
		expect(error(true)).toBeLessThan(0.03);
		expect(error(false)).toBeGreaterThan(3 * error(true));
	});

	function makeUneven() {
		const size = (of: readonly number[]) => of.reduce((product, n) => product * n, 1);
		const value = (name: string, i: number) => {
			if (name === 'gamma') return i < 2 ? 10 : 0.1;
			return name === 'variance' ? 1 : name === 'kernel' ? Math.sin(7 * i + 1) : 0;
		};
		const weights: TrainedWeights = Object.fromEntries(
			resolved.nodes.map(({ id, operator, geometry }) => [
				id,
				Object.fromEntries(
					operator
						.weights(geometry)
						.map(({ name, shape }) => [
							name,
							{ shape, data: Float32Array.from({ length: size(shape) }, (_, i) => value(name, i)) }
						])
				)
			])
		);
		const doubles = Object.fromEntries(
			Object.entries(weights).map(([id, of]) => [
				id,
				Object.fromEntries(Object.entries(of).map(([name, { shape, data }]) => [name, tensor(shape, data)]))
			])
		);
		const input = Float32Array.from({ length: 8 * 8 * 16 }, (_, i) => Math.sin(i * i));
		const values = runGraph(resolved, [tensor([8, 8, 16] as const, input)], doubles);
		return { resolved, weights, input, values, ranges: {} };
	}
});
