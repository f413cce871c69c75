import { activationWith } from './activation';
import { checkNumber } from './check';

/** Below zero values go towards `-alpha`; 1 by default. */
export interface EluOptions {
	readonly alpha?: number;
}

/** `max(0, x) + alpha * (exp(min(0, x)) - 1)`. Source: Clevert et al., arXiv 1511.07289. */
export const elu = activationWith<EluOptions, { readonly alpha: number }>({
	kind: 'elu',
	name: 'ELU',
	label: 'ELU',
	fields: { alpha: 'number?' },
	resolve: ({ alpha = 1 }) => ({
		alpha: checkNumber('alpha', alpha, (value) => value >= 0, 'of at least 0', 1)
	}),
	apply: (x, { alpha }) => (x < 0 ? alpha * Math.expm1(x) : x),
	opsPerValue: 4,
	formula: (x, _, { alpha }) => `max(0, ${x}) + ${alpha} × (exp(min(0, ${x})) − 1)`,
	keras: ({ alpha }) => `ELU(alpha=${alpha})`,
	pytorch: (x, { alpha }) => `F.elu(${x}, ${alpha})`,
	onnx: ({ alpha }) => ['Elu', { alpha }]
});
