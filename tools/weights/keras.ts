import { readFileSync } from 'node:fs';
import * as h5wasm from 'h5wasm/node';
import { countOf, type NamedTensor } from '../../src/lib/formats/tensors';
import { WeightsToolError } from './store';

/** The first bytes of an HDF5 file. */
const signature = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1');

/** What Keras calls the weights of a layer; older files have other words, and then their order decides. */
const known = new Set([
	...['kernel', 'bias', 'depthwise_kernel', 'pointwise_kernel'],
	...['gamma', 'beta', 'moving_mean', 'moving_variance']
]);

/**
 * Reads the weights of a Keras HDF5 file, as `save_weights` or `save` writes it, as `layer/kernel` and so on.
 * @throws {WeightsToolError} where the file is not of that form
 */
export async function readKeras(path: string): Promise<NamedTensor[]> {
	if (!readFileSync(path).subarray(0, 8).equals(signature))
		throw new WeightsToolError(`${path} is no HDF5 file, which Keras writes`);
	await h5wasm.ready;
	const file = new h5wasm.File(path, 'r');
	try {
		const inside = file.get('model_weights');
		const root = inside instanceof h5wasm.Group ? inside : file;
		return namesIn(root, 'layer_names', path).flatMap((layer) => {
			const group = root.get(layer);
			if (!(group instanceof h5wasm.Group)) throw new WeightsToolError(`${path} has no group ${layer}`);
			const tensors = namesIn(group, 'weight_names', path).map((name) => tensorOf(group, name, path));
			return tensors.map(({ name, ...tensor }, i) => {
				const last = name.replace(/:\d+$/, '').split('/').pop()!;
				return { ...tensor, name: `${layer}/${known.has(last) ? last : roleOf(tensors, i)}` };
			});
		});
	} finally {
		file.close();
	}
}

/** What a weight is by its place, as Keras orders the weights of a layer. */
function roleOf(tensors: readonly NamedTensor[], i: number): string {
	if (tensors[0]?.shape.length === 1)
		return ['gamma', 'beta', 'moving_mean', 'moving_variance'][i] ?? `weight${i}`;
	const isSeparable = tensors[1]?.shape.length === 4;
	const roles = isSeparable ? ['depthwise_kernel', 'pointwise_kernel', 'bias'] : ['kernel', 'bias'];
	return roles[i] ?? `weight${i}`;
}

function namesIn(group: h5wasm.Group, attribute: string, path: string): string[] {
	const value = group.attrs[attribute]?.value;
	if (Array.isArray(value)) return value.map(String);
	// h5wasm gives no array for a list that is empty.
	if (attribute in group.attrs) return [];
	throw new WeightsToolError(`${path} is no Keras file: ${group.path} has no ${attribute}`);
}

function tensorOf(group: h5wasm.Group, name: string, path: string): NamedTensor {
	const dataset = group.get(name);
	if (!(dataset instanceof h5wasm.Dataset))
		throw new WeightsToolError(`${path} has no ${group.path}/${name}`);
	const shape = dataset.shape ?? [];
	const { value } = dataset;
	if (!(value instanceof Float32Array) || value.length !== countOf(shape))
		throw new WeightsToolError(`${path}: ${name} is not float32`);
	return { name, shape, data: value };
}
