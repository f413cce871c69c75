/**
 * Convolution as a product of packed weights and runs of the input.
 *
 * In NHWC, what one output position reads are a few runs of neighbouring floats: all channels for a pointwise
 * convolution, a group's for a grouped one (after a channel shuffle some from each group), kernelWidth × channels
 * for a row of a k×k one. So no patch is copied: the sums of 6 positions × 8 output channels stay in registers
 * while the runs are walked. Weights are packed in panels of 8 output channels: [group][panel][tap][8].
 */
import { Job } from './job';
import { clamp, loadLanes, madd, splat, storeLanes } from './vector';

const LANES: i32 = 8;

/** Chunk `n` of a convolution: a block of positions times a share of the panels. */
export function convolve(job: Job, n: i32): void {
	const first = (n / job.splits) * job.blockSize;
	const share = n % job.splits;
	const count = min(job.rows * job.columns - first, job.blockSize);
	const panels = (job.outChannels + LANES - 1) / LANES;
	const all = job.groups * panels;
	const end = (all * (share + 1)) / job.splits;
	for (let i = (all * share) / job.splits; i < end; i++) panel(job, first, count, i, i / panels, i % panels);
}

/** One panel (the panelth of its group, the nth of all) of `count` positions from the first one on. */
function panel(job: Job, first: i32, count: i32, nth: i32, group: i32, panel: i32): void {
	const lanes = min(job.outChannels - panel * LANES, LANES);
	const weights = job.weights + ((usize(nth) * usize(job.taps) * LANES) << 2);
	const bias = job.bias + ((usize(nth) * LANES) << 2);
	const bias0 = v128.load(bias);
	const bias1 = v128.load(bias, 16);
	const low = f32x4.splat(job.low);
	const high = f32x4.splat(job.high);
	const runs = job.runs + ((usize(group) * usize(job.runCount)) << 3);
	const runsEnd = runs + (usize(job.runCount) << 3);
	const kernelEnd = usize(job.kernelRows) * job.kernelRow;

	const yStep = job.outputStep;
	const add = job.residual ? job.residual - job.output : 0;
	let y = job.output + usize(first) * yStep + (usize(group * job.outChannels + panel * LANES) << 2);

	const columns = job.columns;
	const step = job.inputColumn;
	const end = first + count;
	const last = end - 1;
	let position = first;
	let column = columns;
	let x: usize = 0;
	while (end - position > 3) {
		let x0 = x;
		let x1: usize, x2: usize, x3: usize, x4: usize, x5: usize;
		if (column + 6 <= columns && position + 6 <= end) {
			x1 = x0 + step;
			x2 = x1 + step;
			x3 = x2 + step;
			x4 = x3 + step;
			x5 = x4 + step;
			column += 6;
			x = x5 + step;
		} else {
			// Where fewer than six are left, the last one is computed again in the others' place.
			x0 = inputOf(job, position);
			x1 = inputOf(job, position + 1);
			x2 = inputOf(job, position + 2);
			x3 = inputOf(job, position + 3);
			x4 = inputOf(job, min(position + 4, last));
			x5 = inputOf(job, min(position + 5, last));
			column = (position + 6) % columns;
			x = inputOf(job, position + 6);
		}

		let a00 = bias0, a01 = bias1, a10 = bias0, a11 = bias1, a20 = bias0, a21 = bias1;
		let a30 = bias0, a31 = bias1, a40 = bias0, a41 = bias1, a50 = bias0, a51 = bias1;
		let w = weights;
		for (let row: usize = 0; row < kernelEnd; row += job.kernelRow) {
			for (let run = runs; run < runsEnd; run += 8) {
				const from = row + load<u32>(run);
				let p0 = x0 + from, p1 = x1 + from, p2 = x2 + from, p3 = x3 + from, p4 = x4 + from, p5 = x5 + from;
				const runEnd = w + load<u32>(run, 4);
				while (w < runEnd) {
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
					w += 32;
					p0 += 4;
					p1 += 4;
					p2 += 4;
					p3 += 4;
					p4 += 4;
					p5 += 4;
				}
			}
		}

		put(y, a00, a01, add, low, high, lanes);
		put(y + yStep, a10, a11, add, low, high, lanes);
		put(y + 2 * yStep, a20, a21, add, low, high, lanes);
		put(y + 3 * yStep, a30, a31, add, low, high, lanes);
		put(y + usize(min(4, last - position)) * yStep, a40, a41, add, low, high, lanes);
		put(y + usize(min(5, last - position)) * yStep, a50, a51, add, low, high, lanes);
		position += 6;
		y += 6 * yStep;
	}

	// One at a time: sums in four parts, since the next product need not wait for the last one.
	while (position < end) {
		const at = inputOf(job, position);
		const zero = f32x4.splat(0);
		let a0 = bias0, a1 = bias1, b0 = zero, b1 = zero, c0 = zero, c1 = zero, d0 = zero, d1 = zero;
		let w = weights;
		for (let row: usize = 0; row < kernelEnd; row += job.kernelRow) {
			for (let run = runs; run < runsEnd; run += 8) {
				let p = at + row + load<u32>(run);
				const runEnd = w + load<u32>(run, 4);
				while (w + 96 < runEnd) {
					const v0 = splat(p), v1 = splat(p + 4), v2 = splat(p + 8), v3 = splat(p + 12);
					a0 = madd(v0, v128.load(w), a0);
					a1 = madd(v0, v128.load(w, 16), a1);
					b0 = madd(v1, v128.load(w, 32), b0);
					b1 = madd(v1, v128.load(w, 48), b1);
					c0 = madd(v2, v128.load(w, 64), c0);
					c1 = madd(v2, v128.load(w, 80), c1);
					d0 = madd(v3, v128.load(w, 96), d0);
					d1 = madd(v3, v128.load(w, 112), d1);
					w += 128;
					p += 16;
				}
				while (w < runEnd) {
					const v = splat(p);
					a0 = madd(v, v128.load(w), a0);
					a1 = madd(v, v128.load(w, 16), a1);
					w += 32;
					p += 4;
				}
			}
		}
		a0 = f32x4.add(f32x4.add(a0, b0), f32x4.add(c0, d0));
		a1 = f32x4.add(f32x4.add(a1, b1), f32x4.add(c1, d1));
		put(y, a0, a1, add, low, high, lanes);
		position++;
		y += yStep;
	}
}

