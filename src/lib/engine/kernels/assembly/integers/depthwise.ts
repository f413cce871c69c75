/**
 * Depthwise convolution of integers, eight channels at a time, over an input that needs no padding: it was copied between borders
 * before. With relaxed SIMD a 3×3 kernel multiplies the three inputs of a column at once, which neighbouring outputs share.
 * Weights are [channels / 8][kernelColumns][8][4], the fourth being 0, for that, and 16-bit [channels / 8][taps / 2][8][2] otherwise.
 */
import { Job } from '../job';
import { round, storeIntegers } from './store';

/** Chunk `n`: some rows times a share of the channels. */
export function convolveIntegersDepthwise(job: Job, n: i32): void {
	const first = (n / job.splits) * job.blockSize;
	const end = min(job.rows, first + job.blockSize);
	const share = n % job.splits;
	const blocks = (job.inChannels + 7) >> 3;
	const from = (blocks * share) / job.splits;
	const to = (blocks * (share + 1)) / job.splits;
	for (let y = first; y < end; y++)
		for (let block = from; block < to; block++) {
			if (ASC_FEATURE_RELAXED_SIMD && job.runCount === 0) row3(job, y, block);
			else row(job, y, block);
		}
}

@inline
function lanesOf(job: Job, block: i32): i32 {
	return min(job.inChannels - (block << 3), 8);
}

@inline
function put(job: Job, at: usize, a0: v128, a1: v128, block: i32, lanes: i32): void {
	const multipliers = job.multipliers + (usize(block) << 5);
	const low = f32x4.splat(job.low), high = f32x4.splat(job.high);
	storeIntegers(
		at,
		round(f32x4.mul(f32x4.convert_i32x4_s(a0), v128.load(multipliers)), low, high, job.outputZero),
		round(f32x4.mul(f32x4.convert_i32x4_s(a1), v128.load(multipliers, 16)), low, high, job.outputZero),
		lanes
	);
}

/** A row of any kernel: two taps at a time. */
function row(job: Job, y: i32, block: i32): void {
	const lanes = lanesOf(job, block);
	const bias = job.bias + (usize(block) << 5);
	const bias0 = v128.load(bias), bias1 = v128.load(bias, 16);
	const weights = job.weights + usize(block) * (usize(job.runCount) << 4);
	const tapsEnd = job.runs + (usize(job.runCount) << 2);
	let from = job.input + usize(y) * job.inputRow + (usize(block) << 3);
	let to = job.output + usize(y * job.columns) * job.outputStep + (usize(block) << 3);
	for (let x = 0; x < job.columns; x++) {
		let a0 = bias0, a1 = bias1;
		let w = weights;
		for (let tap = job.runs; tap < tapsEnd; tap += 8) {
			const p = inTurn(v128.load64_zero(from + load<u32>(tap)), v128.load64_zero(from + load<u32>(tap, 4)));
			a0 = i32x4.add(a0, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(p), v128.load(w)));
			a1 = i32x4.add(a1, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(p), v128.load(w, 16)));
			w += 32;
		}
		put(job, to, a0, a1, block, lanes);
		from += job.inputColumn;
		to += job.outputStep;
	}
}

/** A row of a 3×3 kernel, at stride 1 or more. */
function row3(job: Job, y: i32, block: i32): void {
	const lanes = lanesOf(job, block);
	const bias = job.bias + (usize(block) << 5);
	const bias0 = v128.load(bias), bias1 = v128.load(bias, 16);
	const w = job.weights + usize(block) * 96;
	const w0l = v128.load(w), w0h = v128.load(w, 16);
	const w1l = v128.load(w, 32), w1h = v128.load(w, 48);
	const w2l = v128.load(w, 64), w2h = v128.load(w, 80);
	const pixel = job.kernelRow;
	const line = usize(job.inColumns) * pixel;
	let p = job.input + usize(y) * job.inputRow + (usize(block) << 3);
	let to = job.output + usize(y * job.columns) * job.outputStep + (usize(block) << 3);
	const end = to + usize(job.columns) * job.outputStep;
	const none = i32x4.splat(0);
	if (job.strideColumns === 1) {
		// Sums of the output that is next, and of the one after it.
		let t0 = rows01(p, line), t1 = row2(p, line);
		let al = dot(w0l, low(t0, t1), bias0), ah = dot(w0h, high(t0, t1), bias1);
		p += pixel;
		t0 = rows01(p, line);
		t1 = row2(p, line);
		let l = low(t0, t1), h = high(t0, t1);
		al = dot(w1l, l, al);
		ah = dot(w1h, h, ah);
		let bl = dot(w0l, l, bias0), bh = dot(w0h, h, bias1);
		while (to < end) {
			p += pixel;
			t0 = rows01(p, line);
			t1 = row2(p, line);
			l = low(t0, t1);
			h = high(t0, t1);
			put(job, to, dot(w2l, l, al), dot(w2h, h, ah), block, lanes);
			al = dot(w1l, l, bl);
			ah = dot(w1h, h, bh);
			bl = dot(w0l, l, bias0);
			bh = dot(w0h, h, bias1);
			to += job.outputStep;
		}
		return;
	}
	while (to < end) {
		let t0 = rows01(p, line), t1 = row2(p, line);
		let al = dot(w0l, low(t0, t1), bias0), ah = dot(w0h, high(t0, t1), bias1);
		t0 = rows01(p + pixel, line);
		t1 = row2(p + pixel, line);
		let bl = dot(w1l, low(t0, t1), none), bh = dot(w1h, high(t0, t1), none);
		t0 = rows01(p + 2 * pixel, line);
		t1 = row2(p + 2 * pixel, line);
		al = dot(w2l, low(t0, t1), al);
		ah = dot(w2h, high(t0, t1), ah);
		put(job, to, i32x4.add(al, bl), i32x4.add(ah, bh), block, lanes);
		p += job.inputColumn;
		to += job.outputStep;
	}
}

@inline
function dot(weights: v128, inputs: v128, sum: v128): v128 {
	return i32x4.relaxed_dot_i8x16_i7x16_add_s(weights, inputs, sum);
}

/** Eight channels of a column's first two rows, in turn. */
@inline
function rows01(p: usize, line: usize): v128 {
	return inTurn(v128.load64_zero(p), v128.load64_zero(p + line));
}

@inline
function inTurn(a: v128, b: v128): v128 {
	return v128.shuffle<u8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

/** Those of its third row and zeros, in turn. */
@inline
function row2(p: usize, line: usize): v128 {
	return i16x8.extend_low_i8x16_u(v128.load64_zero(p + 2 * line));
}

/** The first four channels, each with its three rows and a zero. */
@inline
function low(t0: v128, t1: v128): v128 {
	return v128.shuffle<u16>(t0, t1, 0, 8, 1, 9, 2, 10, 3, 11);
}

@inline
function high(t0: v128, t1: v128): v128 {
	return v128.shuffle<u16>(t0, t1, 4, 12, 5, 13, 6, 14, 7, 15);
}
