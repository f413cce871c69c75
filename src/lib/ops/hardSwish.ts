import { activation } from './activation';

/** `x * relu6(x + 3) / 6`. Source: MobileNetV3 (arXiv 1905.02244), section 5.2. */
export const hardSwish = activation({
	kind: 'hardSwish',
	name: 'Hard swish',
	label: 'h-swish',
	apply: (x) => (x * Math.min(6, Math.max(0, x + 3))) / 6,
	opsPerValue: 5,
	formula: (_, x) => `${x} × min(1, max(0, ${x} / 6 + ½))`,
	keras: () => 'Activation("hard_swish")',
	pytorch: (x) => `F.hardswish(${x})`,
	onnx: () => ['HardSwish']
});
