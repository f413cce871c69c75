import { GraphError, resolveGraph, weightSpecs, type Graph } from '../nets';
import { FormatError, inputSizes, type Fixed, type InputSize, type OpenedModel } from './format';
import { graphFault } from './reason';

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
	const [made, wanted] = [input.shape.slice(0, 2).join('×'), `${height}×${width}`];
	const fixed = (what: Fixed, layer: string, type = '', error: GraphError | null = null) => {
		const because = error ? `: ${error.message}` : '';
		const message = `${file} is made for pictures of ${made}, not of ${wanted}: ${reasons[what](layer, type)}${because}`;
		const params = { file, what, layer, type, size: made, wanted };
		return new FormatError(
			'fixedSize',
			message,
			params,
			error && { code: 'graph', fault: graphFault(error) }
		);
	};
	const opaque = graph.nodes.find((node) => node.op === 'opaque');
	if (opaque) throw fixed('opaque', opaque.id, opaque.options.type);
	if (others.length > 0) throw fixed('inputs', others[0]!.id);
	const sized: Graph = { ...graph, inputs: [{ ...input, shape: [height, width, input.shape[2]] }] };
	try {
		const [before, after] = [graph, sized].map((of) =>
			weightSpecs(resolveGraph(of)).map(({ id, specs }) => ({ id, shapes: JSON.stringify(specs) }))
		);
		const other = after!.find(({ shapes }, i) => shapes !== before![i]!.shapes);
		if (other) throw fixed('weights', other.id);
	} catch (error) {
		throw error instanceof GraphError ? fixed('unfit', error.node ?? input.id, '', error) : error;
	}
	return { ...model, graph: sized };
}

const reasons: Readonly<Record<Fixed, (layer: string, type: string) => string>> = {
	opaque: (layer, type) => `what ${layer} (${type}) gives for another size is not known here`,
	inputs: () => 'it has several inputs, whose sizes belong together',
	weights: (layer) => `${layer} would need other weights`,
	unfit: (layer) => `${layer} does not fit it`
};
