import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Kernels } from '../../../src/lib/engine/kernels';
import { methodOf } from '../../../src/lib/engine/program/method';
import { Program } from '../../../src/lib/engine/program/program';
import { toFloat32 } from '../../../src/lib/engine/program/weights';
import {
	networkById,
	randomWeights,
	resolveGraph,
	runGraph,
	type ResolvedGraph
} from '../../../src/lib/nets';
import type { Tensor } from '../../../src/lib/ops';
import { build, memory, randomInputs, relativeDifference, useWasm } from './graphs';

/** float32 through up to a hundred layers, against float64. */
const tolerance = 1e-4;

/** A network with random weights, and all its tensors by the reference. */
function reference(resolved: ResolvedGraph) {
	const weights = randomWeights(resolved, 7);
	const inputs = randomInputs(resolved, 11);
	const tensors = runGraph(
		resolved,
		inputs.map((data, i): Tensor => ({
			shape: resolved.graph.inputs[i]!.shape,
			data: Float64Array.from(data)
		})),
		weights
	);
	return { inputs, weights: toFloat32(weights), tensors };
}

const small: [string, Record<string, string | number | boolean>][] = [
	['squeezenet', { resolution: 63, width: 0.25, bypass: 'complex' }],
	['squeezenet', { resolution: 64, width: 0.25, version: '1.1', bypass: 'simple', batchNorm: true }],
	['mobilenet', { resolution: 64, alpha: 0.25 }],
	['mobilenet', { resolution: 33, alpha: 0.1, convolution: 'standard', activation: 'relu' }],
	['shufflenet', { resolution: 64, groups: 1, scale: 0.5 }],
	['shufflenet', { resolution: 64, groups: 3, scale: 0.5 }],
	['shufflenet', { resolution: 64, groups: 8, scale: 0.5 }],
	['shufflenet', { resolution: 32, groups: 3, scale: 0.5, densePointwise: true }],
	['xception', { resolution: 71, width: 0.1, repeats: 1 }],
	['mobilenet-v2', { resolution: 32, alpha: 0.5 }],
	['mobilenet-v3-small', { resolution: 32 }],
	['shufflenet-v2', { resolution: 32, scale: 0.5 }],
	['googlenet', { resolution: 32 }]
];

const references = new Map<unknown, { resolved: ResolvedGraph } & ReturnType<typeof reference>>();

/** {@link reference} of a small network, computed once. */
function referenceOf(of: (typeof small)[number]) {
	const [id, knobs] = of;
	const key = JSON.stringify(of);
	const known = references.get(key);
	if (known) return known;
	const resolved = resolveGraph(networkById(id).build({ classes: 10, ...knobs }));
	const made = { resolved, ...reference(resolved) };
	references.set(key, made);
	return made;
}

