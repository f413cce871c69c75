/** a × b + c: in one step where relaxed SIMD allows, rounded in between otherwise. */
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
	if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
	return f32x4.add(f32x4.mul(a, b), c);
}

/** c - a × b, likewise. */
@inline
export function nmadd(a: v128, b: v128, c: v128): v128 {
	if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_nmadd(a, b, c);
	return f32x4.sub(c, f32x4.mul(a, b));
}

/** Values between low and high; NaN stays NaN. (One instruction each, which min and max are not.) */
@inline
export function clamp(value: v128, low: v128, high: v128): v128 {
	return f32x4.pmin(f32x4.pmax(value, low), high);
}

/** The float at an address, in all four lanes. */
@inline
export function splat(at: usize): v128 {
	return v128.load32_splat(at);
}

/** The first 1 to 4 lanes from memory, nothing beyond them. */
export function loadLanes(at: usize, lanes: i32): v128 {
	if (lanes === 4) return v128.load(at);
	let value = v128.load32_zero(at);
	if (lanes > 1) value = v128.load_lane<f32>(at, value, 1, 4);
	if (lanes > 2) value = v128.load_lane<f32>(at, value, 2, 8);
	return value;
}

/** The first 1 to 4 lanes to memory, nothing beyond them. */
export function storeLanes(at: usize, value: v128, lanes: i32): void {
	if (lanes === 4) {
		v128.store(at, value);
		return;
	}
	v128.store_lane<f32>(at, value, 0);
	if (lanes > 1) v128.store_lane<f32>(at, value, 1, 4);
	if (lanes > 2) v128.store_lane<f32>(at, value, 2, 8);
}
