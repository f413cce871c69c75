import { activation } from './activation';

/** `x / (1 + exp(-x))`, also called SiLU. Source: Ramachandran et al., arXiv 1710.05941. */
export const swish = activation({
	kind: 'swish',
	name: 'Swish',
	label: 'swish',
	apply: (x) => x / (1 + Math.exp(-x)),
	opsPerValue: 4,
	formula: (_, x) => `${x} / (1 + exp(−${x}))`,
	keras: () => 'Activation("silu")',
	pytorch: (x) => `F.silu(${x})`,
	onnx: () => null
});
