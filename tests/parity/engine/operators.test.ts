import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Kernels } from '../../../src/lib/engine/kernels';
import { Program } from '../../../src/lib/engine/program/program';
import { toFloat32 } from '../../../src/lib/engine/program/weights';
import { resolveGraph, type GraphNode } from '../../../src/lib/nets';
import { casesOf, kinds, operatorOfCase, type Case } from '../../unit/ops/cases';
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

	async function expectReference(of: Case): Promise<void> {
		const inputs = of.inputs.map(({ shape }, i) => ({ id: `input${i}`, shape }));
		const refs = of.g.outputs.map((_, k) => (of.g.outputs.length === 1 ? 'node' : `node:${k}`));
		const node = { id: 'node', op: of.kind, options: of.options, inputs: inputs.map(({ id }) => id) };
		const graph = {
			name: of.kind,
			inputs,
			nodes: [node as unknown as GraphNode],
			output: refs[0]!,
			blocks: []
		};
		const before = memory();
		const program = new Program(resolveGraph(graph), toFloat32({ node: of.weights }), kernels);
		const { watched } = await program.run(
			of.inputs.map(({ data }) => Float32Array.from(data)),
			{ watch: refs }
		);
		program.dispose();
		for (const [k, expected] of operatorOfCase(of).run(of.inputs, of.weights, of.g).entries()) {
			const actual = watched[refs[k]!]!;
			expect(actual.shape).toEqual(expected.shape);
			expect(relativeDifference(actual.data, expected.data)).toBeLessThan(tolerance);
		}
		expect(memory()).toEqual(before);
	}

	it.each(kinds)('%s is the reference’s, for any shape and options', async (kind) => {
		await fc.assert(fc.asyncProperty(casesOf(kind), expectReference), { numRuns: 60 });
	});
});
