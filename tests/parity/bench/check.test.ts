import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { runChain } from '$lib/engine/checkChain';
import { resolveBench } from '$lib/viz/figures/bench/resolve';
import { type BenchSpec, benchOps, defaults } from '$lib/viz/figures/bench/spec';
import { fittingSpecs } from '../../unit/viz/bench/fitting';

beforeAll(async () => {
	await tf.setBackend('cpu');
});

async function expectSame(spec: BenchSpec) {
	const resolved = resolveBench(spec);
	if (!resolved.ok) throw new Error('the test asks for a bench that does not resolve');
	const { input, stages } = resolved.bench;
	const values = await runChain({ input, layers: stages });
	const { data } = stages.at(-1)!.output;
	expect(values).toHaveLength(data.length);
	const largest = Math.max(1, ...data.map(Math.abs));
	data.forEach((value, n) => expect(Math.abs(value - values[n]!) / largest).toBeLessThan(1e-6));
}

describe('runChain(chain) gives what the bench gives', () => {
	it.each(benchOps)('%s, as it is at first', (op) => expectSame(defaults(op)));
	it.each(benchOps)('%s, any that resolves', async (op) => {
		await fc.assert(fc.asyncProperty(fittingSpecs([op], 6), expectSame), { numRuns: 60 });
	});

	it('keeps no tensor', async () => {
		const before = tf.memory().numTensors;
		await expectSame(defaults('separable'));
		expect(tf.memory().numTensors).toBe(before);
	});
});
