import { activation } from './activation';
import { erf } from './erf';

/** `x * (1 + erf(x / sqrt(2))) / 2`: the value times how much of a normal distribution lies below it. Source: arXiv 1606.08415. */
export const gelu = activation({
	kind: 'gelu',
	name: 'GELU',
	label: 'GELU',
	apply: (x) => (x * (1 + erf(x / Math.SQRT2))) / 2,
	// The error function counts as one.
	opsPerValue: 5,
	formula: (_, x) => `${x} × (1 + erf(${x} / √2)) / 2`,
	keras: () => 'Activation("gelu")',
	pytorch: (x) => `F.gelu(${x})`,
	onnx: () => ['Gelu']
});
