/**
 * Convolution by Winograd's method (Lavin and Gray, arXiv 1509.09308): 6×6 inputs make a tile of outputs by 36
 * multiplications for each pair of channels. At stride 1 these are 4×4 outputs of a 3×3 kernel, which directly take 144. A
 * 7×7 kernel at stride 2 is a 4×4 one where each 2×2 pixels are one of four times the channels: 3×3 outputs.
 *
 * Polynomials are evaluated at 0, ±√½, ±√2 and infinity; at 0, ±1, ±2, which are usual, rounding errs four times as much.
 * Weights are transformed when they are packed: [panel][point][channel][8].
 */
import { Job } from './job';
import { thread } from './thread';
import { clamp, loadLanes, madd, nmadd, splat, storeLanes } from './vector';

const LANES: i32 = 8;
/** Inputs of a tile along an axis, and in all. */
const SIDE: i32 = 6;
const POINTS: i32 = 36;
/** Bytes that lie between tables which are walked side by side, lest they share lines of the cache. */
const APART: usize = 64;
/** Bytes of a tile's sums: [point][8]. */
const SUMS: usize = 1152;

const A: f32 = 0.70710678118654752;
const B: f32 = 1.41421356237309505;

/** Chunk `n`: a block of tiles times a share of the panels. */
export function convolveWinograd(job: Job, n: i32): void {
	const first = (n / job.splits) * job.blockSize;
	const side = sideOf(job);
	const across = (job.columns + side - 1) / side;
	const count = min(across * ((job.rows + side - 1) / side) - first, job.blockSize);
	const pixel = (job.strideRows === 1 ? (usize(job.inChannels) + 3) & ~3 : usize(job.inChannels) << 2) << 2;

	// One vector for each point, 36 pixels, inputs [point][tile][channel], sums [tile][point][8] of up to five tiles more.
	const between = job.scratch + usize(thread) * job.scratchBytes;
	const patch = between + (usize(POINTS) << 4);
	const inputs = patch + usize(POINTS) * pixel;
	const inputStep = usize(count) * pixel + APART;
	const sums = inputs + usize(POINTS) * inputStep;

	for (let i = 0; i < count; i++) {
		const row = ((first + i) / across) * side;
		const column = ((first + i) % across) * side;
		readTile(job, row, column, patch, pixel, inputs + usize(i) * pixel, inputStep, between);
	}
	const share = n % job.splits;
	const panels = (job.outChannels + LANES - 1) / LANES;
	const end = (panels * (share + 1)) / job.splits;
	for (let panel = (panels * share) / job.splits; panel < end; panel++) {
		let weights = job.weights + usize(panel * POINTS) * (pixel << 3);
		for (let point: usize = 0; point < usize(POINTS); point++) {
			multiply(inputs + point * inputStep, count, pixel, weights, sums + (point << 5));
			weights += pixel << 3;
		}
		for (let i = 0; i < count; i++) {
			const row = ((first + i) / across) * side;
			const column = ((first + i) % across) * side;
			writeTile(job, row, column, panel, sums + usize(i) * SUMS, between);
		}
	}
}

/** Outputs of a tile along an axis. */
@inline
function sideOf(job: Job): i32 {
	return job.strideRows === 1 ? 4 : 3;
}

/** Transforms what the tile from an output on is computed from: all channels, at each of the 36 points. */
function readTile(job: Job, row: i32, column: i32, patch: usize, pixel: usize, to: usize, toStep: usize, between: usize): void {
	const top = row * job.strideRows - job.top;
	const left = column * job.strideColumns - job.left;
	let from = patch;
	let fromRow = usize(SIDE) * pixel;
	if (job.strideRows === 2) gatherPairs(job, top, left, patch);
	else if (
		top >= 0 &&
		left >= 0 &&
		top + SIDE <= job.inRows &&
		left + SIDE <= job.inColumns &&
		pixel === usize(job.inChannels) << 2
	) {
		fromRow = usize(job.inColumns) * pixel;
		from = job.input + usize(top) * fromRow + usize(left) * pixel;
	} else gather(job, top, left, patch, pixel);
	transformInput(from, fromRow, pixel, to, toStep, between);
}

