/**
 * Convolution of integers as a product of packed weights and rows of bytes: all that one output position reads, one after the
 * other. A pointwise convolution has them in place; others gather them, a block of positions at a time, which costs little beside
 * the products with all output channels.
 *
 * Weights are packed in panels of 8 output channels: [group][panel][taps / n][8][n], n being the inputs that one instruction
 * multiplies and adds: four with relaxed SIMD, where one operand has 7 bits, so that no machine saturates. Otherwise, and for
 * activations of 8 bits, they are two, and weights have 16 bits.
 */
import { Job } from '../job';
import { thread } from '../thread';
import { copyBytes, round, storeIntegers, storeReals } from './store';

const LANES: i32 = 8;

/** Chunk `n`: a block of positions times a share of the panels. */
export function convolveIntegers(job: Job, n: i32): void {
	const first = (n / job.splits) * job.blockSize;
	const share = n % job.splits;
	const count = min(job.rows * job.columns - first, job.blockSize);
	const panels = (job.outChannels + LANES - 1) / LANES;
	const all = job.groups * panels;
	const end = (all * (share + 1)) / job.splits;
	let gathered = -1;
	let rows = job.input + usize(first) * job.inputColumn;
	let step = job.inputColumn;
	for (let i = (all * share) / job.splits; i < end; i++) {
		const group = i / panels;
		if (job.runCount > 0 && group !== gathered) {
			rows = job.scratch + usize(thread) * job.scratchBytes;
			step = usize(job.taps);
			gather(job, first, count, group, rows);
			gathered = group;
		}
		panel(job, rows, step, first, count, i, group, i % panels);
	}
}

/** Puts what each position of a block reads into a row. */
function gather(job: Job, first: i32, count: i32, group: i32, to: usize): void {
	const runs = job.runs + ((usize(group) * usize(job.runCount)) << 3);
	const runsEnd = runs + (usize(job.runCount) << 3);
	const kernelEnd = usize(job.kernelRows) * job.kernelRow;
	for (let i = 0; i < count; i++) {
		const position = first + i;
		const from =
			job.input +
			usize(position / job.columns) * job.inputRow +
			usize(position % job.columns) * job.inputColumn;
		let at = to + usize(i) * usize(job.taps);
		for (let row: usize = 0; row < kernelEnd; row += job.kernelRow)
			for (let run = runs; run < runsEnd; run += 8) {
				const bytes = usize(load<u32>(run, 4));
				copyBytes(at, from + row + load<u32>(run), bytes);
				at += bytes;
			}
	}
}

