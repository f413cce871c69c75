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
	/** Whether it may have more parameters than that, of which the file says nothing. */
	readonly unknownWeights?: boolean;
	/** Whether nothing says what its shapes are: they are taken from what it reads, and what comes behind it cannot be counted. */
	readonly guessed?: boolean;
}

export interface OpaqueGeometry extends Geometry {
	readonly type: string;
	readonly parameters: number;
	readonly guessed: boolean;
	readonly unknownWeights: boolean;
	/** Whether each value depends on the values at its own place alone. */
	readonly isPointwise: boolean;
}

/** Operators by value, as the formats call them, that there are none for here. */
const byValue =
	/^(abs|neg|negative|negate|exp|expm1|log|log1p|sqrt|rsqrt|square|squareddifference|reciprocal|sign|floor|ceil|round|sin|cos|tan|asin|acos|atan|sinh|cosh|asinh|acosh|atanh|erf|mish|celu|softplus|softsign|logsigmoid|thresholdedrelu|shrink|hardtanh|hardshrink|softshrink|tanhshrink|hardmax|isnan|isinf|not|and|or|xor|logicalnot|logicaland|logicalor|bitwise\w+|bitshift|equal|notequal|greater|greaterequal|greaterorequal|less|lessequal|lessorequal|where|select|selectv2|pow|power|max|maximum|min|minimum|sum|mean|add|addv2|addn|subtract|sub|mul|multiply|div|divide|realdiv|divnonan|floordiv|floormod|mod|average|bnll|absval|threshold|swish|hardswish|gelu|elu|selu|relu|relu6|relun1to1|leakyrelu|prelu|sigmoid|hardsigmoid|tanh|clip|clipbyvalue|identity|dequantize|quantize|fakequant\w*|gaussiannoise|gaussiandropout|alphadropout|activation|activityregularization|masking)$/;

/** Whether an operator of a file is one that works on each value alone, by its name; where shapes differ, it broadcasts. */
export const isByValue = (type: string): boolean =>
	byValue.test(
		type
			.replace(/^tfl?\./, '')
			.replaceAll('_', '')
			.toLowerCase()
	);

/**
 * An operator that cannot be computed here: its shapes and its parameters are known, its multiply-adds are not counted. Every
 * total that it touches is a lower bound (`GraphCost.uncounted`), and nothing that reads it can be run. Unless it is by its name
 * one that works value by value, nothing is known of what its values depend on.
 */
export const opaque: Operator<OpaqueOptions, OpaqueGeometry> = {
	kind: 'opaque',
	traits: { role: 'opaque', channels: 'mixed', form: 'sum' },
	fields: {
		type: 'text',
		shapes: 'shapes',
		parameters: 'number?',
		unknownWeights: 'flag?',
		guessed: 'flag?'
	},

	geometry(inputs, { type, shapes, parameters = 0, unknownWeights = false, guessed = false }) {
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
		const largest = [0, 1].map((axis) => Math.max(...inputs.map((shape) => shape[axis]!)));
		const isPointwise =
			isByValue(type) && shapes.every(([height, width]) => height === largest[0] && width === largest[1]);
		return {
			...{ inputs, outputs: shapes, type, guessed: guessed === true, isPointwise },
			unknownWeights: unknownWeights === true,
			parameters: checkWhole('parameters', parameters, 0)
		};
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
	spatial: ({ isPointwise }) => ({ kind: isPointwise ? 'pointwise' : 'global' }),
	channelsRead: ({ inputs }) =>
		inputs.map(([, , count], tensor): ChannelRange => ({ tensor, start: 0, count })),
	reads: () => [],
	feeds: () => []
};

function cannot(g: OpaqueGeometry): never {
	throw new RangeError(`a ${g.type} cannot be computed`);
}
