import { permute } from './permute';
import { weightSpecs, type ResolvedGraph, type ResolvedNode } from '../nets';
import type { Conv2dGeometry, DenseGeometry, WeightSpec } from '../ops';
import { formatShape, type NamedTensor, type NetworkWeights, type Params, type WeightArray } from './tensors';

/**
 * What can be wrong between a file and a network.
 *
 * - `missing` (`weight`, `name`): the file has no such tensor
 * - `shape` (`weight`, `name`, `actual`, `expected`)
 * - `notFinite` (`weight`, `name`, `count`, `index`): infinite or not a number, the first at `index`
 * - `negative` (`weight`, `name`, `value`, `index`): a variance below 0
 * - `unexpected` (`name`, `actual`): the network has no place for this tensor
 */
export type WeightProblemCode = 'missing' | 'shape' | 'notFinite' | 'negative' | 'unexpected';

/** One thing that is wrong, of one layer. */
export interface WeightProblem {
	readonly code: WeightProblemCode;
	/** Id of the node; the tensor's name where the network has none. */
	readonly layer: string;
	readonly params: Params;
	/** The English sentence: `conv_pw_3: kernel is 1×1×128×64, expected 1×1×128×128`. */
	readonly message: string;
}

/** Weights that fit the network, or all that is wrong. */
export type Matched =
	| { readonly weights: NetworkWeights; readonly problems: readonly [] }
	| { readonly weights: null; readonly problems: readonly WeightProblem[] };

/**
 * Finds each weight of a network in a file, by name, and checks it before use. Names are Keras's (`conv1/kernel`,
 * `conv_dw_1/depthwise_kernel`, `conv1_bn/moving_mean`; a separable layer's two kernels under one name), or PyTorch's
 * (`fire2.squeeze1x1.weight`, `bn1.running_var`, `[out, in, kh, kw]`), with the ids of the network's nodes.
 */
export function matchWeights(resolved: ResolvedGraph, tensors: readonly NamedTensor[]): Matched {
	const byName = new Map(tensors.map((tensor) => [tensor.name.replace(/:0$/, ''), tensor]));
	const problems: WeightProblem[] = [];
	const weights: Record<string, Record<string, WeightArray>> = {};
	for (const { id, specs } of weightSpecs(resolved)) {
		const node = resolved.byId.get(id)!;
		const found: Record<string, WeightArray> = {};
		for (const spec of specs) {
			const spellings = spellingsOf(node, spec);
			const spelling = spellings.find(({ name }) => byName.has(name));
			if (!spelling) {
				problems.push(missing(id, spec, spellings[0]!.name));
				continue;
			}
			const tensor = byName.get(spelling.name)!;
			byName.delete(spelling.name);
			const problem =
				wrongShape(id, spec, spelling, tensor) ?? notFinite(id, spec, tensor) ?? negative(id, spec, tensor);
			if (problem) problems.push(problem);
			else found[spec.name] = { shape: spec.shape, data: spelling.convert?.(tensor.data) ?? tensor.data };
		}
		weights[id] = found;
	}
	for (const [name, { shape }] of byName) if (!isCounter(name)) problems.push(unexpected(name, shape));
	return problems.length === 0 ? { weights, problems: [] } : { weights: null, problems };
}

/** How often a batch norm of PyTorch has learned: of no use here. */
export const isCounter = (name: string): boolean => name.endsWith('.num_batches_tracked');

/** A network's weights as tensors of a file, under the first of their names; the inverse of {@link matchWeights}. */
export function nameWeights(resolved: ResolvedGraph, weights: NetworkWeights): NamedTensor[] {
	return weightSpecs(resolved).flatMap(({ id, specs }) =>
		specs.map((spec): NamedTensor => {
			const { name, shape, write } = spellingsOf(resolved.byId.get(id)!, spec)[0]!;
			const { data } = weights[id]![spec.name]!;
			return { name, shape, data: write?.(data) ?? data };
		})
	);
}

/** A name that a weight may have in a file, its shape there, and how its values become ours where they differ. */
export interface Spelling {
	readonly name: string;
	readonly shape: readonly number[];
	readonly convert?: (data: Float32Array) => Float32Array;
	/** How ours become its, where they differ and the name is the one that is written. */
	readonly write?: (data: Float32Array) => Float32Array;
}

const kerasNames: Readonly<Record<string, string>> = { mean: 'moving_mean', variance: 'moving_variance' };
const pytorchNames: Readonly<Record<string, string>> = {
	kernel: 'weight',
	gamma: 'weight',
	beta: 'bias',
	mean: 'running_mean',
	variance: 'running_var'
};

/** Whose names, and whose order of axes: kernels are [kh, kw, in, out] in Keras, and [out, in, kh, kw] in PyTorch. */
export type Convention = 'keras' | 'pytorch';

/** The names that a framework may have for a weight, each with its shape there. */
export const spellings = (
	node: ResolvedNode,
	spec: WeightSpec,
	convention: Convention
): readonly Spelling[] =>
	spellingsOf(node, spec).filter((spelling) => /\/[^.]*$/.test(spelling.name) === (convention === 'keras'));

