import { activationWith } from './activation';
import { checkNumber } from './check';

/** Bounds; without one, that side is open. */
export interface ClipOptions {
	readonly min?: number;
	readonly max?: number;
}

/** Values as Python writes them. */
const bound = (value: number) =>
	Number.isFinite(value) ? String(value) : `float("${value < 0 ? '-' : ''}inf")`;

/** `min(max, max(min, x))`: what ReLU6 is with 0 and 6. */
export const clip = activationWith<ClipOptions, { readonly min: number; readonly max: number }>({
	kind: 'clip',
	name: 'Clip',
	label: 'clip',
	fields: { min: 'number?', max: 'number?' },
	resolve({ min, max }) {
		const low = min === undefined ? -Infinity : checkNumber('min', min, () => true, 'that is finite', 0);
		const above = `of at least ${low}`;
		return {
			min: low,
			max: max === undefined ? Infinity : checkNumber('max', max, (n) => n >= low, above, low)
		};
	},
	apply: (x, { min, max }) => Math.min(max, Math.max(min, x)),
	opsPerValue: 2,
	formula: (x, _, { min, max }) => {
		const raised = Number.isFinite(min) ? `max(${min}, ${x})` : x;
		return Number.isFinite(max) ? `min(${max}, ${raised})` : raised;
	},
	keras: ({ min, max }) => `Lambda(lambda x: keras.ops.clip(x, ${bound(min)}, ${bound(max)}))`,
	pytorch: (x, { min, max }) => `F.hardtanh(${x}, ${bound(min)}, ${bound(max)})`,
	// Its bounds are inputs.
	onnx: () => null
});
