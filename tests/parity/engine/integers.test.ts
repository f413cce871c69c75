import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import v8 from 'node:v8';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseCard } from '../../../src/lib/engine/card';
import { placeLeases } from '../../../src/lib/engine/int8/arena';
import { IntegerNetworkProgram } from '../../../src/lib/engine/int8/integerNetwork';
import { IntegerProgram, type IntegerKernels } from '../../../src/lib/engine/int8/program';
import { compile } from '../../../src/lib/engine/kernels';
import type { HelperStart } from '../../../src/lib/engine/kernels/threads';
import { Program } from '../../../src/lib/engine/program/program';
import { GraphBuilder, resolveGraph } from '../../../src/lib/nets';
import { calibratedTensors, quantizeNetwork } from '../../../src/lib/nets/quantization/network';
import { runIntegers } from '../../../src/lib/nets/quantization/run';
import { networkOfFile } from '../../../src/lib/nets/quantization/fileNetwork';
import type { IntegerNetwork } from '../../../src/lib/nets/quantization/steps';
import { allowRelaxedSimd } from '../../../tools/relaxedSimd';
import { readBundled } from '../../../tools/weights/bundled';
import { fileCases, makeFile } from '../../unit/nets/quantization/files';
import { makeNet, netCases } from '../../unit/nets/quantization/cases';
import { relativeDifference, useWasm } from './graphs';
import { mulberry, randoms } from './random';

// Node 20 has relaxed SIMD behind a flag, and its compiler that comes first multiplies integers wrongly; the other one does not.
allowRelaxedSimd();
v8.setFlagsFromString('--no-liftoff');

/** What `helper.ts` does, for Node. */
const helperScript = `
	const { parentPort, workerData } = require('node:worker_threads');
	const { exports } = new WebAssembly.Instance(workerData.module, { env: { memory: workerData.memory } });
	parentPort.postMessage('joined');
	exports.help(workerData.pool);`;

async function startHelper(start: HelperStart): Promise<Worker> {
	const worker = new Worker(helperScript, { eval: true, workerData: start });
	await once(worker, 'message');
	return worker;
}

/** Every tensor, and the output, are those of the reference. */
function expectEqual(
	program: IntegerProgram,
	network: IntegerNetwork,
	input: Float32Array,
	expected = runIntegers(network, input)
): void {
	expect(program.run(input)).toEqual(expected.output);
	for (const [ref, integers] of expected.tensors)
		expect([ref, firstDifference(program.integersOf(ref), integers)]).toEqual([ref, null]);
}

/** Where two tensors differ first, and by what; `null` where they are equal. Half a million numbers at once are much to `toEqual`. */
function firstDifference(actual: ArrayLike<number>, expected: ArrayLike<number>) {
	if (actual.length !== expected.length) return { lengths: [actual.length, expected.length] };
	for (let i = 0; i < actual.length; i++)
		if (actual[i] !== expected[i]) return { i, actual: actual[i], expected: expected[i] };
	return null;
}

/** Trained networks with ranges that clip, and what the reference makes of them: it takes seconds, and is the same for all kernels. */
const references = new Map<string, ReturnType<typeof makeTrained>>();
function makeTrained(id: string) {
	const { resolved, weights } = readBundled(id);
	const ranges = Object.fromEntries(
		calibratedTensors(resolved).map((ref, i) => [ref, { low: (i % 3) - 2.5, high: 4 }])
	);
	const network = quantizeNetwork(resolved, weights, ranges);
	const input = randoms(mulberry(7), 32 * 32 * 3).map((value) => 3 * value);
	return { network, input, expected: runIntegers(network, input) };
}
const trained = (id: string) => {
	const made = references.get(id) ?? makeTrained(id);
	references.set(id, made);
	return made;
};

