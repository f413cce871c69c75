/**
 * Integers are bytes, from 0 to 127 or to 255, eight channels at a time. Sums of products are exact in 32 bits; their product with a float32
 * is rounded once, the same on every machine: no relaxed instruction takes part in it.
 */

/** 1.5 × 2²³: added to a float32 below 2²² in size it leaves the nearest integer in the lowest bits, ties to even. */
const ROUNDER: f32 = 12582912;
const ROUNDER_BITS: i32 = 0x4b400000;

/** Brings four sums, as float32, to the output's scale. */
@inline
export function round(product: v128, low: v128, high: v128, zero: i32): v128 {
	const kept = f32x4.pmin(f32x4.pmax(product, low), high);
	return i32x4.sub(f32x4.add(kept, f32x4.splat(ROUNDER)), i32x4.splat(ROUNDER_BITS - zero));
}

/** Writes the integers of up to eight channels. */
@inline
export function storeIntegers(at: usize, first: v128, second: v128, lanes: i32): void {
	const narrow = i16x8.narrow_i32x4_s(first, second);
	const bytes = i8x16.narrow_i16x8_u(narrow, narrow);
	if (lanes === 8) v128.store64_lane(at, bytes, 0);
	else {
		let left = i64x2.extract_lane(bytes, 0);
		for (let i = 0; i < lanes; i++) {
			store<u8>(at + i, u8(left));
			left >>= 8;
		}
	}
}

/** Writes the float32 of up to eight channels. */
export function storeReals(at: usize, first: v128, second: v128, lanes: i32): void {
	for (let i = 0; i < lanes; i++) {
		const value = i < 4 ? first : second;
		const lane = i & 3;
		const real =
			lane === 0 ? f32x4.extract_lane(value, 0)
			: lane === 1 ? f32x4.extract_lane(value, 1)
			: lane === 2 ? f32x4.extract_lane(value, 2)
			: f32x4.extract_lane(value, 3);
		store<f32>(at + (usize(i) << 2), real);
	}
}

/** Copies any number of bytes, of which there are few mostly. */
@inline
export function copyBytes(to: usize, from: usize, bytes: usize): void {
	const end = to + bytes;
	while (to + 16 <= end) {
		v128.store(to, v128.load(from));
		to += 16;
		from += 16;
	}
	while (to + 4 <= end) {
		store<u32>(to, load<u32>(from));
		to += 4;
		from += 4;
	}
	while (to < end) store<u8>(to++, load<u8>(from++));
}
