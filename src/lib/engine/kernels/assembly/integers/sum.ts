/** The sum of one or two tensors of integers, each less its zero point and times its multiplier: addition, ReLU, another scale. */
import { Job } from '../job';
import { round, storeIntegers } from './store';

/** Chunk `n`: some positions. */
export function addIntegers(job: Job, n: i32): void {
	const first = n * job.blockSize;
	const end = min(job.rows * job.columns, first + job.blockSize);
	const low = f32x4.splat(job.low), high = f32x4.splat(job.high);
	const zero = i16x8.splat(i16(job.zero)), addedZero = i16x8.splat(i16(job.addedZero));
	const multiplier = v128.load32_splat(job.multipliers), addedMultiplier = v128.load32_splat(job.multipliers, 4);
	for (let position = first; position < end; position++) {
		const from = job.input + usize(position) * job.inputColumn;
		const added = job.residual ? job.residual + usize(position) * job.addedStep : 0;
		const to = job.output + usize(position) * job.outputStep;
		for (let c: usize = 0; c < usize(job.inChannels); c += 8) {
			const x = i16x8.sub(v128.load_ext<u8>(from + c), zero);
			let p0 = f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(x)), multiplier);
			let p1 = f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(x)), multiplier);
			if (added) {
				const y = i16x8.sub(v128.load_ext<u8>(added + c), addedZero);
				p0 = f32x4.add(p0, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(y)), addedMultiplier));
				p1 = f32x4.add(p1, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(y)), addedMultiplier));
			}
			const outputZero = job.outputZero;
			storeIntegers(to + c, round(p0, low, high, outputZero), round(p1, low, high, outputZero), 8);
		}
	}
}
