/** Values with their axes in another order: axis `i` of the result is axis `axes[i]` of the shape. */
export function permute<T extends Float32Array | Float64Array | Int8Array | Uint8Array | Int32Array>(
	data: T,
	shape: readonly number[],
	axes: readonly number[]
): T {
	const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, n) => product * n, 1));
	const sizes = axes.map((axis) => shape[axis]!);
	const steps = axes.map((axis) => strides[axis]!);
	const position = sizes.map(() => 0);
	const result = new (data.constructor as new (length: number) => T)(data.length);
	let at = 0;
	for (let i = 0; i < result.length; i++) {
		result[i] = data[at]!;
		for (let axis = sizes.length - 1; axis >= 0; axis--) {
			at += steps[axis]!;
			if (++position[axis]! < sizes[axis]!) break;
			at -= steps[axis]! * sizes[axis]!;
			position[axis] = 0;
		}
	}
	return result;
}
