/** Pools of integers, eight channels at a time; taps on padding are left out. */
import { Job } from '../job';
import { round, storeIntegers, storeReals } from './store';

/** Chunk `n`: some positions. */
export function maximumOfIntegers(job: Job, n: i32): void {
	const first = n * job.blockSize;
	const end = min(job.rows * job.columns, first + job.blockSize);
	const pixel = job.inputColumn;
	const line = usize(job.inColumns) * pixel;
	for (let position = first; position < end; position++) {
		const top = (position / job.columns) * job.strideRows - job.top;
		const left = (position % job.columns) * job.strideColumns - job.left;
		const y0 = max(top, 0), y1 = min(top + job.kernelRows, job.inRows);
		const x0 = max(left, 0), x1 = min(left + job.kernelColumns, job.inColumns);
		const to = job.output + usize(position) * job.outputStep;
		for (let c = 0; c < job.inChannels; c += 8) {
			let most = i8x16.splat(0);
			for (let y = y0; y < y1; y++) {
				let p = job.input + usize(y) * line + usize(x0) * pixel + usize(c);
				for (let x = x0; x < x1; x++) {
					most = i8x16.max_u(most, v128.load64_zero(p));
					p += pixel;
				}
			}
			v128.store64_lane(to + usize(c), most, 0);
		}
	}
}

/** Chunk `n`: some positions. */
export function averageIntegers(job: Job, n: i32): void {
	const first = n * job.blockSize;
	const end = min(job.rows * job.columns, first + job.blockSize);
	const pixel = job.inputColumn;
	const line = usize(job.inColumns) * pixel;
	const low = f32x4.splat(job.low), high = f32x4.splat(job.high);
	for (let position = first; position < end; position++) {
		const top = (position / job.columns) * job.strideRows - job.top;
		const left = (position % job.columns) * job.strideColumns - job.left;
		const y0 = max(top, 0), y1 = min(top + job.kernelRows, job.inRows);
		const x0 = max(left, 0), x1 = min(left + job.kernelColumns, job.inColumns);
		const zeros = i32x4.splat(-job.zero * max(y1 - y0, 0) * max(x1 - x0, 0));
		const multiplier = v128.load32_splat(job.multipliers + (usize(position) << 2));
		const to = job.output + usize(position) * job.outputStep;
		for (let c = 0; c < job.inChannels; c += 8) {
			let a0 = zeros, a1 = zeros;
			for (let y = y0; y < y1; y++) {
				let p = job.input + usize(y) * line + usize(x0) * pixel + usize(c);
				for (let x = x0; x < x1; x++) {
					const wide = v128.load_ext<u8>(p);
					a0 = i32x4.add(a0, i32x4.extend_low_i16x8_u(wide));
					a1 = i32x4.add(a1, i32x4.extend_high_i16x8_u(wide));
					p += pixel;
				}
			}
			const p0 = f32x4.mul(f32x4.convert_i32x4_s(a0), multiplier);
			const p1 = f32x4.mul(f32x4.convert_i32x4_s(a1), multiplier);
			const lanes = min(job.inChannels - c, 8);
			if (job.isReal) storeReals(to + (usize(c) << 2), p0, p1, lanes);
			else {
				const zero = job.outputZero;
				storeIntegers(to + usize(c), round(p0, low, high, zero), round(p1, low, high, zero), 8);
			}
		}
	}
}
