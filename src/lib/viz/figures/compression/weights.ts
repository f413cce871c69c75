/** Weights of a layer as a matrix: what the figure is given. */
export interface LayerWeights {
	/** Name of the layer, of the network that it is from, and of what that was trained on. */
	readonly name: string;
	readonly network: string;
	readonly data: string;
	/** Weights of one filter; a 1×1 convolution has one for each input channel. */
	readonly inputs: number;
	readonly filters: number;
	/** `[inputs, filters]`, row by row. */
	readonly values: Float32Array;
}

/** The weights as a picture has them: a row for each filter. */
export function matrixOf({ inputs, filters }: LayerWeights, values: Float32Array): Float32Array {
	const matrix = new Float32Array(values.length);
	for (let input = 0; input < inputs; input++)
		for (let filter = 0; filter < filters; filter++)
			matrix[filter * inputs + input] = values[input * filters + filter]!;
	return matrix;
}
