import { describe, expect, it } from 'vitest';
import { runGraph } from '$lib/nets';
import { onnxNode } from '../../data';
import { casesIn, notApplicable, readCase } from './onnxNode';

const names = onnxNode.isAbsent ? [] : casesIn(onnxNode.path);

describe.skipIf(onnxNode.isAbsent)(
	onnxNode.needed('ONNX’s own tests of operators, by the operators here'),
	() => {
		it('are there', () => expect(names.length).toBeGreaterThan(100));

		it.each(names.filter((name) => !(name in notApplicable)))('%s', (name) => {
			const { resolved, weights, samples, expected } = readCase(onnxNode.path, name);
			expect(resolved.nodes.map(({ op }) => op)).not.toContain('opaque');
			samples.forEach((inputs, n) => {
				const tensors = inputs.map((data, i) => ({
					shape: resolved.graph.inputs[i]!.shape,
					data: Float64Array.from(data)
				}));
				const values = runGraph(
					resolved,
					tensors,
					Object.fromEntries(
						Object.entries(weights).map(([id, of]) => [
							id,
							Object.fromEntries(
								Object.entries(of).map(([key, { shape, data }]) => [
									key,
									{ shape, data: Float64Array.from(data) }
								])
							)
						])
					)
				);
				resolved.outputs.forEach((output, k) => {
					const ours = Array.from(values[output.index]!.data);
					const theirs = Array.from(expected[n]![k]!, (value) => expect.closeTo(value, 4) as number);
					expect(ours).toEqual(theirs);
				});
			});
		});
	}
);
