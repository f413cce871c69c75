import type { Shape } from '../../ops';
import type { Values } from '../assembly';
import type { Storage } from '../numbers';
import { permute } from '../permute';
import type { StoredIntegers } from '../../nets/quantization/kernel';
import { countOf } from '../tensors';

/** A tensor of the file. */
export interface Tensor {
	readonly name: string;
	readonly dims: readonly number[];
	/** `TensorType`, and how its numbers are stored; `null` for a type that is not read. */
	readonly type: number;
	readonly storage: Storage | null;
	readonly bytes: Uint8Array | null;
	readonly scales: readonly number[];
	readonly zeroPoints: readonly number[];
	readonly axis: number;
}

/** Values of a constant, with the integers that stand for them where the file has such. */
export interface Constant {
	readonly data: Float32Array;
	readonly quantized?: StoredIntegers;
}

/** A constant with its axes in another order, and the integers with it. */
export const turned = (values: Constant, shape: readonly number[], axes: readonly number[]): Values => {
	const data = permute(values.data, shape, axes);
	const { quantized } = values;
	if (!quantized) return data;
	const axis = quantized.axis === null ? null : axes.indexOf(quantized.axis);
	return { data, quantized: { ...quantized, values: permute(quantized.values, shape, axes), axis } };
};

/** `[1, h, w, c]`, `[1, c]` and what is between, as height, width and channels. */
export function shapeOf(dims: readonly number[]): Shape {
	const [c = 1, w = 1, ...others] = dims.toReversed();
	return [countOf(others), w, c].map((n) => Math.max(1, n)) as unknown as Shape;
}

export const orderOf = (dims: readonly number[]): string =>
	dims.length >= 4 ? 'nhwc' : dims.length === 3 ? 'nwc' : dims.length === 2 ? 'nc' : 'c';