/** Copies 6×6 pixels that may lie on padding, each filled up to a multiple of four channels. */
function gather(job: Job, top: i32, left: i32, patch: usize, pixel: usize): void {
	const inPixel = usize(job.inChannels) << 2;
	const inRow = usize(job.inColumns) * inPixel;
	const start = min(max(-left, 0), SIDE);
	const end = max(min(job.inColumns - left, SIDE), start);
	for (let y = 0; y < SIDE; y++) {
		const to = patch + usize(y * SIDE) * pixel;
		if (top + y < 0 || top + y >= job.inRows) {
			zero(to, usize(SIDE) * pixel);
			continue;
		}
		zero(to, usize(start) * pixel);
		let from = job.input + usize(top + y) * inRow + usize(left + start) * inPixel;
		if (pixel === inPixel) copy(to + usize(start) * pixel, from, usize(end - start) * pixel);
		else
			for (let x = start; x < end; x++) {
				const at = to + usize(x) * pixel;
				v128.store(at + pixel - 16, f32x4.splat(0));
				copy(at, from, inPixel);
				from += inPixel;
			}
		zero(to + usize(end) * pixel, usize(SIDE - end) * pixel);
	}
}

/** Copies 12×12 pixels as 6×6 of four times the channels: each 2×2 row by row. */
function gatherPairs(job: Job, top: i32, left: i32, patch: usize): void {
	const inPixel = usize(job.inChannels) << 2;
	const inRow = usize(job.inColumns) * inPixel;
	const pair = inPixel << 1;
	for (let y = 0; y < 2 * SIDE; y++) {
		let to = patch + usize((y >> 1) * SIDE) * (pair << 1) + usize(y & 1) * pair;
		const isRow = top + y >= 0 && top + y < job.inRows;
		let from = job.input + usize(top + y) * inRow + usize(left) * inPixel;
		for (let x = left; x < left + 2 * SIDE; x += 2) {
			if (isRow && x >= 0 && x + 1 < job.inColumns) copy(to, from, pair);
			else {
				zero(to, pair);
				if (isRow && x >= 0 && x < job.inColumns) copy(to, from, inPixel);
				else if (isRow && x + 1 >= 0 && x + 1 < job.inColumns) copy(to + inPixel, from + inPixel, inPixel);
			}
			to += pair << 1;
			from += pair;
		}
	}
}

/** Copies a few floats, for which `memory.copy` takes longer. */
@inline
function copy(to: usize, from: usize, bytes: usize): void {
	const end = to + bytes;
	while (to + 16 <= end) {
		v128.store(to, v128.load(from));
		to += 16;
		from += 16;
	}
	while (to < end) {
		store<f32>(to, load<f32>(from));
		to += 4;
		from += 4;
	}
}

@inline
function zero(to: usize, bytes: usize): void {
	for (const end = to + bytes; to < end; to += 4) store<f32>(to, 0);
}

/** Evaluates 6×6 pixels at the 36 points, four channels at a time: columns, then rows. */
function transformInput(from: usize, fromRow: usize, pixel: usize, to: usize, toStep: usize, between: usize): void {
	for (const end = from + pixel; from < end; from += 16) {
		let p = from;
		let q = between;
		for (let x = 0; x < SIDE; x++) {
			let at = p;
			const d0 = v128.load(at);
			const d1 = v128.load((at += fromRow));
			const d2 = v128.load((at += fromRow));
			const d3 = v128.load((at += fromRow));
			const d4 = v128.load((at += fromRow));
			const d5 = v128.load((at += fromRow));
			evaluate(d0, d1, d2, d3, d4, d5, q, 96);
			p += pixel;
			q += 16;
		}
		q = between;
		let at = to;
		for (let y = 0; y < SIDE; y++) {
			const d0 = v128.load(q);
			const d1 = v128.load(q, 16);
			const d2 = v128.load(q, 32);
			const d3 = v128.load(q, 48);
			const d4 = v128.load(q, 64);
			const d5 = v128.load(q, 80);
			evaluate(d0, d1, d2, d3, d4, d5, at, toStep);
			q += 96;
			at += 6 * toStep;
		}
		to += 16;
	}
}

/** Six inputs of a row or column at 0, √½, -√½, √2, -√2 and infinity. */
@inline
function evaluate(d0: v128, d1: v128, d2: v128, d3: v128, d4: v128, d5: v128, to: usize, step: usize): void {
	const sum = f32x4.splat(2.5);
	const half = f32x4.splat(0.5);
	const two = f32x4.splat(2);
	const a = f32x4.splat(A);
	const b = f32x4.splat(B);
	v128.store(to, nmadd(d2, sum, f32x4.add(d0, d4)));
	const evenA = nmadd(d2, two, d4);
	const oddA = nmadd(d1, two, d3);
	v128.store((to += step), madd(oddA, a, evenA));
	v128.store((to += step), nmadd(oddA, a, evenA));
	const evenB = nmadd(d2, half, d4);
	const oddB = nmadd(d1, half, d3);
	v128.store((to += step), madd(oddB, b, evenB));
	v128.store((to += step), nmadd(oddB, b, evenB));
	v128.store((to += step), nmadd(d3, sum, f32x4.add(d1, d5)));
}

