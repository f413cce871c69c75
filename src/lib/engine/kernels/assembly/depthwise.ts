/**
 * Depthwise convolution, in place in NHWC: weights are [kernelRows][kernelColumns][channels], as TensorFlow has them.
 * Taps on padding are left out. Four neighbouring outputs of a 3×3 kernel share their inputs and weights.
 */
import { Job } from './job';
import { clamp, loadLanes, madd, storeLanes } from './vector';

/** Chunk `n`: some rows times a share of the channels. */
export function convolveDepthwise(job: Job, n: i32): void {
	const first = (n / job.splits) * job.blockSize;
	const end = min(job.rows, first + job.blockSize);
	const share = n % job.splits;
	const quads = (job.inChannels + 3) >> 2;
	const from = ((quads * share) / job.splits) << 2;
	const to = min(((quads * (share + 1)) / job.splits) << 2, job.inChannels);
	for (let y = first; y < end; y++) row(job, y, from, to);
}

/** The first k for which at + k × dilation is not before the input. */
@inline
function firstTap(at: i32, dilation: i32): i32 {
	return at < 0 ? (dilation - 1 - at) / dilation : 0;
}

/** The first k, up to `taps`, for which at + k × dilation is beyond the input. */
@inline
function endTap(at: i32, dilation: i32, size: i32, taps: i32): i32 {
	return size > at ? min((size - at + dilation - 1) / dilation, taps) : 0;
}

function row(job: Job, y: i32, from: i32, to: i32): void {
	const stride = job.strideColumns;
	const top = y * job.strideRows - job.top;
	const ky = firstTap(top, job.dilationRows);
	const kyEnd = endTap(top, job.dilationRows, job.inRows, job.kernelRows);
	let x = 0;
	const whole = (to - from) & ~3;
	const fast = job.kernelColumns === 3 && job.dilationRows === 1 && job.dilationColumns === 1 && whole === to - from;
	while (x < job.columns) {
		const left = x * stride - job.left;
		// A tile reads columns left … left + 3 × stride + 2 and writes four outputs.
		if (fast && left >= 0 && left + 3 * stride + 2 < job.inColumns && x + 4 <= job.columns) {
			if (stride === 1) tile1(job, y, x, top, left, ky, kyEnd, from, to);
			else tile(job, y, x, top, left, ky, kyEnd, from, to);
			x += 4;
		} else {
			one(job, y, x, top, left, ky, kyEnd, from, to);
			x++;
		}
	}
}

/** One output position, any kernel. */
function one(job: Job, y: i32, x: i32, top: i32, left: i32, ky: i32, kyEnd: i32, from: i32, to: i32): void {
	const dilation = job.dilationColumns;
	const kx = firstTap(left, dilation);
	const kxEnd = endTap(left, dilation, job.inColumns, job.kernelColumns);
	const pixel = usize(job.inChannels) << 2;
	const low = f32x4.splat(job.low);
	const high = f32x4.splat(job.high);
	const out = job.output + usize(y * job.columns + x) * job.outputStep;
	const taps = max(kxEnd - kx, 0);
	const inputStep = pixel * usize(dilation);
	const firstRow = usize(top + ky * job.dilationRows);
	const firstInput = job.input + (firstRow * usize(job.inColumns) + usize(left + kx * dilation)) * pixel;
	const firstWeight = job.weights + usize(ky * job.kernelColumns + kx) * pixel;
	const inputRow = pixel * usize(job.inColumns * job.dilationRows);
	const weightRow = pixel * usize(job.kernelColumns);

	let c = usize(from) << 2;
	const end = usize(to) << 2;
	for (; c + 64 <= end; c += 64) {
		let a0 = v128.load(job.bias + c);
		let a1 = v128.load(job.bias + c, 16);
		let a2 = v128.load(job.bias + c, 32);
		let a3 = v128.load(job.bias + c, 48);
		let input = firstInput + c;
		let weight = firstWeight + c;
		for (let k = ky; k < kyEnd; k++) {
			let p = input;
			const wEnd = weight + pixel * usize(taps);
			for (let w = weight; w < wEnd; w += pixel) {
				a0 = madd(v128.load(p), v128.load(w), a0);
				a1 = madd(v128.load(p, 16), v128.load(w, 16), a1);
				a2 = madd(v128.load(p, 32), v128.load(w, 32), a2);
				a3 = madd(v128.load(p, 48), v128.load(w, 48), a3);
				p += inputStep;
			}
			input += inputRow;
			weight += weightRow;
		}
		v128.store(out + c, clamp(a0, low, high));
		v128.store(out + c, clamp(a1, low, high), 16);
		v128.store(out + c, clamp(a2, low, high), 32);
		v128.store(out + c, clamp(a3, low, high), 48);
	}
	for (; c < end; c += 16) {
		const lanes = min(i32(end - c) >> 2, 4);
		let a = loadLanes(job.bias + c, lanes);
		let input = firstInput + c;
		let weight = firstWeight + c;
		for (let k = ky; k < kyEnd; k++) {
			let p = input;
			const wEnd = weight + pixel * usize(taps);
			for (let w = weight; w < wEnd; w += pixel) {
				a = madd(loadLanes(p, lanes), loadLanes(w, lanes), a);
				p += inputStep;
			}
			input += inputRow;
			weight += weightRow;
		}
		storeLanes(out + c, clamp(a, low, high), lanes);
	}
}

