import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Kernels } from '../../../src/lib/engine/kernels';
import { Program } from '../../../src/lib/engine/program/program';
import { toFloat32 } from '../../../src/lib/engine/program/weights';
import { resolveGraph, type GraphNode } from '../../../src/lib/nets';
import { divisors, computedKinds, operators, type Tensor } from '../../../src/lib/ops';
import { casesOf, operatorOfCase, type Case } from '../../unit/ops/cases';
import { memory, relativeDifference, useWasm } from './graphs';

/** float32 against float64. */
const tolerance = 1e-5;

describe.each([true, false])('with our kernels: %s', (withKernels) => {
	let kernels: Kernels | null;
	beforeAll(async () => {
		kernels = await useWasm(withKernels);
		expect(kernels !== null).toBe(withKernels);
	});
	afterAll(() => kernels?.dispose());

	/** @param before what the first input is a shuffle of */
	async function expectReference(of: Case, before?: { groups: number; input: Tensor }): Promise<void> {
		const inputs = of.inputs.map(({ shape }, i) => ({ id: `input${i}`, shape }));
		const refs = of.g.outputs.map((_, k) => (of.g.outputs.length === 1 ? 'node' : `node:${k}`));
		const shuffle = {
			id: 'shuffle',
			op: 'channelShuffle',
			options: { groups: before?.groups },
			inputs: ['input0']
		};
		const read = inputs.map(({ id }, i) => (before && i === 0 ? 'shuffle' : id));
		const node = { id: 'node', op: of.kind, options: of.options, inputs: read };
		const graph = {
			name: of.kind,
			inputs,
			nodes: (before ? [shuffle, node] : [node]) as unknown as GraphNode[],
			output: refs[0]!,
			blocks: []
		};
		const taken = memory();
		const program = new Program(resolveGraph(graph), toFloat32({ node: of.weights }), kernels);
		const { watched } = await program.run(
			of.inputs.map(({ data }, i) => Float32Array.from(before && i === 0 ? before.input.data : data)),
			{ watch: refs }
		);
		program.dispose();
		for (const [k, expected] of operatorOfCase(of).run(of.inputs, of.weights, of.g).entries()) {
			const actual = watched[refs[k]!]!;
			expect(actual.shape).toEqual(expected.shape);
			expect(relativeDifference(actual.data, expected.data)).toBeLessThan(tolerance);
		}
		expect(memory()).toEqual(taken);
	}

	it.each(computedKinds)(
		'%s is the reference’s after a shuffle, whose order it follows or undoes',
		async (kind) => {
			await fc.assert(
				fc.asyncProperty(casesOf(kind), fc.nat(), async (of, pick) => {
					const { shape } = of.inputs[0]!;
					const groups = divisors(shape[2])[pick % divisors(shape[2]).length]!;
					const shuffle = operators.channelShuffle;
					const shuffled = shuffle.geometry([shape], { groups: shape[2] / groups });
					const [back] = shuffle.run([of.inputs[0]!], {}, shuffled);
					await expectReference(of, { groups, input: back! });
				}),
				{ numRuns: 30 }
			);
		}
	);

	it.each(computedKinds)('%s is the reference’s, for any shape and options', async (kind) => {
		await fc.assert(
			fc.asyncProperty(casesOf(kind), (of) => expectReference(of)),
			{ numRuns: 60 }
		);
	});
});