describe.each([true, false])('with our kernels: %s', (withKernels) => {
	let kernels: Kernels | null;
	beforeAll(async () => {
		kernels = await useWasm(withKernels);
	});
	afterAll(() => kernels?.dispose());

	it.each(small)('%s with %o is the reference’s, fused or tensor by tensor', async (id, knobs) => {
		const { resolved, inputs, weights, tensors } = referenceOf([id, knobs]);
		const before = memory();
		const program = new Program(resolved, weights, kernels);
		const last = resolved.output.producer!.inputs[0]!.ref;
		for (const watch of [[last], resolved.tensors.map(({ ref }) => ref)]) {
			const { output, watched } = await program.run(inputs, { watch });
			expect(relativeDifference(output.data, tensors[resolved.output.index]!.data)).toBeLessThan(tolerance);
			for (const [ref, { shape, data }] of Object.entries(watched)) {
				const tensor = resolved.byRef.get(ref)!;
				expect(shape).toEqual(tensor.shape);
				expect(relativeDifference(data, tensors[tensor.index]!.data), ref).toBeLessThan(tolerance);
			}
		}
		program.dispose();
		expect(memory()).toEqual(before);
	});

	it('any set of tensors can be watched, in networks with all that is fused', async () => {
		for (const [id, knobs] of [
			['shuffle-unit', { resolution: 7, groups: 3 }],
			['fire-module', { resolution: 5, inChannels: 8, s1: 3, e1: 4, e3: 4, bypass: 'identity' }]
		] as const) {
			const resolved = resolveGraph(networkById(id).build(knobs));
			const { inputs, weights, tensors } = reference(resolved);
			const program = new Program(resolved, weights, kernels);
			await fc.assert(
				fc.asyncProperty(fc.subarray(resolved.tensors.map(({ ref }) => ref)), async (watch) => {
					const { output, watched } = await program.run(inputs, { watch });
					expect(Object.keys(watched)).toEqual(watch);
					for (const [ref, { data }] of [...Object.entries(watched), [resolved.output.ref, output] as const])
						expect(relativeDifference(data, tensors[resolved.byRef.get(ref)!.index]!.data)).toBeLessThan(
							tolerance
						);
				}),
				{ numRuns: 40 }
			);
			program.dispose();
		}
	});

	it('3×3 convolutions that add, join and follow a shuffle are the reference’s', async () => {
		const resolved = build([13, 10, 16], (net) => {
			const same = { kernelSize: 3, padding: 'same' } as const;
			const shuffled = net.op('channelShuffle', 'shuffle', net.input, { groups: 4 });
			const first = net.relu('relu1', net.conv2d('conv1', shuffled, { outChannels: 24, ...same }));
			const second = net.conv2d('conv2', first, { outChannels: 24, ...same });
			const sum = net.relu('relu2', net.add('sum', [first, second]));
			const branches = [16, 12].map((outChannels, i) =>
				net.conv2d(`branch${i}`, sum, { outChannels, ...same })
			);
			return net.relu('relu3', net.concat('join', branches));
		});
		for (const id of ['conv1', 'conv2', 'branch0', 'branch1'])
			expect(methodOf(resolved.byId.get(id)!, true)).toBe('winograd');
		const { inputs, weights, tensors } = reference(resolved);
		const before = memory();
		const program = new Program(resolved, weights, kernels);
		const { output } = await program.run(inputs);
		expect(relativeDifference(output.data, tensors[resolved.output.index]!.data)).toBeLessThan(2e-5);
		program.dispose();
		expect(memory()).toEqual(before);
	});

	it('memory stays level over 200 runs, whatever is watched', async () => {
		const { resolved, inputs, weights } = referenceOf([
			'shufflenet',
			{ resolution: 64, groups: 3, scale: 0.5 }
		]);
		const empty = memory();
		const program = new Program(resolved, weights, kernels);
		const all = resolved.tensors.map(({ ref }) => ref);
		const levels = [];
		for (let i = 0; i < 200; i++) {
			await program.run(inputs, { watch: i % 20 === 10 ? all : [] });
			if (i % 20 === 0) levels.push(memory());
		}
		expect(new Set(levels.map((level) => JSON.stringify(level))).size).toBe(1);
		program.dispose();
		expect(memory()).toEqual(empty);
	});

	it('a run that is aborted leaves nothing behind', async () => {
		const { resolved, inputs, weights } = referenceOf(['mobilenet', { resolution: 64, alpha: 0.25 }]);
		const program = new Program(resolved, weights, kernels);
		await program.run(inputs);
		const before = memory();
		await expect(program.run(inputs, { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
		expect(memory()).toEqual(before);
		program.dispose();
	});

	it('benchmark times each unit in each round', async () => {
		const { resolved, inputs, weights } = referenceOf(['mobilenet', { resolution: 64, alpha: 0.25 }]);
		const program = new Program(resolved, weights, kernels);
		const rounds: number[] = [];
		const timings = await program.benchmark(inputs, { rounds: 3, progress: (done) => rounds.push(done) });
		expect(rounds).toEqual([1, 2, 3, 4]);
		expect(timings.map(({ nodes }) => nodes)).toEqual(program.units());
		for (const { milliseconds } of timings) expect(milliseconds).toHaveLength(3);
		program.dispose();
	});

	it('inputs and tensors that the graph does not have are refused by name', async () => {
		const resolved = build([4, 4, 1], (net) => net.relu('relu', net.input));
		const program = new Program(resolved, {}, kernels);
		await expect(program.run([])).rejects.toThrow('inputs: 0, expected 1');
		await expect(program.run([new Float32Array(3)])).rejects.toThrow(
			'inputs[0]: 3 values, expected 16 (4×4×1)'
		);
		await expect(program.run([new Float32Array(16)], { watch: ['rely'] })).rejects.toThrow(
			'watch: rely is no tensor of Test'
		);
		program.dispose();
	});
});
