import { activation } from './activation';

/** `1 / (1 + exp(-x))`. */
export const sigmoid = activation({
	kind: 'sigmoid',
	name: 'Sigmoid',
	label: 'sigmoid',
	apply: (x) => 1 / (1 + Math.exp(-x)),
	opsPerValue: 4,
	formula: (_, x) => `1 / (1 + exp(−${x}))`,
	keras: () => 'Activation("sigmoid")',
	pytorch: (x) => `F.sigmoid(${x})`,
	onnx: () => ['Sigmoid']
});
