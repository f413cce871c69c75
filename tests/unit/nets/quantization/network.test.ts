import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GraphBuilder, networkById, networkIds, resolveGraph, runGraph } from '$lib/nets';
import { operators, tensor, type Shape } from '$lib/ops';
import { notComputed } from '$lib/nets/quantization/groups';
import { integersFor, toReals } from '$lib/nets/quantization/integers';
import { kernelValues } from '$lib/nets/quantization/kernel';
import { calibratedTensors, quantizeNetwork } from '$lib/nets/quantization/network';
import { runIntegers } from '$lib/nets/quantization/run';
import { makeNet, netCases } from './cases';

describe('runIntegers(quantizeNetwork(…), input)', () => {
	/** Whole numbers below 2⁵³ are exact in the operators of `ops`, which know nothing of integers here. */
	it('sums are those of the operators on whole numbers; results are within a step of the real ones', () => {
		fc.assert(
			fc.property(netCases, (of) => {
				const { resolved, weights, input, ranges } = makeNet(of);
				const network = quantizeNetwork(resolved, weights, ranges);
				const { tensors, output } = runIntegers(network, input);
				for (const step of network.steps) {
					const reads = step.inputs.map((ref) => network.tensors.get(ref)!);
					const first = reads[0]!;
					const whole = (ref: string) =>
						Float64Array.from(
							tensors.get(ref)!,
							(value) => value - network.tensors.get(ref)!.integers.zeroPoint
						);
					const { scale, zeroPoint } = network.tensors.get(step.output)?.integers ?? {
						scale: 1,
						zeroPoint: 0
					};
					const actual = network.tensors.has(step.output)
						? Float64Array.from(tensors.get(step.output)!, (value) => value - zeroPoint)
						: output;
					if (step.kind === 'convolution') {
						const { kernel, bias, groups, window } = step;
						const g = operators.conv2d.geometry([first.shape], {
							...{ kernelSize: window.kernelSize, stride: window.stride, dilation: window.dilation },
							...{ padding: window.padding, groups, outChannels: bias.length, bias: false }
						});
						const shape = g.outputs[0];
						const sums = operators.conv2d.run(
							[tensor(first.shape, whole(first.ref))],
							{ kernel: tensor([kernel.values.length], kernel.values) },
							g
						)[0]!.data;
						// What the zero point adds to each sum was taken out of the bias.
						const added = Array.from(bias, (value, c) => {
							let sum = 0;
							for (let i = c; i < kernel.values.length; i += bias.length) sum += kernel.values[i]!;
							return value + first.integers.zeroPoint * sum;
						});
						sums.forEach((sum, i) => {
							const exact = (sum + added[i % shape[2]]!) * step.multipliers[i % shape[2]]!;
							const low = step.low - zeroPoint;
							const kept = Math.min(Math.max(exact, low), step.high - zeroPoint);
							const within = network.tensors.has(step.output) ? 0.5001 : 1e-5 * (1 + Math.abs(exact));
							expect(Math.abs(actual[i]! - kept)).toBeLessThanOrEqual(within);
						});
					} else if (step.kind === 'maxPool') {
						const { kernelSize, stride, padding } = step.window;
						const [rows, columns] = step.window.outputSize;
						const g = operators.maxPool.geometry([first.shape], { kernelSize, stride, padding, ceil: true });
						// With and without ceil the windows are the same, as far as there are any.
						const all = operators.maxPool.run([tensor(first.shape, whole(first.ref))], {}, g)[0]!;
						for (let y = 0; y < rows; y++)
							for (let x = 0; x < columns; x++)
								for (let c = 0; c < first.shape[2]; c++)
									expect(actual[(y * columns + x) * first.shape[2] + c]).toBe(
										all.data[(y * all.shape[1] + x) * first.shape[2] + c]
									);
					} else if (step.kind === 'sum') {
						const real = step.inputs.map((ref) =>
							toReals(tensors.get(ref)!, network.tensors.get(ref)!.integers)
						);
						actual.forEach((value, i) => {
							const exact = real.reduce((sum, data) => sum + data[i]!, 0) / scale;
							const kept = Math.min(Math.max(exact, step.low - zeroPoint), step.high - zeroPoint);
							expect(Math.abs(value - kept)).toBeLessThanOrEqual(0.501);
						});
					} else if (step.kind === 'shuffle' || step.kind === 'concat') {
						const sum = (data: ArrayLike<number>) =>
							Array.from(data).reduce((total, value) => total + value, 0);
						expect(sum(actual)).toBe(step.inputs.reduce((total, ref) => total + sum(whole(ref)), 0));
					}
				}
			})
		);
	});

	/** Each tensor errs by what is rounded in it and by what it reads; small networks leave a few per cent. */
	it('the output is that of the real network, but for what rounding leaves', () => {
		fc.assert(
			fc.property(netCases, (of) => {
				const { resolved, weights, input, ranges, values } = makeNet(of);
				const network = quantizeNetwork(resolved, weights, ranges, { calibration: 'max' });
				const { output } = runIntegers(network, input);
				const real = values[resolved.byRef.get(network.output.ref)!.index]!.data;
				const size = Math.sqrt(real.reduce((sum, value) => sum + value ** 2, 0) / real.length);
				const error = Math.sqrt(
					real.reduce((sum, value, i) => sum + (value - output[i]!) ** 2, 0) / real.length
				);
				expect(error).toBeLessThanOrEqual(0.15 * size + 0.05);
			})
		);
	});
});

