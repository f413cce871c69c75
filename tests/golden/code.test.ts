import { describe, expect, it } from 'vitest';
import { type Framework, maxValues, writeProgram } from '$lib/viz/figures/bench/code';
import { resolveBench } from '$lib/viz/figures/bench/resolve';
import { benchOps, type BenchSpec, defaults } from '$lib/viz/figures/bench/spec';

/**
 * Programs by name. The files in tests/golden/code were run with PyTorch 2.13 and Keras 3.15 on TensorFlow 2.21, and gave
 * the bench's output; so did 1,208 programs of random specs (as in tests/parity/bench/code.test.ts, which runs those
 * in TensorFlow.js), all to 1e-5 of the largest value. To be run again whenever a golden file changes; those with output
 * padding, and 2,400 random ones, were with PyTorch 1.13.
 */
const programs: Record<string, BenchSpec> = {
	...Object.fromEntries(benchOps.map((op) => [op, defaults(op)])),
	'standard-same-stride-2': { ...defaults('standard'), padding: 'same', stride: 2, height: 6 },
	'standard-dilation-stride': {
		...defaults('standard'),
		height: 6,
		width: 6,
		dilation: 2,
		stride: 2,
		padding: 'same'
	},
	'depthwise-multiplier': { ...defaults('depthwise'), multiplier: 2, bias: false },
	'transposed-same-groups': { ...defaults('transposed'), padding: 'same', filters: 2, groups: 2 },
	'transposed-dilation': {
		...defaults('transposed'),
		dilation: 2,
		padding: { top: 1, bottom: 0, left: 1, right: 0 }
	},
	'transposed-output-padding': {
		...defaults('transposed'),
		outputPadding: 1,
		padding: { top: 2, bottom: 0, left: 0, right: 1 }
	},
	'pooling-average-ceil': {
		...defaults('pooling'),
		pool: 'average',
		ceil: true,
		kernelHeight: 3,
		padding: { top: 1, bottom: 0, left: 0, right: 1 }
	},
	'pooling-global': { ...defaults('pooling'), pool: 'global' },
	'standard-large': { ...defaults('standard'), height: 12, width: 12, channels: 12, filters: 12 }
};

function programOf(framework: Framework, spec: BenchSpec) {
	const resolved = resolveBench(spec);
	if (!resolved.ok) throw new Error('the test asks for a bench that does not resolve');
	return writeProgram(framework, resolved.bench);
}

describe('writeProgram(framework, bench)', () => {
	it.each(Object.keys(programs).flatMap((name) => [[name, 'pytorch'] as const, [name, 'keras'] as const]))(
		'%s in %s',
		async (name, framework) => {
			const { text } = programOf(framework, programs[name]!);
			await expect(text).toMatchFileSnapshot(`code/${name}.${framework}.py`);
		}
	);

	it(`leaves the values out beyond ${maxValues} of them`, () => {
		expect(programOf('pytorch', defaults('standard'))).toMatchObject({
			withValues: true,
			values: 50 + 54 + 3
		});
		const large = programOf('pytorch', programs['standard-large']!);
		expect(large).toMatchObject({ withValues: false, values: 12 ** 3 + 9 * 144 + 12 });
		expect(large.text.length).toBeLessThan(400);
	});
});
