import { randomWeight, weightSpecs, type GraphWeights, type ResolvedGraph } from '../../nets';
import type { NetworkWeights } from '../../formats/tensors';

/** The reference interpreter's weights, rounded to float32. */
export function toFloat32(weights: GraphWeights): NetworkWeights {
	return mapValues(weights, (ofNode) =>
		mapValues(ofNode, ({ shape, data }) => ({ shape, data: Float32Array.from(data) }))
	);
}

/** Seeded random weights for an untrained network: kernels by He et al. (2015); see `randomWeight` in `nets`. */
export function randomNetworkWeights(resolved: ResolvedGraph, seed: number): NetworkWeights {
	return Object.fromEntries(
		weightSpecs(resolved).map(({ id, specs }) => [
			id,
			Object.fromEntries(
				specs.map((spec) => {
					const { shape, data } = randomWeight(id, spec, seed);
					return [spec.name, { shape, data: Float32Array.from(data) }];
				})
			)
		])
	);
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
	return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