/** One panel (the panelth of its group, the nth of all) of `count` rows of bytes. */
function panel(job: Job, rows: usize, step: usize, first: i32, count: i32, nth: i32, group: i32, panel: i32): void {
	const lanes = min(job.outChannels - panel * LANES, LANES);
	const isWide = !ASC_FEATURE_RELAXED_SIMD || job.isWide !== 0;
	const panelBytes = usize(job.taps) << (isWide ? 4 : 3);
	const weights = job.weights + usize(nth) * panelBytes;
	const weightsEnd = weights + panelBytes;
	const bias = job.bias + (usize(nth) << 5);
	const bias0 = v128.load(bias), bias1 = v128.load(bias, 16);
	const multipliers = job.multipliers + (usize(nth) << 5);
	const m0 = v128.load(multipliers), m1 = v128.load(multipliers, 16);
	const low = f32x4.splat(job.low), high = f32x4.splat(job.high);
	const zero = job.outputZero;
	const isReal = job.isReal;
	const yStep = job.outputStep;
	const channel = usize(group * job.outChannels + panel * LANES) << (isReal ? 2 : 0);
	let y = job.output + usize(first) * yStep + channel;
	let x = rows;
	let left = count;
	while (left > 2) {
		// Where fewer than six are left, the last one is computed again in the others' place.
		const last = usize(min(left, 6) - 1);
		let p0 = x, p1 = x + step, p2 = x + 2 * step;
		let p3 = x + min(3, last) * step, p4 = x + min(4, last) * step, p5 = x + last * step;
		let a00 = bias0, a01 = bias1, a10 = bias0, a11 = bias1, a20 = bias0, a21 = bias1;
		let a30 = bias0, a31 = bias1, a40 = bias0, a41 = bias1, a50 = bias0, a51 = bias1;
		let w = weights;
		if (ASC_FEATURE_RELAXED_SIMD && !isWide) {
			while (w < weightsEnd) {
				const w0 = v128.load(w), w1 = v128.load(w, 16);
				const v0 = v128.load32_splat(p0);
				a00 = i32x4.relaxed_dot_i8x16_i7x16_add_s(w0, v0, a00);
				a01 = i32x4.relaxed_dot_i8x16_i7x16_add_s(w1, v0, a01);
				const v1 = v128.load32_splat(p1);
				a10 = i32x4.relaxed_dot_i8x16_i7x16_add_s(w0, v1, a10);
				a11 = i32x4.relaxed_dot_i8x16_i7x16_add_s(w1, v1, a11);
				const v2 = v128.load32_splat(p2);
				a20 = i32x4.relaxed_dot_i8x16_i7x16_add_s(w0, v2, a20);
				a21 = i32x4.relaxed_dot_i8x16_i7x16_add_s(w1, v2, a21);
				const v3 = v128.load32_splat(p3);
				a30 = i32x4.relaxed_dot_i8x16_i7x16_add_s(w0, v3, a30);
				a31 = i32x4.relaxed_dot_i8x16_i7x16_add_s(w1, v3, a31);
				const v4 = v128.load32_splat(p4);
				a40 = i32x4.relaxed_dot_i8x16_i7x16_add_s(w0, v4, a40);
				a41 = i32x4.relaxed_dot_i8x16_i7x16_add_s(w1, v4, a41);
				const v5 = v128.load32_splat(p5);
				a50 = i32x4.relaxed_dot_i8x16_i7x16_add_s(w0, v5, a50);
				a51 = i32x4.relaxed_dot_i8x16_i7x16_add_s(w1, v5, a51);
				w += 32;
				p0 += 4;
				p1 += 4;
				p2 += 4;
				p3 += 4;
				p4 += 4;
				p5 += 4;
			}
		} else {
			while (w < weightsEnd) {
				const w0 = v128.load(w), w1 = v128.load(w, 16);
				const v0 = pair(p0);
				a00 = i32x4.add(i32x4.dot_i16x8_s(v0, w0), a00);
				a01 = i32x4.add(i32x4.dot_i16x8_s(v0, w1), a01);
				const v1 = pair(p1);
				a10 = i32x4.add(i32x4.dot_i16x8_s(v1, w0), a10);
				a11 = i32x4.add(i32x4.dot_i16x8_s(v1, w1), a11);
				const v2 = pair(p2);
				a20 = i32x4.add(i32x4.dot_i16x8_s(v2, w0), a20);
				a21 = i32x4.add(i32x4.dot_i16x8_s(v2, w1), a21);
				const v3 = pair(p3);
				a30 = i32x4.add(i32x4.dot_i16x8_s(v3, w0), a30);
				a31 = i32x4.add(i32x4.dot_i16x8_s(v3, w1), a31);
				const v4 = pair(p4);
				a40 = i32x4.add(i32x4.dot_i16x8_s(v4, w0), a40);
				a41 = i32x4.add(i32x4.dot_i16x8_s(v4, w1), a41);
				const v5 = pair(p5);
				a50 = i32x4.add(i32x4.dot_i16x8_s(v5, w0), a50);
				a51 = i32x4.add(i32x4.dot_i16x8_s(v5, w1), a51);
				w += 32;
				p0 += 2;
				p1 += 2;
				p2 += 2;
				p3 += 2;
				p4 += 2;
				p5 += 2;
			}
		}
		put(y, a00, a01, m0, m1, low, high, zero, lanes, isReal);
		put(y + yStep, a10, a11, m0, m1, low, high, zero, lanes, isReal);
		put(y + 2 * yStep, a20, a21, m0, m1, low, high, zero, lanes, isReal);
		put(y + min(3, last) * yStep, a30, a31, m0, m1, low, high, zero, lanes, isReal);
		put(y + min(4, last) * yStep, a40, a41, m0, m1, low, high, zero, lanes, isReal);
		put(y + last * yStep, a50, a51, m0, m1, low, high, zero, lanes, isReal);
		x += 6 * step;
		y += 6 * yStep;
		left -= 6;
	}

	// One at a time: sums in two parts, since the next product need not wait for the last one.
	while (left > 0) {
		const none = i32x4.splat(0);
		let a0 = bias0, a1 = bias1, b0 = none, b1 = none;
		let p = x;
		let w = weights;
		if (ASC_FEATURE_RELAXED_SIMD && !isWide) {
			while (w + 32 < weightsEnd) {
				const v0 = v128.load32_splat(p), v1 = v128.load32_splat(p, 4);
				a0 = i32x4.relaxed_dot_i8x16_i7x16_add_s(v128.load(w), v0, a0);
				a1 = i32x4.relaxed_dot_i8x16_i7x16_add_s(v128.load(w, 16), v0, a1);
				b0 = i32x4.relaxed_dot_i8x16_i7x16_add_s(v128.load(w, 32), v1, b0);
				b1 = i32x4.relaxed_dot_i8x16_i7x16_add_s(v128.load(w, 48), v1, b1);
				w += 64;
				p += 8;
			}
			if (w < weightsEnd) {
				const v = v128.load32_splat(p);
				a0 = i32x4.relaxed_dot_i8x16_i7x16_add_s(v128.load(w), v, a0);
				a1 = i32x4.relaxed_dot_i8x16_i7x16_add_s(v128.load(w, 16), v, a1);
			}
		} else {
			while (w < weightsEnd) {
				const v0 = pair(p), v1 = pair(p + 2);
				a0 = i32x4.add(i32x4.dot_i16x8_s(v0, v128.load(w)), a0);
				a1 = i32x4.add(i32x4.dot_i16x8_s(v0, v128.load(w, 16)), a1);
				b0 = i32x4.add(i32x4.dot_i16x8_s(v1, v128.load(w, 32)), b0);
				b1 = i32x4.add(i32x4.dot_i16x8_s(v1, v128.load(w, 48)), b1);
				w += 64;
				p += 4;
			}
		}
		put(y, i32x4.add(a0, b0), i32x4.add(a1, b1), m0, m1, low, high, zero, lanes, isReal);
		x += step;
		y += yStep;
		left--;
	}
}

/** Two bytes as 16-bit integers, four times. */
@inline
function pair(at: usize): v128 {
	return i16x8.extend_low_i8x16_u(v128.load16_splat(at));
}

/** Writes up to 8 results of a position. */
@inline
function put(
	y: usize, a0: v128, a1: v128, m0: v128, m1: v128, low: v128, high: v128, zero: i32, lanes: i32, isReal: i32
): void {
	const p0 = f32x4.mul(f32x4.convert_i32x4_s(a0), m0);
	const p1 = f32x4.mul(f32x4.convert_i32x4_s(a1), m1);
	if (isReal) storeReals(y, p0, p1, lanes);
	else storeIntegers(y, round(p0, low, high, zero), round(p1, low, high, zero), lanes);
}