describe.each([false, true])('with relaxed SIMD: %s', (relaxed) => {
	let alone: IntegerKernels;
	let together: IntegerKernels;
	beforeAll(async () => {
		alone = { module: await compile(relaxed, false), relaxed };
		const threads = { helpers: 2, start: startHelper };
		together = { module: await compile(relaxed, true), relaxed, threads };
	});

	it('a network of anything equals the reference, tensor by tensor', async () => {
		await fc.assert(
			fc.asyncProperty(netCases, fc.constantFrom(8, 8, 4, 2), async (of, bits) => {
				const { resolved, weights, input, ranges } = makeNet(of);
				const network = quantizeNetwork(resolved, weights, ranges, { bits });
				const program = await IntegerProgram.create(network, alone, { keepsAll: true });
				expectEqual(program, network, input);
				// Again, on what the first run left.
				expect(program.run(input)).toEqual(runIntegers(network, input).output);
			}),
			{ numRuns: 200 }
		);
	});

	it('a network of a file, with activations of 8 bits and any weights of 8 bits, equals the reference', async () => {
		await fc.assert(
			fc.asyncProperty(fileCases, async (of) => {
				const { network, input } = makeFile(of);
				const program = await IntegerProgram.create(network, alone, { keepsAll: true });
				expectEqual(program, network, input);
			}),
			{ numRuns: 100 }
		);
	});

	it('memory that is used again changes nothing', async () => {
		await fc.assert(
			fc.asyncProperty(netCases, async (of) => {
				const { resolved, weights, input, ranges } = makeNet(of);
				const network = quantizeNetwork(resolved, weights, ranges);
				const program = await IntegerProgram.create(network, alone);
				for (const x of [input, input.map((value) => -value), input])
					expect(program.run(x)).toEqual(runIntegers(network, x).output);
			}),
			{ numRuns: 100 }
		);
	});

	it('three threads equal the reference, run after run', async () => {
		await fc.assert(
			fc.asyncProperty(netCases, async (of) => {
				const { resolved, weights, input, ranges } = makeNet(of);
				const network = quantizeNetwork(resolved, weights, ranges);
				const program = await IntegerProgram.create(network, together, { keepsAll: true });
				expect(program.threads).toBe(3);
				for (let i = 0; i < 5; i++) expectEqual(program, network, input);
				program.dispose();
			}),
			{ numRuns: 12 }
		);
	});

	it('helpers that do not come up are done without', async () => {
		const { resolved, weights, input, ranges } = makeNet(fc.sample(netCases, { numRuns: 1, seed: 1 })[0]!);
		const network = quantizeNetwork(resolved, weights, ranges);
		const threads = { helpers: 2, start: () => Promise.resolve(null) };
		const program = await IntegerProgram.create(network, { ...together, threads });
		expect(program.threads).toBe(1);
		expect(program.run(input)).toEqual(runIntegers(network, input).output);
	});

	/** Sums of the largest products there are: where a processor saturated, they would be others. */
	it('the largest weights times the largest activations do not saturate', async () => {
		const { resolved, weights } = makeNet({
			...{ seed: 1, size: [4, 4], channels: 16, end: 'none' },
			parts: [
				{
					...{ kind: 'conv', kernelSize: 1, stride: 1, dilation: 1, groups: 1, width: 16, padding: 'valid' },
					...{ norm: false, activation: 'none', flag: false }
				}
			]
		});
		const kernel = {
			shape: [1, 1, 16, 16],
			data: new Float32Array(256).map((_, i) => (i % 3 === 0 ? 127 : -127))
		};
		const network = quantizeNetwork(
			resolved,
			{ ...weights, conv0: { kernel } },
			{ input: { low: 0, high: 127 }, conv0: { low: -2e5, high: 2e5 } },
			{ calibration: 'max' }
		);
		const input = new Float32Array(256).fill(127);
		const program = await IntegerProgram.create(network, alone, { keepsAll: true });
		expectEqual(program, network, input);
		// Of output channel 0: of each sixteen weights those of every third row are 127.
		const sum = kernel.data.filter((_, i) => i % 16 === 0).reduce((total, weight) => total + weight * 127, 0);
		expect(program.run(input)[0]).toBe(Math.fround(sum));
	});

	/** 16 bits would not hold two of these products. */
	it('the largest weights times the largest activations of a file are summed exactly', async () => {
		for (const kernelSize of [1, 3]) {
			const net = new GraphBuilder('largest', [4, 4, 16]);
			const dense = net.conv2d('dense', net.input, { kernelSize, outChannels: 16, bias: false });
			const resolved = resolveGraph(net.build(dense));
			const values = new Int8Array(256 * kernelSize ** 2).fill(-128);
			const shape = [kernelSize, kernelSize, 16, 16];
			const quantized = { values, scales: [1], zeroPoints: [0], axis: null };
			const weights = { dense: { kernel: { shape, data: Float32Array.from(values), quantized } } };
			const network = networkOfFile(resolved, weights, { input: { scale: 1, zeroPoint: 0, most: 255 } });
			const program = await IntegerProgram.create(network, alone, { keepsAll: true });
			const output = program.run(new Float32Array(256).fill(255));
			expect(new Set(output)).toEqual(new Set([-128 * 255 * 16 * kernelSize ** 2]));
		}
	});

	it.each(readdirSync('static/weights').filter((id) => id.startsWith('cifar10-')))(
		'%s equals the reference, tensor by tensor',
		async (id) => {
			const { network, input, expected } = trained(id);
			const program = await IntegerProgram.create(network, alone, { keepsAll: true });
			expectEqual(program, network, input, expected);
		}
	);
});

