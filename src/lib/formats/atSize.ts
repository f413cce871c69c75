import { GraphError, resolveGraph, weightSpecs, type Graph } from '../nets';
import { FormatError, inputSizes, type InputSize, type OpenedModel } from './format';

/**
 * An opened network for pictures of another size than its file names: its weights stay as they are, so that they have to fit.
 * @param file that it is from
 * @throws {FormatError} `fixedSize` where a layer is made for its own size
 */
export function atSize(model: OpenedModel, size: InputSize, file: string): OpenedModel {
	const { graph } = model;
	const [input, ...others] = graph.inputs;
	const [height, width] = inputSizes(size);
	if (!input || (input.shape[0] === height && input.shape[1] === width)) return model;
	const fixed = (layer: string) => {
		const made = input.shape.slice(0, 2).join('×');
		const message = `${file}: ${layer} is made for pictures of ${made}, and takes no others`;
		return new FormatError('fixedSize', message, { file, layer, size: made });
	};
	// What is not known here has the shape that the file says.
	const opaque = graph.nodes.find(({ op }) => op === 'opaque');
	if (opaque || others.length > 0) throw fixed(opaque?.id ?? input.id);
	const sized: Graph = { ...graph, inputs: [{ ...input, shape: [height, width, input.shape[2]] }] };
	try {
		const [before, after] = [graph, sized].map((of) =>
			weightSpecs(resolveGraph(of)).map(({ id, specs }) => ({ id, shapes: JSON.stringify(specs) }))
		);
		const other = after!.find(({ shapes }, i) => shapes !== before![i]!.shapes);
		if (other) throw fixed(other.id);
	} catch (error) {
		throw error instanceof GraphError ? fixed(error.node ?? input.id) : error;
	}
	return { ...model, graph: sized };
}