/** Four neighbouring outputs of a 3-wide kernel at stride 1: six columns are read for all of them. */
function tile1(job: Job, y: i32, x: i32, top: i32, left: i32, ky: i32, kyEnd: i32, from: i32, to: i32): void {
	const s = usize(job.inChannels) << 2;
	const low = f32x4.splat(job.low);
	const high = f32x4.splat(job.high);
	const inputRow = s * usize(job.inColumns);
	const firstInput = job.input + usize(top + ky) * inputRow + usize(left) * s;
	const firstWeight = job.weights + usize(ky * 3) * s;
	const out = job.output + usize(y * job.columns + x) * job.outputStep;
	const end = usize(to) << 2;
	for (let c = usize(from) << 2; c < end; c += 16) {
		let a0 = v128.load(job.bias + c);
		let a1 = a0, a2 = a0, a3 = a0;
		let p = firstInput + c;
		let w = firstWeight + c;
		for (let k = ky; k < kyEnd; k++) {
			const w0 = v128.load(w), w1 = v128.load(w + s), w2 = v128.load(w + 2 * s);
			const v0 = v128.load(p), v1 = v128.load(p + s), v2 = v128.load(p + 2 * s);
			const v3 = v128.load(p + 3 * s), v4 = v128.load(p + 4 * s), v5 = v128.load(p + 5 * s);
			a0 = madd(v0, w0, a0);
			a1 = madd(v1, w0, a1);
			a2 = madd(v2, w0, a2);
			a3 = madd(v3, w0, a3);
			a0 = madd(v1, w1, a0);
			a1 = madd(v2, w1, a1);
			a2 = madd(v3, w1, a2);
			a3 = madd(v4, w1, a3);
			a0 = madd(v2, w2, a0);
			a1 = madd(v3, w2, a1);
			a2 = madd(v4, w2, a2);
			a3 = madd(v5, w2, a3);
			p += inputRow;
			w += 3 * s;
		}
		let o = out + c;
		v128.store(o, clamp(a0, low, high));
		o += job.outputStep;
		v128.store(o, clamp(a1, low, high));
		o += job.outputStep;
		v128.store(o, clamp(a2, low, high));
		o += job.outputStep;
		v128.store(o, clamp(a3, low, high));
	}
}

/** The same at any stride: twelve columns, of which stride 2 reads nine. */
function tile(job: Job, y: i32, x: i32, top: i32, left: i32, ky: i32, kyEnd: i32, from: i32, to: i32): void {
	const s = usize(job.inChannels) << 2;
	const t = s * usize(job.strideColumns);
	const low = f32x4.splat(job.low);
	const high = f32x4.splat(job.high);
	const inputRow = s * usize(job.inColumns);
	const firstInput = job.input + usize(top + ky) * inputRow + usize(left) * s;
	const firstWeight = job.weights + usize(ky * 3) * s;
	const out = job.output + usize(y * job.columns + x) * job.outputStep;
	const end = usize(to) << 2;
	for (let c = usize(from) << 2; c < end; c += 16) {
		let a0 = v128.load(job.bias + c);
		let a1 = a0, a2 = a0, a3 = a0;
		let p = firstInput + c;
		let w = firstWeight + c;
		for (let k = ky; k < kyEnd; k++) {
			const w0 = v128.load(w), w1 = v128.load(w + s), w2 = v128.load(w + 2 * s);
			let q = p;
			a0 = madd(v128.load(q), w0, a0);
			a0 = madd(v128.load(q + s), w1, a0);
			a0 = madd(v128.load(q + 2 * s), w2, a0);
			q += t;
			a1 = madd(v128.load(q), w0, a1);
			a1 = madd(v128.load(q + s), w1, a1);
			a1 = madd(v128.load(q + 2 * s), w2, a1);
			q += t;
			a2 = madd(v128.load(q), w0, a2);
			a2 = madd(v128.load(q + s), w1, a2);
			a2 = madd(v128.load(q + 2 * s), w2, a2);
			q += t;
			a3 = madd(v128.load(q), w0, a3);
			a3 = madd(v128.load(q + s), w1, a3);
			a3 = madd(v128.load(q + 2 * s), w2, a3);
			p += inputRow;
			w += 3 * s;
		}
		let o = out + c;
		v128.store(o, clamp(a0, low, high));
		o += job.outputStep;
		v128.store(o, clamp(a1, low, high));
		o += job.outputStep;
		v128.store(o, clamp(a2, low, high));
		o += job.outputStep;
		v128.store(o, clamp(a3, low, high));
	}
}
