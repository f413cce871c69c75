import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readModel } from '$lib/formats/onnx';
import { readTensor } from '$lib/formats/onnx/constant';
import { parseModel, parseTensor, type OnnxModel } from '$lib/formats/onnx/model';
import type { NetworkWeights } from '$lib/formats/tensors';
import { resolveGraph, type ResolvedGraph } from '$lib/nets';

/** A tensor of a test: its shape as ONNX has it, and its values. */
export interface NodeTensor {
	readonly dims: readonly number[];
	readonly data: Float32Array;
}

/** One of ONNX's own tests: the network that its model is, and what goes in and comes out for each sample of the batch. */
export interface NodeCase {
	readonly name: string;
	readonly resolved: ResolvedGraph;
	readonly weights: NetworkWeights;
	/** For each sample, the network's inputs, in our order of axes. */
	readonly samples: readonly (readonly Float32Array[])[];
	/** What comes out of a sample, from all outputs of the network. */
	readonly expected: readonly (readonly Float32Array[])[];
}

/** Operators whose inputs are all activations; of any other, those behind the first are weights. */
const joins = new Set(['Add', 'Mul', 'Concat']);

/** Cases that are not for this site, and why. */
export const notApplicable: Readonly<Record<string, string>> = {
	test_concat_2d_axis_0: 'joins samples of a batch',
	test_concat_2d_axis_negative_2: 'joins samples of a batch',
	test_dropout_default_mask: 'gives the mask',
	test_dropout_default_mask_ratio: 'gives the mask',
	test_gemm_transposeA: 'the batch is the second axis',
	test_gemm_all_attributes: 'the batch is the second axis',
	test_maxpool_with_argmax_2d_precomputed_pads: 'gives the places of the maxima',
	test_maxpool_with_argmax_2d_precomputed_strides: 'gives the places of the maxima',
	test_gemm_default_matrix_bias: 'a bias that differs from sample to sample',
	test_prelu_example: 'a slope for each position',
	test_softmax_axis_0: 'over the batch',
	test_softmax_axis_1: 'over the positions',
	test_split_equal_parts_1d: 'a vector without a batch, split along it',
	test_split_variable_parts_1d: 'a vector without a batch, split along it',
	test_split_equal_parts_default_axis: 'parts the batch',
	test_split_variable_parts_default_axis: 'parts the batch',
	test_split_zero_size_splits: 'a part of no values'
};

/** The folders of all cases. */
export const casesIn = (folder: string): string[] => readdirSync(folder).sort();

export function readCase(folder: string, name: string): NodeCase {
	const path = join(folder, name);
	const model = parseModel(readFileSync(join(path, 'model.onnx')));
	const inputs = tensorsIn(path, 'input', model.inputs.length);
	const outputs = tensorsIn(path, 'output', model.outputs.length);
	const [node] = model.nodes;
	const isJoin = joins.has(node!.type);
	const kept = model.inputs.filter((_, i) => i === 0 || isJoin);
	const initializers = new Map(model.initializers);
	model.inputs.forEach((input, i) => {
		if (!kept.includes(input)) initializers.set(input.name, { ...inputs[i]!.proto, name: input.name });
	});
	const batch = inputs[0]!.dims.length > 1 ? inputs[0]!.dims[0]! : 1;
	const single = (input: (typeof kept)[number]) => ({
		...input,
		dims: input.dims && (input.dims.length > 1 ? [1, ...input.dims.slice(1)] : input.dims)
	});
	const opened = readModel(
		{ ...model, inputs: kept.map(single), initializers } satisfies OnnxModel,
		{ name, bytes: new Uint8Array(0) },
		[],
		{}
	);
	if (!opened.weights) throw new Error(`${name} has no weights`);
	const resolved = resolveGraph(opened.graph);
	return {
		name,
		resolved,
		weights: opened.weights,
		samples: Array.from({ length: batch }, (_, n) =>
			kept.map((input) => {
				const tensor = inputs[model.inputs.indexOf(input)]!;
				const sample = sampleOf(tensor, tensor.dims.length > 1 && tensor.dims[0] === 1 ? 0 : n);
				return ofSample(sample, node!.type);
			})
		),
		expected: Array.from({ length: batch }, (_, n) =>
			outputs.map((tensor) => ofSample(sampleOf(tensor, n), node!.type))
		)
	};
}

function tensorsIn(path: string, kind: 'input' | 'output', count: number) {
	return Array.from({ length: count }, (_, i) => {
		const proto = parseTensor(readFileSync(join(path, 'test_data_set_0', `${kind}_${i}.pb`)));
		return { proto, dims: proto.dims, data: readTensor(proto, path, []).values()! };
	});
}

/** One sample of a batch; a vector is one. */
function sampleOf({ dims, data }: NodeTensor, n: number): NodeTensor {
	if (dims.length < 2) return { dims, data };
	const size = data.length / dims[0]!;
	return { dims: [1, ...dims.slice(1)], data: data.slice(n * size, (n + 1) * size) };
}

/** Values in our order of axes: channels are last where nothing slides over three axes, as they are read then. */
const ofSample = (sample: NodeTensor, type: string): Float32Array =>
	sample.dims.length === 3 && !/Conv|Pool|BatchNorm/.test(type) ? sample.data : channelsLast(sample);

/** Values of a sample from `[1, c, h, w]` (or `[1, c, w]`) to `[h, w, c]`. */
function channelsLast({ dims, data }: NodeTensor): Float32Array {
	const [c = 1, ...sides] = dims.length > 2 ? dims.slice(1) : [data.length];
	const positions = sides.reduce((product, n) => product * n, 1);
	return Float32Array.from(data, (_, i) => data[(i % c) * positions + Math.floor(i / c)]!);
}