/** The first input of an output position. */
@inline
function inputOf(job: Job, position: i32): usize {
	const columns = job.columns;
	return job.input + usize(position / columns) * job.inputRow + usize(position % columns) * job.inputColumn;
}

/** Writes up to 8 results of a position: what is to be added (at `add` bytes from y, if any), then the activation. */
@inline
function put(y: usize, a0: v128, a1: v128, add: usize, low: v128, high: v128, lanes: i32): void {
	if (lanes === LANES) {
		if (add) {
			a0 = f32x4.add(a0, v128.load(y + add));
			a1 = f32x4.add(a1, v128.load(y + add, 16));
		}
		v128.store(y, clamp(a0, low, high));
		v128.store(y, clamp(a1, low, high), 16);
	} else putLanes(y, a0, a1, add, low, high, lanes);
}

function putLanes(y: usize, a0: v128, a1: v128, add: usize, low: v128, high: v128, lanes: i32): void {
	const here = min(lanes, 4);
	if (add) a0 = f32x4.add(a0, loadLanes(y + add, here));
	storeLanes(y, clamp(a0, low, high), here);
	if (lanes > 4) {
		if (add) a1 = f32x4.add(a1, loadLanes(y + add + 16, lanes - 4));
		storeLanes(y + 16, clamp(a1, low, high), lanes - 4);
	}
}
