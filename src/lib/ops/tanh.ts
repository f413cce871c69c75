import { activation } from './activation';

/** `(exp(x) - exp(-x)) / (exp(x) + exp(-x))`. */
export const tanh = activation({
	kind: 'tanh',
	name: 'Tanh',
	label: 'tanh',
	apply: Math.tanh,
	opsPerValue: 5,
	formula: (x) => `tanh(${x})`,
	keras: () => 'Activation("tanh")',
	pytorch: (x) => `F.tanh(${x})`,
	onnx: () => ['Tanh']
});
