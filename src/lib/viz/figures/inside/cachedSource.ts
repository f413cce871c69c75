import type { GraphTensor, ResolvedNode } from '$lib/nets';
import type { Tensor } from '$lib/ops';
import type { Activation, InsideSource } from './insideSource';

/** Tensors and layers' weights that are kept, so that going back and forth asks for nothing twice. */
const most = 32;

/** A source's answers, the last few kept, as the operators take them. */
export class CachedSource {
	readonly #source: InsideSource;
	readonly #activations = new Map<string, Promise<Activation>>();
	readonly #weights = new Map<string, Promise<Readonly<Record<string, Tensor<readonly number[]>>>>>();

	constructor(source: InsideSource) {
		this.#source = source;
	}

	activation({ ref }: GraphTensor): Promise<Activation> {
		return keep(this.#activations, ref, () => this.#source.activation(ref));
	}

	/** What a node reads. */
	inputs(node: ResolvedNode): Promise<readonly Tensor[]> {
		return Promise.all(
			node.inputs.map(async (tensor) => {
				const { shape, data } = await this.activation(tensor);
				return { shape, data: Float64Array.from(data) };
			})
		);
	}

	weights(node: ResolvedNode): Promise<Readonly<Record<string, Tensor<readonly number[]>>>> {
		return keep(this.#weights, node.id, async () => {
			const specs = node.operator.weights(node.geometry);
			const found = await Promise.all(specs.map(({ name }) => this.#source.weight(node.id, name)));
			return Object.fromEntries(
				specs.map(({ name }, i) => {
					const { shape, data } = found[i]!;
					return [name, { shape, data: Float64Array.from(data) }];
				})
			);
		});
	}
}

/** What is known under a key, or asked for now; what failed is forgotten, and the oldest beyond the most. */
function keep<T>(known: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
	const found = known.get(key) ?? ask();
	known.delete(key);
	known.set(key, found);
	for (const old of [...known.keys()].slice(0, Math.max(0, known.size - most))) known.delete(old);
	found.catch(() => known.delete(key));
	return found;
}
