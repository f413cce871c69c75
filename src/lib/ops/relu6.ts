import { activation } from './activation';

/** `min(6, max(0, x))`. */
export const relu6 = activation({
	kind: 'relu6',
	name: 'ReLU6',
	label: 'ReLU6',
	apply: (x) => Math.min(6, Math.max(0, x)),
	opsPerValue: 2,
	formula: (x) => `min(6, max(0, ${x}))`,
	keras: () => 'ReLU(6.0)',
	pytorch: (x) => `F.relu6(${x})`,
	onnx: () => null
});
