import { checkInputs, checkWhole } from './check';
import { formatValue, OpError } from './errors';
import { costOf } from './tensor';
import type { ChannelRange, Geometry, Operator, Shape, Step } from './types';

/** An operator of a file that there is none for here. */
export interface OpaqueOptions {
	/** What the file calls it: `LayerNormalization`, `tfl.custom`. */
	readonly type: string;
	/** Shapes of its outputs, as the file states them. */
	readonly shapes: readonly Shape[];
	/** Parameters that it has; 0 by default. */
	readonly parameters?: number;
}

export interface OpaqueGeometry extends Geometry {
	readonly type: string;
	readonly parameters: number;
}

/**
 * An operator that cannot be computed here: its shapes and its parameters are known, its multiply-adds are not counted. Every
 * total that it touches is a lower bound (`GraphCost.uncounted`), and nothing that reads it can be run. As far as is known,
 * each output value depends on all of the input.
 */
export const opaque: Operator<OpaqueOptions, OpaqueGeometry> = {
	kind: 'opaque',
	traits: { role: 'opaque', channels: 'mixed', form: 'sum' },
	fields: { type: 'text', shapes: 'shapes', parameters: 'number?' },

	geometry(inputs, { type, shapes, parameters = 0 }) {
		if (typeof type !== 'string' || !Array.isArray(shapes) || shapes.length === 0)
			throw new OpError({
				code: 'shape',
				argument: 'shapes',
				value: shapes,
				valid: [],
				params: { path: 'shapes' },
				message: `shapes = ${formatValue(shapes)} are not the shapes of the outputs; an opaque operator has at least one`
			});
		checkInputs('opaque', inputs, 0, true);
		checkInputs('opaque', shapes, 1, true);
		return { inputs, outputs: shapes, type, parameters: checkWhole('parameters', parameters, 0) };
	},

	weights: () => [],
	run: (_, __, g) => cannot(g),
	stepCount: () => 0,
	step: (_, __, ___, ____, g): Step => cannot(g),
	stepOf: () => 0,
	cost: (g) => {
		const cost = costOf(g, [], { macs: 0, otherOps: 0 });
		const params = { ...cost.params, weight: g.parameters };
		return { ...cost, params, bytesRead: cost.bytesRead + 4 * g.parameters };
	},
	spatial: () => ({ kind: 'global' }),
	channelsRead: ({ inputs }) =>
		inputs.map(([, , count], tensor): ChannelRange => ({ tensor, start: 0, count })),
	reads: () => [],
	feeds: () => []
};

function cannot(g: OpaqueGeometry): never {
	throw new RangeError(`a ${g.type} cannot be computed`);
}
