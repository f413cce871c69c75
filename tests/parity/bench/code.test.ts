import fc from 'fast-check';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeProgram } from '$lib/viz/figures/bench/code';
import { resolveBench } from '$lib/viz/figures/bench/resolve';
import { type BenchSpec, benchOps, defaults } from '$lib/viz/figures/bench/spec';
import { fittingSpecs } from '../../unit/viz/bench/fitting';

beforeAll(async () => {
	await tf.setBackend('cpu');
});

/** Runs a TensorFlow.js program and gives what it prints. */
function run(text: string): { shape: number[]; values: number[] } {
	const body = text.replace(/^import .*\n/, '').replace('y.print();', 'return y;');
	return tf.tidy(() => {
		const y = new Function('tf', body)(tf) as tf.Tensor;
		return { shape: y.shape, values: [...y.dataSync()] };
	});
}

function expectSame(spec: BenchSpec) {
	const resolved = resolveBench(spec);
	if (!resolved.ok) throw new Error('the test asks for a bench that does not resolve');
	const { input, stages } = resolved.bench;
	const program = writeProgram('tfjs', { input, stages });
	if (!program.withValues) return;
	const { shape, values } = run(program.text);
	const { output } = stages.at(-1)!;
	expect(shape).toEqual([1, ...output.shape]);
	const largest = Math.max(1, ...output.data.map(Math.abs));
	output.data.forEach((value, n) => expect(Math.abs(value - values[n]!) / largest).toBeLessThan(1e-6));
}

describe('writeProgram("tfjs", bench) computes what the bench computes', () => {
	it.each(benchOps)('%s, as it is at first', (op) => expectSame(defaults(op)));
	it.each(benchOps)('%s, any that resolves', (op) => {
		fc.assert(fc.property(fittingSpecs([op], 5), expectSame), { numRuns: 150 });
	});
});
