import { parseGraph, resolveGraph } from '../nets';
import { asFormatError, type Format } from './format';
import { jsonIn } from './text';

/** This site's own graphs as JSON: structure alone. */
export const graphJson: Format = {
	name: 'Lightnets',
	tell: (file) => {
		const json = jsonIn(file);
		return json !== null && Array.isArray(json['nodes']) && 'version' in json;
	},
	read(main) {
		try {
			const graph = parseGraph(new TextDecoder().decode(main.bytes));
			const hasWeights = resolveGraph(graph).nodes.some(
				({ operator, geometry }) => operator.weights(geometry).length > 0
			);
			return {
				...{
					kind: 'model',
					format: 'Lightnets',
					graph,
					weights: hasWeights ? null : {},
					preprocessing: null,
					labels: null
				},
				notes: hasWeights ? [{ code: 'noWeights', params: {} }] : []
			};
		} catch (error) {
			throw asFormatError(main.name, error);
		}
	}
};