/** At one point: the sums over all channels, for `count` tiles × 8 output channels. */
@inline
function multiply(inputs: usize, count: i32, step: usize, weights: usize, sums: usize): void {
	while (count > 4) {
		multiply6(inputs, min(count, 6) - 1, step, weights, sums);
		inputs += 6 * step;
		sums += 6 * SUMS;
		count -= 6;
	}
	if (count > 0) multiply4(inputs, count - 1, step, weights, sums);
}

/**
 * Of six tiles; those beyond the last one are computed as it is. `convolution.ts` has the same twelve sums: they are registers only as
 * locals of one function, and none can give them back.
 */
@inline
function multiply6(p0: usize, last: i32, step: usize, w: usize, sums: usize): void {
	let p1 = p0 + step, p2 = p1 + step, p3 = p2 + step, p4 = p3 + step, p5 = p0 + usize(last) * step;
	const zero = f32x4.splat(0);
	let a00 = zero, a01 = zero, a10 = zero, a11 = zero, a20 = zero, a21 = zero;
	let a30 = zero, a31 = zero, a40 = zero, a41 = zero, a50 = zero, a51 = zero;
	for (const end = w + (step << 3); w < end; w += 32) {
		const w0 = v128.load(w), w1 = v128.load(w, 16);
		const v0 = splat(p0);
		a00 = madd(v0, w0, a00);
		a01 = madd(v0, w1, a01);
		const v1 = splat(p1);
		a10 = madd(v1, w0, a10);
		a11 = madd(v1, w1, a11);
		const v2 = splat(p2);
		a20 = madd(v2, w0, a20);
		a21 = madd(v2, w1, a21);
		const v3 = splat(p3);
		a30 = madd(v3, w0, a30);
		a31 = madd(v3, w1, a31);
		const v4 = splat(p4);
		a40 = madd(v4, w0, a40);
		a41 = madd(v4, w1, a41);
		const v5 = splat(p5);
		a50 = madd(v5, w0, a50);
		a51 = madd(v5, w1, a51);
		p0 += 4;
		p1 += 4;
		p2 += 4;
		p3 += 4;
		p4 += 4;
		p5 += 4;
	}
	put(sums, a00, a01);
	put(sums + SUMS, a10, a11);
	put(sums + 2 * SUMS, a20, a21);
	put(sums + 3 * SUMS, a30, a31);
	put(sums + 4 * SUMS, a40, a41);
	put(sums + 5 * SUMS, a50, a51);
}

/** Of four tiles; those beyond the last one are computed as it is. */
@inline
function multiply4(p0: usize, last: i32, step: usize, w: usize, sums: usize): void {
	let p1 = p0 + usize(min(1, last)) * step, p2 = p0 + usize(min(2, last)) * step, p3 = p0 + usize(last) * step;
	const zero = f32x4.splat(0);
	let a00 = zero, a01 = zero, a10 = zero, a11 = zero, a20 = zero, a21 = zero, a30 = zero, a31 = zero;
	for (const end = w + (step << 3); w < end; w += 32) {
		const w0 = v128.load(w), w1 = v128.load(w, 16);
		const v0 = splat(p0);
		a00 = madd(v0, w0, a00);
		a01 = madd(v0, w1, a01);
		const v1 = splat(p1);
		a10 = madd(v1, w0, a10);
		a11 = madd(v1, w1, a11);
		const v2 = splat(p2);
		a20 = madd(v2, w0, a20);
		a21 = madd(v2, w1, a21);
		const v3 = splat(p3);
		a30 = madd(v3, w0, a30);
		a31 = madd(v3, w1, a31);
		p0 += 4;
		p1 += 4;
		p2 += 4;
		p3 += 4;
	}
	put(sums, a00, a01);
	put(sums + SUMS, a10, a11);
	put(sums + 2 * SUMS, a20, a21);
	put(sums + 3 * SUMS, a30, a31);
}

@inline
function put(to: usize, a0: v128, a1: v128): void {
	v128.store(to, a0);
	v128.store(to, a1, 16);
}