function spellingsOf(node: ResolvedNode, spec: WeightSpec): Spelling[] {
	const { id } = node;
	const keras = kerasNames[spec.name] ?? spec.name;
	const dotted = `${id.replaceAll('/', '.')}.${pytorchNames[spec.name] ?? spec.name}`;
	if (spec.name !== 'kernel')
		return [
			{ name: `${id}/${keras}`, shape: spec.shape },
			...(spec.name === 'bias' && id.endsWith('_pw')
				? [{ name: `${id.slice(0, -3)}/bias`, shape: spec.shape }]
				: []),
			{ name: dotted, shape: spec.shape }
		];
	const pytorch = { name: dotted, ...pytorchKernel(node, spec.shape) };
	if (node.op === 'transposedConv2d' && (node.geometry as Conv2dGeometry).groups === 1) {
		// Keras has [kh, kw, out, in] here alone, which a square kernel does not show.
		const [kh, kw, inputs, outputs] = spec.shape as [number, number, number, number];
		const turn = (from: readonly number[]) => (data: Float32Array) => permute(data, from, [0, 1, 3, 2]);
		const shape = [kh, kw, outputs, inputs];
		return [{ name: `${id}/kernel`, shape, convert: turn(shape), write: turn(spec.shape) }, pytorch];
	}
	if (node.op !== 'conv2d') return [{ name: `${id}/kernel`, shape: spec.shape }, pytorch];
	const g = node.geometry as Conv2dGeometry;
	if (g.groups === 1 || g.inChannelsPerGroup > 1)
		return [
			{ name: `${id}/kernel`, shape: spec.shape },
			...(id.endsWith('_pw') ? [{ name: `${id.slice(0, -3)}/pointwise_kernel`, shape: spec.shape }] : []),
			pytorch
		];
	// [kh, kw, channels, multiplier] has its values where [kh, kw, 1, channels · multiplier] has them.
	const shape = [...g.kernelSize, g.inChannels, g.outChannelsPerGroup];
	return [
		{ name: `${id}/depthwise_kernel`, shape },
		...(id.endsWith('_dw') ? [{ name: `${id.slice(0, -3)}/depthwise_kernel`, shape }] : []),
		{ name: `${id}/kernel`, shape: spec.shape },
		pytorch
	];
}

/** PyTorch's kernels have outputs first: `[out, in, kh, kw]`, transposed ones `[in, out / groups, kh, kw]`. */
function pytorchKernel(node: ResolvedNode, ours: readonly number[]): Omit<Spelling, 'name'> {
	if (node.op === 'dense') {
		const [height, width, channels] = (node.geometry as DenseGeometry).inputs[0];
		const outputs = ours[1]!;
		// Flattened there as [channels, height, width].
		return {
			shape: [outputs, ours[0]!],
			convert: (data) => permute(data, [outputs, channels, height, width], [2, 3, 1, 0])
		};
	}
	const [kh, kw, inputs, outputs] = ours as [number, number, number, number];
	if (node.op === 'conv2d') {
		const shape = [outputs, inputs, kh, kw];
		return { shape, convert: (data) => permute(data, shape, [2, 3, 1, 0]) };
	}
	const { groups } = node.geometry as Conv2dGeometry;
	return {
		shape: [groups * inputs, outputs / groups, kh, kw],
		convert: (data) => permute(data, [groups, inputs, outputs / groups, kh, kw], [3, 4, 1, 0, 2])
	};
}

function missing(layer: string, { name: weight }: WeightSpec, name: string): WeightProblem {
	const message = `${layer}: ${weight} is missing; expected a tensor ${name}`;
	return { code: 'missing', layer, params: { weight, name }, message };
}

function unexpected(name: string, shape: readonly number[]): WeightProblem {
	const actual = formatShape(shape);
	const message = `${name}: the network has no place for this tensor of ${actual}`;
	return { code: 'unexpected', layer: name, params: { name, actual }, message };
}

function wrongShape(
	layer: string,
	{ name: weight }: WeightSpec,
	spelling: Spelling,
	tensor: NamedTensor
): WeightProblem | null {
	const actual = formatShape(tensor.shape);
	const expected = formatShape(spelling.shape);
	if (actual === expected) return null;
	const message = `${layer}: ${weight} is ${actual}, expected ${expected}`;
	return { code: 'shape', layer, params: { weight, name: spelling.name, actual, expected }, message };
}

function notFinite(
	layer: string,
	{ name: weight }: WeightSpec,
	{ name, data }: NamedTensor
): WeightProblem | null {
	const index = data.findIndex((value) => !Number.isFinite(value));
	if (index < 0) return null;
	const count = data.reduce((sum, value) => sum + (Number.isFinite(value) ? 0 : 1), 0);
	const message = `${layer}: ${weight} has ${count} values that are not finite, the first at ${index}`;
	return { code: 'notFinite', layer, params: { weight, name, count, index }, message };
}

/** Its root is taken, and what comes of that is no number; a ReLU after it may hide that. */
function negative(
	layer: string,
	{ name: weight }: WeightSpec,
	{ name, data }: NamedTensor
): WeightProblem | null {
	const index = weight === 'variance' ? data.findIndex((value) => value < 0) : -1;
	if (index < 0) return null;
	const value = data[index]!;
	const message = `${layer}: ${weight} is ${value} at ${index}, and no variance is below 0`;
	return { code: 'negative', layer, params: { weight, name, value, index }, message };
}
