/** Copies images of integers: between borders, as channels of a wider one, or with their channels in another order. */
import { Job } from '../job';
import { copyBytes } from './store';

/** Chunk `n`: some rows of the padded image, whose borders are the integer that stands for 0. */
export function padIntegers(job: Job, n: i32): void {
	const first = n * job.blockSize;
	const end = min(job.rows, first + job.blockSize);
	const pixel = job.outputStep;
	const outRow = usize(job.columns) * pixel;
	const inRow = usize(job.inColumns) * job.inputColumn;
	const before = usize(job.left) * pixel;
	const inside = usize(job.inColumns) * pixel;
	const zero = u8(job.zero);
	for (let y = first; y < end; y++) {
		const out = job.output + usize(y) * outRow;
		const from = y - job.top;
		if (from < 0 || from >= job.inRows) {
			memory.fill(out, zero, outRow);
			continue;
		}
		memory.fill(out, zero, before);
		let p = job.input + usize(from) * inRow;
		if (job.inputColumn === pixel) memory.copy(out + before, p, inside);
		else
			for (let at = out + before; at < out + before + inside; at += pixel) {
				copyBytes(at, p, pixel);
				p += job.inputColumn;
			}
		memory.fill(out + before + inside, zero, outRow - before - inside);
	}
}

/** Chunk `n`: some positions, all channels of the input. */
export function copyIntegers(job: Job, n: i32): void {
	const first = n * job.blockSize;
	const end = min(job.rows * job.columns, first + job.blockSize);
	for (let p = first; p < end; p++)
		copyBytes(
			job.output + usize(p) * job.outputStep,
			job.input + usize(p) * job.inputColumn,
			usize(job.inChannels)
		);
}

/**
 * Chunk `n`: some positions. Eight channels of the output at a time, from `groups` loads of 16 bytes, of each of which some: entries
 * of [mask of 16 bytes][offset, 16 bytes], `groups` for each eight.
 */
export function shuffleIntegers(job: Job, n: i32): void {
	const first = n * job.blockSize;
	const end = min(job.rows * job.columns, first + job.blockSize);
	const blocks = (job.inChannels + 7) >> 3;
	for (let p = first; p < end; p++) {
		const from = job.input + usize(p) * job.inputColumn;
		let to = job.output + usize(p) * job.outputStep;
		let entry = job.runs;
		for (let block = 0; block < blocks; block++) {
			let bytes = i8x16.splat(0);
			for (let i = 0; i < job.groups; i++) {
				bytes = v128.or(bytes, i8x16.swizzle(v128.load(from + load<u32>(entry, 16)), v128.load(entry)));
				entry += 32;
			}
			v128.store64_lane(to, bytes, 0);
			to += 8;
		}
	}
}