/** Makes a tile's outputs of its sums, as far as they lie within the output: 8 channels of a panel, or as many as are left. */
function writeTile(job: Job, row: i32, column: i32, panel: i32, from: usize, between: usize): void {
	const bias = job.bias + (usize(panel * LANES) << 2);
	const at = usize(row * job.columns + column) * job.outputStep + (usize(panel * LANES) << 2);
	const lanes = job.outChannels - panel * LANES;
	transformOutput(job, row, column, from, v128.load(bias), job.output + at, min(lanes, 4), between);
	if (lanes > 4)
		transformOutput(job, row, column, from + 16, v128.load(bias, 16), job.output + at + 16, min(lanes - 4, 4), between);
}

/** Up to four channels: columns, then rows. */
function transformOutput(
	job: Job, row: i32, column: i32, from: usize, bias: v128, to: usize, lanes: i32, between: usize
): void {
	const three = job.strideRows === 2;
	const none = f32x4.splat(0);
	let q = between;
	for (let x = 0; x < SIDE; x++) {
		const m0 = v128.load(from);
		const m1 = v128.load(from, 192);
		const m2 = v128.load(from, 384);
		const m3 = v128.load(from, 576);
		const m4 = v128.load(from, 768);
		const m5 = v128.load(from, 960);
		const sumA = f32x4.add(m1, m2);
		const sumB = f32x4.add(m3, m4);
		const oddA = f32x4.sub(m1, m2);
		const oddB = f32x4.sub(m3, m4);
		v128.store(q, output0(m0, sumA, sumB));
		v128.store(q, output1(oddA, oddB, none), 96);
		v128.store(q, output2(sumA, sumB, three ? m5 : none), 192);
		if (!three) v128.store(q, output3(oddA, oddB, m5), 288);
		from += 32;
		q += 16;
	}
	const low = f32x4.splat(job.low);
	const high = f32x4.splat(job.high);
	const step = job.outputStep;
	const add = job.residual ? job.residual - job.output : 0;
	const rows = min(sideOf(job), job.rows - row);
	const columns = min(sideOf(job), job.columns - column);
	q = between;
	for (let y = 0; y < rows; y++) {
		const m0 = v128.load(q);
		const m1 = v128.load(q, 16);
		const m2 = v128.load(q, 32);
		const m3 = v128.load(q, 48);
		const m4 = v128.load(q, 64);
		const m5 = v128.load(q, 80);
		const sumA = f32x4.add(m1, m2);
		const sumB = f32x4.add(m3, m4);
		const oddA = f32x4.sub(m1, m2);
		const oddB = f32x4.sub(m3, m4);
		write(to, output0(f32x4.add(m0, bias), sumA, sumB), add, low, high, lanes);
		if (columns > 1) write(to + step, output1(oddA, oddB, bias), add, low, high, lanes);
		if (columns > 2) write(to + 2 * step, output2(sumA, sumB, three ? f32x4.add(m5, bias) : bias), add, low, high, lanes);
		if (columns > 3) write(to + 3 * step, output3(oddA, oddB, f32x4.add(m5, bias)), add, low, high, lanes);
		to += usize(job.columns) * step;
		q += 96;
	}
}

// An output is the point's power times the sum (of ± alike) or the difference; the last one has infinity's in it, too.
@inline
function output0(m0: v128, sumA: v128, sumB: v128): v128 {
	return f32x4.add(f32x4.add(m0, sumA), sumB);
}

@inline
function output1(oddA: v128, oddB: v128, bias: v128): v128 {
	return madd(oddB, f32x4.splat(B), madd(oddA, f32x4.splat(A), bias));
}

@inline
function output2(sumA: v128, sumB: v128, bias: v128): v128 {
	return madd(sumB, f32x4.splat(2), madd(sumA, f32x4.splat(0.5), bias));
}

@inline
function output3(oddA: v128, oddB: v128, bias: v128): v128 {
	return madd(oddB, f32x4.splat(2 * B), madd(oddA, f32x4.splat(0.5 * A), bias));
}

/** Writes up to four results: what is to be added (at `add` bytes from there, if any), then the activation. */
@inline
function write(to: usize, value: v128, add: usize, low: v128, high: v128, lanes: i32): void {
	if (lanes === 4) {
		if (add) value = f32x4.add(value, v128.load(to + add));
		v128.store(to, clamp(value, low, high));
	} else {
		if (add) value = f32x4.add(value, loadLanes(to + add, lanes));
		storeLanes(to, clamp(value, low, high), lanes);
	}
}
