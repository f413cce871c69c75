import { activationWith } from './activation';
import { checkNumber } from './check';

/** `alpha` is the slope below zero; 0.01 by default, as in PyTorch (Keras: 0.3, TensorFlow.js: 0.2). */
export interface LeakyReluOptions {
	readonly alpha?: number;
}

/** `max(0, x) + alpha * min(0, x)`. Source: Maas et al., "Rectifier nonlinearities improve neural network acoustic models", ICML 2013. */
export const leakyRelu = activationWith<LeakyReluOptions, { readonly alpha: number }>({
	kind: 'leakyRelu',
	name: 'Leaky ReLU',
	label: 'leaky',
	fields: { alpha: 'number?' },
	resolve: ({ alpha = 0.01 }) => ({
		alpha: checkNumber('alpha', alpha, (value) => value >= 0, 'of at least 0', 0.01)
	}),
	apply: (x, { alpha }) => (x < 0 ? alpha * x : x),
	opsPerValue: 2,
	formula: (x, _, { alpha }) => `max(0, ${x}) + ${alpha} × min(0, ${x})`,
	keras: ({ alpha }) => `LeakyReLU(negative_slope=${alpha})`,
	pytorch: (x, { alpha }) => `F.leaky_relu(${x}, ${alpha})`,
	onnx: ({ alpha }) => ['LeakyRelu', { alpha }]
});
