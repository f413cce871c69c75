import { activationWith } from './activation';
import { checkNumber } from './check';

/** `alpha` is 1/6 and `beta` 1/2 by default, as in PyTorch and Keras 3 (Keras 2 and ONNX: 1/5). */
export interface HardSigmoidOptions {
	readonly alpha?: number;
	readonly beta?: number;
}

/** `min(1, max(0, alpha * x + beta))`, by default `relu6(x + 3) / 6`. Source: MobileNetV3 (arXiv 1905.02244), section 5.2. */
export const hardSigmoid = activationWith<
	HardSigmoidOptions,
	{ readonly alpha: number; readonly beta: number }
>({
	kind: 'hardSigmoid',
	name: 'Hard sigmoid',
	label: 'h-sigm.',
	fields: { alpha: 'number?', beta: 'number?' },
	resolve: ({ alpha = 1 / 6, beta = 0.5 }) => ({
		alpha: checkNumber('alpha', alpha, (value) => value > 0, 'above 0', 1 / 6),
		beta: checkNumber('beta', beta, () => true, 'that is finite', 0.5)
	}),
	apply: (x, g) =>
		isUsual(g) ? Math.min(6, Math.max(0, x + 3)) / 6 : Math.min(1, Math.max(0, g.alpha * x + g.beta)),
	opsPerValue: 4,
	formula: (_, x, g) =>
		isUsual(g) ? `min(1, max(0, ${x} / 6 + ½))` : `min(1, max(0, ${g.alpha} × ${x} + (${g.beta})))`,
	keras: (g) =>
		isUsual(g)
			? 'Activation("hard_sigmoid")'
			: `Lambda(lambda x: keras.ops.clip(${g.alpha} * x + ${g.beta}, 0, 1))`,
	pytorch: (x, g) => (isUsual(g) ? `F.hardsigmoid(${x})` : `F.hardtanh(${x} * ${g.alpha} + ${g.beta}, 0, 1)`),
	onnx: ({ alpha, beta }) => ['HardSigmoid', { alpha, beta }]
});

const isUsual = ({ alpha, beta }: { readonly alpha: number; readonly beta: number }) =>
	Math.abs(alpha - 1 / 6) < 1e-7 && beta === 0.5;
