import type { NamedTensor } from '../../src/lib/formats/tensors';
import { networkById, resolveGraph, type ResolvedNode } from '../../src/lib/nets';
import type { Conv2dGeometry } from '../../src/lib/ops';
import { WeightsToolError } from './store';

const codes = 256;

/**
 * Decodes the SqueezeNet file of Deep Compression: the numbers of non-zero weights of all layers; then for each layer a codebook
 * of 256 floats, the biases, a code (a byte) for each stored weight, and the distances between stored weights (4 bits each).
 * What lies between has code 0. Layers are in the order of the network, weights in that of Caffe, `[out, in, kh, kw]`.
 * Source: S. Han, SqueezeNet-Deep-Compression, decode.py.
 * @throws {WeightsToolError} where the file is not of that form
 */
export function readDeepCompression(bytes: Uint8Array, file: string): NamedTensor[] {
	const layers = resolveGraph(networkById('squeezenet').build()).nodes.filter(({ op }) => op === 'conv2d');
	let at = 0;
	const take = (length: number) => {
		at += length;
		if (at > bytes.length)
			throw new WeightsToolError(`${file} ends after ${bytes.length} bytes, expected more`);
		return new Uint8Array(bytes.subarray(at - length, at));
	};
	const counts = new Uint32Array(take(4 * layers.length).buffer);
	const tensors = layers.flatMap((layer, i): NamedTensor[] => {
		const { outChannels } = layer.geometry as Conv2dGeometry;
		const codebook = new Float32Array(take(4 * codes).buffer);
		const bias = new Float32Array(take(4 * outChannels).buffer);
		const stored = take(counts[i]!);
		const distances = take(Math.ceil(counts[i]! / 2));
		return [
			{
				name: `${layer.id}/kernel`,
				shape: shapeOf(layer),
				data: kernelOf(layer, codebook, stored, distances, file)
			},
			{ name: `${layer.id}/bias`, shape: [outChannels], data: bias }
		];
	});
	if (at !== bytes.length) throw new WeightsToolError(`${file} has ${bytes.length} bytes, expected ${at}`);
	return tensors;
}

function shapeOf(layer: ResolvedNode): number[] {
	const g = layer.geometry as Conv2dGeometry;
	return [...g.kernelSize, g.inChannels, g.outChannels];
}

function kernelOf(
	layer: ResolvedNode,
	codebook: Float32Array,
	stored: Uint8Array,
	distances: Uint8Array,
	file: string
): Float32Array {
	const [kh, kw, inChannels, outChannels] = shapeOf(layer) as [number, number, number, number];
	const window = kh * kw;
	const kernel = new Float32Array(window * inChannels * outChannels).fill(codebook[0]!);
	let position = -1;
	for (const [k, code] of stored.entries()) {
		position += 1 + ((distances[k >> 1]! >> (4 * (k & 1))) & 15);
		if (position >= kernel.length)
			throw new WeightsToolError(`${file}: ${layer.id} has a weight at ${position}, beyond ${kernel.length}`);
		const out = Math.floor(position / (inChannels * window));
		const channel = Math.floor(position / window) % inChannels;
		kernel[((position % window) * inChannels + channel) * outChannels + out] = codebook[code]!;
	}
	return kernel;
}
