import { activationWith } from './activation';
import { checkNumber } from './check';

/** `scale` is 1 and `offset` 0 by default. */
export interface RescaleOptions {
	readonly scale?: number;
	readonly offset?: number;
}

/** `x * scale + offset` with two numbers that are no parameters: Keras's Rescaling, and arithmetic that files have between layers. */
export const rescale = activationWith<RescaleOptions, { readonly scale: number; readonly offset: number }>({
	kind: 'rescale',
	name: 'Rescaling',
	label: 'rescale',
	fields: { scale: 'number?', offset: 'number?' },
	resolve: ({ scale = 1, offset = 0 }) => ({
		scale: checkNumber('scale', scale, () => true, 'that is finite', 1),
		offset: checkNumber('offset', offset, () => true, 'that is finite', 0)
	}),
	apply: (x, { scale, offset }) => x * scale + offset,
	opsPerValue: 2,
	formula: (_, x, { scale, offset }) => `${x} × (${scale}) + (${offset})`,
	keras: ({ scale, offset }) => `Rescaling(${scale}, ${offset})`,
	pytorch: (x, { scale, offset }) => `(${x} * ${scale} + ${offset})`,
	onnx: () => null
});
