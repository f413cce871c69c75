/** The sum of a number and four products of the lowest bytes of two, by the instruction that convolutions of integers use. */
export function dotProduct(weight: i32, input: i32, sum: i32): i32 {
	if (ASC_FEATURE_RELAXED_SIMD)
		return i32x4.extract_lane(
			i32x4.relaxed_dot_i8x16_i7x16_add_s(i8x16.splat(i8(weight)), i8x16.splat(i8(input)), i32x4.splat(sum)),
			0
		);
	return sum + 4 * weight * input;
}