describe('quantizeNetwork(resolved, weights, ranges, options)', () => {
	const shape: Shape = [6, 6, 4];
	const net = new GraphBuilder('small', shape);
	const conv = net.conv2d('conv', net.input, { kernelSize: 3, outChannels: 8, padding: 'same', bias: false });
	const act = net.relu('act', net.batchNorm('norm', conv));
	const deep = net.conv2d('deep', act, { kernelSize: 1, outChannels: 8 });
	const joined = net.concat('joined', [act, deep]);
	const pooled = net.globalAvgPool('pooled', joined);
	const resolved = resolveGraph(
		net.build(net.softmax('softmax', net.dense('dense', pooled, { outChannels: 3 })))
	);

	it('what has to be calibrated: the input and what is rounded', () => {
		expect(calibratedTensors(resolved)).toEqual(['input', 'act', 'deep', 'joined', 'pooled']);
	});
	it('fewer bits take fewer bytes, and a scale for all channels fewer than one for each', () => {
		const { weights, ranges } = withWeights();
		const bytes = (options: Parameters<typeof quantizeNetwork>[3]) =>
			quantizeNetwork(resolved, weights, ranges, options).bytes;
		const count = 9 * 4 * 8 + 8 * 8 + 16 * 3;
		const channels = 8 + 8 + 3;
		const tensors = 6;
		expect(bytes({ bits: 8 })).toBe(count + 8 * channels + 5 * tensors);
		expect(bytes({ bits: 4 })).toBe(count / 2 + 8 * channels + 5 * tensors);
		expect(bytes({ bits: 4, activationBits: 7 })).toBe(bytes({ bits: 4 }));
		expect(bytes({ granularity: 'tensor' })).toBe(count + 4 * channels + 4 * 3 + 5 * tensors);
	});
	it('activations have as many bits as weights and at most 7, or as many as are asked for', () => {
		const { weights, ranges } = withWeights();
		const most = (options: Parameters<typeof quantizeNetwork>[3]) =>
			new Set(
				[...quantizeNetwork(resolved, weights, ranges, options).tensors.values()].map(
					({ integers }) => integers.most
				)
			);
		expect(most({ bits: 8 })).toEqual(new Set([127]));
		expect(most({ bits: 3 })).toEqual(new Set([7]));
		expect(most({ bits: 3, activationBits: 7 })).toEqual(new Set([127]));
	});
	it('a part that only a concatenation reads has its scale; another is brought to it by a step', () => {
		const { weights, ranges } = withWeights();
		const { steps, tensors } = quantizeNetwork(resolved, weights, ranges);
		expect(tensors.get('deep')!.integers).toEqual(tensors.get('joined')!.integers);
		expect(steps.map(({ kind, inputs }) => [kind, ...inputs])).toContainEqual([
			'concat',
			'act → joined',
			'deep'
		]);
		expect(steps.find(({ output }) => output === 'act → joined')).toMatchObject({
			kind: 'sum',
			inputs: ['act']
		});
	});
	it('the last layer gives real numbers', () => {
		const { weights, ranges } = withWeights();
		const { output, hasSoftmax, tensors } = quantizeNetwork(resolved, weights, ranges);
		expect(output).toMatchObject({ ref: 'dense', isReal: true });
		expect(hasSoftmax).toBe(true);
		expect(tensors.has('dense')).toBe(false);
	});
	it('weights of each channel come back within half a step, batch norm folded in', () => {
		const { weights, ranges } = withWeights();
		const [step] = quantizeNetwork(resolved, weights, ranges, { calibration: 'max' }).steps;
		if (step!.kind !== 'convolution') throw new Error(step!.kind);
		const { gamma, variance } = weights['norm']!;
		const epsilon = (resolved.byId.get('norm')!.geometry as unknown as { epsilon: number }).epsilon;
		kernelValues(step!.kernel).forEach((value, i) => {
			const c = i % 8;
			const factor = gamma!.data[c]! / Math.sqrt(variance!.data[c]! + epsilon);
			const exact = weights['conv']!['kernel']!.data[i]! * factor;
			expect(Math.abs(value - exact)).toBeLessThanOrEqual(step!.kernel.scales[c]! * 0.501);
		});
	});
	it('a network with something else says which node', () => {
		const other = new GraphBuilder('other', shape);
		const graph = other.build(other.op('sigmoid', 'gate', other.input, {}));
		expect(() => quantizeNetwork(resolveGraph(graph), {}, {})).toThrow(
			'gate: a sigmoid is not computed with integers'
		);
	});
	it('ranges that are missing are named', () => {
		expect(() => quantizeNetwork(resolved, withWeights().weights, {})).toThrow('ranges: input has none');
	});

	function withWeights() {
		const random = Float32Array.from({ length: 6 * 6 * 4 }, (_, i) => Math.sin(i));
		const weights = Object.fromEntries(
			resolved.nodes.map(({ id, operator, geometry }) => [
				id,
				Object.fromEntries(
					operator.weights(geometry).map(({ name, shape: of }, n) => {
						const length = of.reduce((product, size) => product * size, 1);
						const data = Float32Array.from({ length }, (_, i) => 1 + 0.9 * Math.sin(i + n));
						return [name, { shape: of, data }];
					})
				)
			])
		);
		const doubles = Object.fromEntries(
			Object.entries(weights).map(([id, of]) => [
				id,
				Object.fromEntries(Object.entries(of).map(([name, { shape: s, data }]) => [name, tensor(s, data)]))
			])
		);
		const values = runGraph(resolved, [tensor(shape, random)], doubles);
		const ranges = Object.fromEntries(
			calibratedTensors(resolved).map((ref) => {
				const { data } = values[resolved.byRef.get(ref)!.index]!;
				return [ref, { low: Math.min(...data), high: Math.max(...data) }];
			})
		);
		return { weights, ranges };
	}
});

describe('notComputed(resolved)', () => {
	it('the four networks, and ResNet and MobileNetV2, can all be computed with integers', () => {
		for (const id of networkIds.filter((id) =>
			/^(squeezenet|mobilenet|shufflenet|xception|resnet|mobilenet-v2)$/.test(id)
		))
			expect(notComputed(resolveGraph(networkById(id).build({})))).toBeNull();
	});
});

it('integersFor names no scale of 0', () => {
	expect(integersFor({ low: 0, high: 1e-45 }, 7).scale).toBeGreaterThan(0);
});
