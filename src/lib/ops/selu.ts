import { activationWith } from './activation';
import { checkNumber } from './check';

const usual = { alpha: 1.6732632423543772, gamma: 1.0507009873554805 };

/** By default what keeps mean 0 and variance 1. */
export interface SeluOptions {
	readonly alpha?: number;
	readonly gamma?: number;
}

/** `gamma * (max(0, x) + alpha * (exp(min(0, x)) - 1))`. Source: Klambauer et al., arXiv 1706.02515. */
export const selu = activationWith<SeluOptions, { readonly alpha: number; readonly gamma: number }>({
	kind: 'selu',
	name: 'SELU',
	label: 'SELU',
	fields: { alpha: 'number?', gamma: 'number?' },
	resolve: ({ alpha = usual.alpha, gamma = usual.gamma }) => ({
		alpha: checkNumber('alpha', alpha, (value) => value >= 0, 'of at least 0', usual.alpha),
		gamma: checkNumber('gamma', gamma, (value) => value > 0, 'above 0', usual.gamma)
	}),
	apply: (x, { alpha, gamma }) => gamma * (x < 0 ? alpha * Math.expm1(x) : x),
	opsPerValue: 5,
	formula: (x, _, { alpha, gamma }) => `${gamma} × (max(0, ${x}) + ${alpha} × (exp(min(0, ${x})) − 1))`,
	keras: (g) =>
		isUsual(g) ? 'Activation("selu")' : `Lambda(lambda x: ${g.gamma} * keras.ops.elu(x, ${g.alpha}))`,
	pytorch: (x, g) => (isUsual(g) ? `F.selu(${x})` : `F.elu(${x}, ${g.alpha}, ${g.gamma})`),
	onnx: ({ alpha, gamma }) => ['Selu', { alpha, gamma }]
});

const isUsual = ({ alpha, gamma }: { readonly alpha: number; readonly gamma: number }) =>
	alpha === usual.alpha && gamma === usual.gamma;
