import { describe, expect, it } from 'vitest';
import { atSize } from '$lib/formats/atSize';
import type { OpenedModel } from '$lib/formats';
import { GraphBuilder, graphCost, networkById, resolveGraph, type Graph } from '$lib/nets';

const opened = (graph: Graph): OpenedModel => ({
	...{ kind: 'model', format: 'ONNX', graph, weights: null },
	...{ preprocessing: null, labels: null, notes: [] }
});
const squeezenet = networkById('squeezenet').build();

describe('atSize(model, size, file)', () => {
	it('is the network as it is built for that size, where it ends in a mean over all places', () => {
		for (const size of [128, 300]) {
			const { graph } = atSize(opened(squeezenet), size, 'net.onnx');
			expect(graph.inputs[0]!.shape).toEqual([size, size, 3]);
			const built = networkById('squeezenet').build({ resolution: size });
			expect(graphCost(resolveGraph(graph)).total).toEqual(graphCost(resolveGraph(built)).total);
		}
		const wide = atSize(opened(squeezenet), [128, 300], 'net.onnx');
		expect(wide.graph.inputs[0]!.shape).toEqual([128, 300, 3]);
	});

	it('is itself at its own size', () => {
		const model = opened(squeezenet);
		expect(atSize(model, [...squeezenet.inputs[0]!.shape.slice(0, 2)] as [number, number], 'a')).toBe(model);
	});

	it('refuses where weights would have to be others, or nothing would be left, or a shape is the file’s own', () => {
		const net = new GraphBuilder('Dense', [8, 8, 3]);
		const flat = opened(
			net.build(
				net.dense('fc', net.conv2d('conv', net.input, { outChannels: 4, kernelSize: 3 }), { outChannels: 5 })
			)
		);
		expect(() => atSize(flat, 9, 'net.onnx')).toThrow(
			expect.objectContaining({ code: 'fixedSize', params: { file: 'net.onnx', layer: 'fc', size: '8×8' } })
		);
		expect(() => atSize(opened(squeezenet), 3, 'net.onnx')).toThrow(
			expect.objectContaining({ code: 'fixedSize' })
		);
	});
});
