import { activation } from './activation';

/** `relu6(x + 3) / 6`. Source: MobileNetV3 (arXiv 1905.02244), section 5.2. */
export const hardSigmoid = activation({
	kind: 'hardSigmoid',
	name: 'Hard sigmoid',
	label: 'h-sigm.',
	apply: (x) => Math.min(6, Math.max(0, x + 3)) / 6,
	opsPerValue: 4,
	formula: (_, x) => `min(1, max(0, ${x} / 6 + ½))`,
	keras: () => 'Activation("hard_sigmoid")',
	pytorch: (x) => `F.hardsigmoid(${x})`,
	onnx: () => ['HardSigmoid', { alpha: 1 / 6, beta: 0.5 }]
});
