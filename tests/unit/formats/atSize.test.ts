import { describe, expect, it } from 'vitest';
import { atSize } from '$lib/formats/atSize';
import { FormatError, openFiles, type OpenedModel } from '$lib/formats';
import { GraphBuilder, graphCost, networkById, resolveGraph, type Graph } from '$lib/nets';
import { sentenceOf } from '$lib/running/files/failures';
import { attribute, model, node, tensor, value } from './onnxFile';

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
		const refusal = (model: OpenedModel, size: number) => {
			try {
				atSize(model, size, 'net.onnx');
			} catch (error) {
				if (error instanceof FormatError) return error;
			}
			throw new Error('it was taken');
		};
		const sentence = (error: FormatError) =>
			sentenceOf({ kind: 'failed', of: 'format', ...error, message: '' });
		const dense = refusal(flat, 9);
		expect(dense.params).toMatchObject({ what: 'weights', layer: 'fc', size: '8×8', wanted: '9×9' });
		expect(sentence(dense)).toBe(
			'The size stays 8×8: for pictures of 9×9, fc would need other weights than the file has.'
		);
		const small = refusal(opened(squeezenet), 3);
		expect(small.params).toMatchObject({ what: 'unfit', wanted: '3×3' });
		expect(sentence(small)).toMatch(
			/^Pictures of 3×3 do not fit this network; its size stays as it was\. .+\.$/
		);

		const unknown = new GraphBuilder('Unknown', [8, 8, 3]);
		const odd = unknown.op('opaque', 'odd', unknown.input, {
			type: 'NonZero',
			shapes: [[8, 8, 3]],
			parameters: 0
		});
		expect(sentence(refusal(opened(unknown.build(odd)), 9))).toBe(
			'The size stays 8×8: odd (NonZero) is not computed here, and what it gives for pictures of 9×9 is not known.'
		);
		const two: Graph = { ...flat.graph, inputs: [...flat.graph.inputs, { id: 'other', shape: [8, 8, 3] }] };
		expect(sentence(refusal(opened(two), 9))).toBe(
			'The size stays 8×8: the network has several inputs, and how their sizes go together is not known here.'
		);
	});
});

describe('openFiles(files, { size }) of a network that leaves the size open', () => {
	/** Two channels of as many places as 8 by 8 pictures have after a step of two, and five classes. */
	const bytes = model({
		nodes: [
			node(
				'Conv',
				['x', 'w'],
				['y'],
				[attribute('kernel_shape', [3, 3]), attribute('strides', [2, 2])],
				'conv'
			),
			node('Flatten', ['y'], ['f'], []),
			node('Gemm', ['f', 'v'], ['z'], [], 'fc')
		],
		initializers: [
			tensor('w', [2, 3, 3, 3], new Float32Array(54)),
			tensor('v', [18, 5], new Float32Array(90))
		],
		inputs: [value('x', [1, 3, null, null])],
		outputs: [value('z', [1, 5])]
	});
	const at = (size?: number) =>
		openFiles([{ name: 'open.onnx', bytes }], { ...(size !== undefined && { size }) }).catch(
			(error: unknown) => error as FormatError
		);

	it('is at a size that fits, and refuses others as sizes, not as a broken file', async () => {
		expect(await at(8)).toMatchObject({ graph: { inputs: [{ shape: [8, 8, 3] }] } });
		for (const [size, why] of [
			[32, 'fc multiplies 450 values by 18.'],
			[2, 'conv: ']
		] as const) {
			const error = await at(size);
			if (!(error instanceof FormatError)) throw new Error('it was taken');
			expect(error.code).toBe('unfitSize');
			const sentence = sentenceOf({ kind: 'failed', of: 'format', ...error, message: error.message });
			expect(sentence).toContain(
				`Pictures of ${size}×${size} do not fit this network; its size stays as it was. ${why}`
			);
		}
	});

	it('is as broken as without a size, where it is', async () => {
		const broken = bytes.slice(0, bytes.length - 40);
		const error = await openFiles([{ name: 'open.onnx', bytes: broken }], { size: 32 }).catch(
			(of: unknown) => of
		);
		expect(error).toMatchObject({ code: 'broken' });
	});
});
