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
	const top = y * job.strideRows - job.top;
	const ky = firstTap(top, job.dilationRows);
	const kyEnd = endTap(top, job.dilationRows, job.inRows, job.kernelRows);
	const stride = job.strideColumns;
	const columns = job.columns;
	const dense = job.dilationRows === 1 && job.dilationColumns === 1;
	const tiles = dense && job.kernelColumns === 3 && stride <= 2 && columns >= 4;
	const whole = from + ((to - from) & ~7);
	let x = 0;
	while (x < columns) {
		// A tile of four; the last one may do again what the one before it did. Its first and last column may be padding.
		const at = min(x, columns - 4);
		const left = at * stride - job.left;
		if (tiles && left >= -1 && left + 3 * stride + 2 <= job.inColumns) {
			if (stride === 1) tile1(job, y, at, top, left, ky, kyEnd, from, whole);
			else tile2(job, y, at, top, left, ky, kyEnd, from, whole);
			if (whole < to)
				for (let i = 0; i < 4; i++) one(job, y, at + i, top, left + i * stride, ky, kyEnd, whole, to);
			x = at + 4;
		} else {
			one(job, y, x, top, x * stride - job.left, ky, kyEnd, from, to);
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

/** Four neighbouring outputs of a 3-wide kernel at stride 1, 8 channels at a time: 6 columns are read for all of them. */
function tile1(job: Job, y: i32, x: i32, top: i32, left: i32, ky: i32, kyEnd: i32, from: i32, to: i32): void {
	const pixel = usize(job.inChannels) << 2;
	const outputStep = job.outputStep;
	const low = f32x4.splat(job.low);
	const high = f32x4.splat(job.high);
	const inputRow = pixel * usize(job.inColumns);
	const nextRow = inputRow - 5 * pixel;
	const rows = kyEnd - ky;
	const first = left >= 0;
	const last = left + 5 < job.inColumns;
	let input = job.input + usize(top + ky) * inputRow + usize(left) * pixel + (usize(from) << 2);
	let weights = job.weights + usize(ky * 3) * pixel + (usize(from) << 2);
	let bias = job.bias + (usize(from) << 2);
	let output = job.output + usize(y * job.columns + x) * outputStep + (usize(from) << 2);
	const end = bias + (usize(to - from) << 2);
	while (bias < end) {
		let a0l = v128.load(bias);
		let a0h = v128.load(bias, 16);
		let a1l = a0l;
		let a1h = a0h;
		let a2l = a0l;
		let a2h = a0h;
		let a3l = a0l;
		let a3h = a0h;
		let p = input;
		let w = weights;
		for (let k = 0; k < rows; k++) {
			const w0l = v128.load(w);
			const w0h = v128.load(w, 16);
			w += pixel;
			const w1l = v128.load(w);
			const w1h = v128.load(w, 16);
			w += pixel;
			const w2l = v128.load(w);
			const w2h = v128.load(w, 16);
			w += pixel;
			let vl: v128, vh: v128;
			if (first) {
				vl = v128.load(p);
				vh = v128.load(p, 16);
				a0l = madd(vl, w0l, a0l);
				a0h = madd(vh, w0h, a0h);
			}
			p += pixel;
			vl = v128.load(p);
			vh = v128.load(p, 16);
			a0l = madd(vl, w1l, a0l);
			a1l = madd(vl, w0l, a1l);
			a0h = madd(vh, w1h, a0h);
			a1h = madd(vh, w0h, a1h);
			p += pixel;
			vl = v128.load(p);
			vh = v128.load(p, 16);
			a0l = madd(vl, w2l, a0l);
			a1l = madd(vl, w1l, a1l);
			a2l = madd(vl, w0l, a2l);
			a0h = madd(vh, w2h, a0h);
			a1h = madd(vh, w1h, a1h);
			a2h = madd(vh, w0h, a2h);
			p += pixel;
			vl = v128.load(p);
			vh = v128.load(p, 16);
			a1l = madd(vl, w2l, a1l);
			a2l = madd(vl, w1l, a2l);
			a3l = madd(vl, w0l, a3l);
			a1h = madd(vh, w2h, a1h);
			a2h = madd(vh, w1h, a2h);
			a3h = madd(vh, w0h, a3h);
			p += pixel;
			vl = v128.load(p);
			vh = v128.load(p, 16);
			a2l = madd(vl, w2l, a2l);
			a3l = madd(vl, w1l, a3l);
			a2h = madd(vh, w2h, a2h);
			a3h = madd(vh, w1h, a3h);
			p += pixel;
			if (last) {
				vl = v128.load(p);
				vh = v128.load(p, 16);
				a3l = madd(vl, w2l, a3l);
				a3h = madd(vh, w2h, a3h);
			}
			p += nextRow;
		}
		let out = output;
		v128.store(out, clamp(a0l, low, high));
		v128.store(out, clamp(a0h, low, high), 16);
		out += outputStep;
		v128.store(out, clamp(a1l, low, high));
		v128.store(out, clamp(a1h, low, high), 16);
		out += outputStep;
		v128.store(out, clamp(a2l, low, high));
		v128.store(out, clamp(a2h, low, high), 16);
		out += outputStep;
		v128.store(out, clamp(a3l, low, high));
		v128.store(out, clamp(a3h, low, high), 16);
		input += 32;
		weights += 32;
		bias += 32;
		output += 32;
	}
}

/** Four neighbouring outputs of a 3-wide kernel at stride 2, 8 channels at a time: 9 columns are read for all of them. */
function tile2(job: Job, y: i32, x: i32, top: i32, left: i32, ky: i32, kyEnd: i32, from: i32, to: i32): void {
	const pixel = usize(job.inChannels) << 2;
	const outputStep = job.outputStep;
	const low = f32x4.splat(job.low);
	const high = f32x4.splat(job.high);
	const inputRow = pixel * usize(job.inColumns);
	const nextRow = inputRow - 8 * pixel;
	const rows = kyEnd - ky;
	const first = left >= 0;
	const last = left + 8 < job.inColumns;
	let input = job.input + usize(top + ky) * inputRow + usize(left) * pixel + (usize(from) << 2);
	let weights = job.weights + usize(ky * 3) * pixel + (usize(from) << 2);
	let bias = job.bias + (usize(from) << 2);
	let output = job.output + usize(y * job.columns + x) * outputStep + (usize(from) << 2);
	const end = bias + (usize(to - from) << 2);
	while (bias < end) {
		let a0l = v128.load(bias);
		let a0h = v128.load(bias, 16);
		let a1l = a0l;
		let a1h = a0h;
		let a2l = a0l;
		let a2h = a0h;
		let a3l = a0l;
		let a3h = a0h;
		let p = input;
		let w = weights;
		for (let k = 0; k < rows; k++) {
			const w0l = v128.load(w);
			const w0h = v128.load(w, 16);
			w += pixel;
			const w1l = v128.load(w);
			const w1h = v128.load(w, 16);
			w += pixel;
			const w2l = v128.load(w);
			const w2h = v128.load(w, 16);
			w += pixel;
			let vl: v128, vh: v128;
			if (first) {
				vl = v128.load(p);
				vh = v128.load(p, 16);
				a0l = madd(vl, w0l, a0l);
				a0h = madd(vh, w0h, a0h);
			}
			p += pixel;
			vl = v128.load(p);
			vh = v128.load(p, 16);
			a0l = madd(vl, w1l, a0l);
			a0h = madd(vh, w1h, a0h);
			p += pixel;
			vl = v128.load(p);
			vh = v128.load(p, 16);
			a0l = madd(vl, w2l, a0l);
			a1l = madd(vl, w0l, a1l);
			a0h = madd(vh, w2h, a0h);
			a1h = madd(vh, w0h, a1h);
			p += pixel;
			vl = v128.load(p);
			vh = v128.load(p, 16);
			a1l = madd(vl, w1l, a1l);
			a1h = madd(vh, w1h, a1h);
			p += pixel;
			vl = v128.load(p);
			vh = v128.load(p, 16);
			a1l = madd(vl, w2l, a1l);
			a2l = madd(vl, w0l, a2l);
			a1h = madd(vh, w2h, a1h);
			a2h = madd(vh, w0h, a2h);
			p += pixel;
			vl = v128.load(p);
			vh = v128.load(p, 16);
			a2l = madd(vl, w1l, a2l);
			a2h = madd(vh, w1h, a2h);
			p += pixel;
			vl = v128.load(p);
			vh = v128.load(p, 16);
			a2l = madd(vl, w2l, a2l);
			a3l = madd(vl, w0l, a3l);
			a2h = madd(vh, w2h, a2h);
			a3h = madd(vh, w0h, a3h);
			p += pixel;
			vl = v128.load(p);
			vh = v128.load(p, 16);
			a3l = madd(vl, w1l, a3l);
			a3h = madd(vh, w1h, a3h);
			p += pixel;
			if (last) {
				vl = v128.load(p);
				vh = v128.load(p, 16);
				a3l = madd(vl, w2l, a3l);
				a3h = madd(vh, w2h, a3h);
			}
			p += nextRow;
		}
		let out = output;
		v128.store(out, clamp(a0l, low, high));
		v128.store(out, clamp(a0h, low, high), 16);
		out += outputStep;
		v128.store(out, clamp(a1l, low, high));
		v128.store(out, clamp(a1h, low, high), 16);
		out += outputStep;
		v128.store(out, clamp(a2l, low, high));
		v128.store(out, clamp(a2h, low, high), 16);
		out += outputStep;
		v128.store(out, clamp(a3l, low, high));
		v128.store(out, clamp(a3h, low, high), 16);
		input += 32;
		weights += 32;
		bias += 32;
		output += 32;
	}
}
