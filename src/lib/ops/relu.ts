import { activation } from './activation';

/** `max(0, x)`. */
export const relu = activation({
	kind: 'relu',
	name: 'ReLU',
	label: 'ReLU',
	apply: (x) => Math.max(0, x),
	opsPerValue: 1,
	formula: (x) => `max(0, ${x})`,
	keras: () => 'ReLU()',
	pytorch: (x) => `F.relu(${x})`,
	onnx: () => ['Relu']
});