describe('IntegerNetworkProgram', () => {
	it('answers as a program on float32 does, within what rounding leaves', async () => {
		const kernels = await useWasm(true);
		const { resolved, weights } = readBundled('cifar10-mobilenet');
		const float = new Program(resolved, weights, kernels);
		const pictures = [1, 2].map((seed) => randoms(mulberry(seed), 32 * 32 * 3).map((value) => 2 * value));
		const program = await IntegerNetworkProgram.create(float, weights, { kind: 'inputs', inputs: pictures });
		// An activation, the tensor after a dropout, the logits and the output; a tensor that is folded away is not there.
		const logits = resolved.output.producer!.inputs[0].ref;
		const watch = ['input', 'conv_dw_1_relu', logits, resolved.output.ref];
		expect(watch.map((ref) => program.has(ref))).toEqual([true, true, true, true]);
		expect(program.has('conv_dw_1')).toBe(false);
		const actual = program.run(pictures[0]!, watch);
		const expected = await float.run([pictures[0]!], { watch });
		for (const ref of watch) {
			expect(actual.watched[ref]!.shape).toEqual(expected.watched[ref]!.shape);
			expect(relativeDifference(actual.watched[ref]!.data, expected.watched[ref]!.data)).toBeLessThan(0.25);
		}
		expect(actual.output).toEqual(actual.watched[resolved.output.ref]);
		expect(actual.output.data.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
		const times = program.benchmark(pictures[0]!, 2);
		expect(times.every(({ milliseconds }) => milliseconds.length === 2)).toBe(true);
		expect(times.flatMap(({ nodes }) => nodes)).toContain('conv_dw_1');
		program.dispose();
		float.dispose();
		kernels?.dispose();
	});
});

describe('IntegerNetworkProgram by the ranges of a card', () => {
	it.each(['mobilenet', 'shufflenet'])(
		'%s is rounded as it was when its accuracy was measured',
		async (name) => {
			const { resolved, weights } = readBundled(`cifar10-${name}`);
			const { ranges, calibration, isEqualized } = parseCard(
				readFileSync(`static/weights/cifar10-${name}/card.json`, 'utf8')
			).quantization!;
			const kernels = await useWasm(true);
			const float = new Program(resolved, weights, kernels);
			const source = { kind: 'ranges', ranges, calibration, isEqualized } as const;
			const program = await IntegerNetworkProgram.create(float, weights, source);
			const measured = quantizeNetwork(resolved, weights, ranges, {
				...{ bits: 8, granularity: 'channel', calibration, isEqualized: isEqualized ?? false }
			});
			expect(program.network.steps).toEqual(measured.steps);
			const otherwise = quantizeNetwork(resolved, weights, ranges, { calibration: 'squares' });
			expect(program.network.steps).not.toEqual(otherwise.steps);
			for (const of of [program, float]) of.dispose();
			kernels?.dispose();
		}
	);
});

describe('placeLeases(leases)', () => {
	const leases = fc.array(
		fc
			.record({ bytes: fc.nat(500), first: fc.nat(9), length: fc.nat(5) })
			.map(({ bytes, first, length }) => ({
				...{ bytes, first, last: first + length }
			}))
	);
	it('what is needed at the same time lies apart, with room after it', () => {
		fc.assert(
			fc.property(leases, (of) => {
				const { at, bytes } = placeLeases(of);
				of.forEach((a, i) => {
					expect(at[i]! % 16).toBe(0);
					expect(at[i]! + a.bytes + 16).toBeLessThanOrEqual(bytes);
					of.slice(0, i).forEach((b, j) => {
						if (a.last < b.first || a.first > b.last) return;
						const isApart = at[i]! + a.bytes + 16 <= at[j]! || at[j]! + b.bytes + 16 <= at[i]!;
						expect(isApart).toBe(true);
					});
				});
			})
		);
	});
	it('what is not needed at the same time shares a place', () => {
		const { at, bytes } = placeLeases([
			{ bytes: 100, first: 0, last: 1 },
			{ bytes: 100, first: 2, last: 3 }
		]);
		expect(at).toEqual([0, 0]);
		expect(bytes).toBeLessThan(200);
	});
});
