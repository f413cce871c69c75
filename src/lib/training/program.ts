import { weightSpecs, type ResolvedGraph } from '../nets';
import { sizeOf, type WeightSpec } from '../ops';
import { bindLayer, type Held, type Layer, type Weight } from './layers';

/** Weights of one name of one node, flat, in the order of its kernel. */
export interface Parameter extends Weight {
	readonly node: string;
	readonly spec: WeightSpec;
	/** What momentum has gathered of its gradients. */
	readonly velocity: Float64Array;
	/** Statistics of batch norm follow the batches, and are not stepped. */
	readonly isLearned: boolean;
}

/**
 * A graph bound to arrays for batches of one size: forward, backward, all weights zero at first. Values are doubles: they need no
 * conversion in JavaScript, and numerical gradients can be told from rounding.
 */
export class Program {
	readonly parameters: readonly Parameter[];
	readonly #tensors: readonly Held[];
	readonly #layers: readonly Layer[];

	/**
	 * @param batch pictures at a time
	 * @throws {UntrainableError} for a graph with an operator that cannot be trained here
	 */
	constructor(
		readonly net: ResolvedGraph,
		readonly batch: number
	) {
		this.parameters = weightSpecs(net).flatMap(({ id, specs }) =>
			specs.map((spec): Parameter => {
				const zeros = () => new Float64Array(sizeOf(spec.shape));
				const isLearned = spec.role !== 'bnStatistics';
				return { node: id, spec, values: zeros(), gradient: zeros(), velocity: zeros(), isLearned };
			})
		);
		this.#tensors = net.tensors.map(({ shape, producer }): Held => {
			const zeros = () => new Float64Array(batch * sizeOf(shape));
			return { values: zeros(), gradient: producer ? zeros() : null, channels: shape[2] };
		});
		this.#layers = net.nodes.map((node) =>
			bindLayer({
				...{ node, batch },
				inputs: node.inputs.map(({ index }) => this.#tensors[index]!),
				outputs: node.outputs.map(({ index }) => this.#tensors[index]!),
				weight: (name) => this.parameter(node.id, name)
			})
		);
	}

	parameter(node: string, name: string): Parameter {
		return this.parameters.find((of) => of.node === node && of.spec.name === name)!;
	}

	/** Values of a tensor for the batch that was run last: `[batch, height, width, channels]`. */
	valuesOf(ref: string): Float64Array {
		return this.#held(ref).values;
	}

	/**
	 * Runs a batch.
	 * @param pictures `[batch, height, width, channels]`; where there are fewer, the rest of the batch is blank
	 * @param isTraining whether batch norm takes the statistics of this batch, and its moving ones follow
	 * @returns values of the graph's output
	 */
	forward(pictures: Float64Array, { isTraining }: { readonly isTraining: boolean }): Float64Array {
		const { values } = this.#tensors[0]!;
		values.set(pictures);
		values.fill(0, pictures.length);
		for (const layer of this.#layers) layer.forward(isTraining);
		return this.#held(this.net.output.ref).values;
	}

	/** Leads the gradient of the loss by the outputs back to all weights, after a `forward` that trains. */
	backward(gradOut: Float64Array): void {
		for (const { gradient } of this.#tensors) gradient?.fill(0);
		for (const { gradient } of this.parameters) gradient.fill(0);
		this.#held(this.net.output.ref).gradient!.set(gradOut);
		for (const layer of this.#layers.toReversed()) layer.backward();
	}

	#held(ref: string): Held {
		return this.#tensors[this.net.byRef.get(ref)!.index]!;
	}
}
