/** Copies images: between borders of zeros, or as channels of a wider one. */
import { Job } from './job';
import { clamp, loadLanes, storeLanes } from './vector';

/** Chunk `n`: some rows of the padded image, so that the convolution after it needs no bounds. */
export function pad(job: Job, n: i32): void {
	const first = n * job.blockSize;
	const end = min(job.rows, first + job.blockSize);
	const pixel = usize(job.inChannels) << 2;
	const outRow = usize(job.columns) * pixel;
	const inRow = usize(job.inColumns) * pixel;
	const before = usize(job.left) * pixel;
	for (let y = first; y < end; y++) {
		const out = job.output + usize(y) * outRow;
		const from = y - job.top;
		if (from < 0 || from >= job.inRows) {
			memory.fill(out, 0, outRow);
			continue;
		}
		memory.fill(out, 0, before);
		memory.copy(out + before, job.input + usize(from) * inRow, inRow);
		memory.fill(out + before + inRow, 0, outRow - before - inRow);
	}
}

/** Chunk `n`: some positions, all channels of the input, with the activation. */
export function copyChannels(job: Job, n: i32): void {
	const first = n * job.blockSize;
	const end = min(job.rows * job.columns, first + job.blockSize);
	const pixel = usize(job.inChannels) << 2;
	const low = f32x4.splat(job.low);
	const high = f32x4.splat(job.high);
	for (let p = first; p < end; p++) {
		const input = job.input + usize(p) * pixel;
		const output = job.output + usize(p) * job.outputStep;
		let c: usize = 0;
		for (; c + 16 <= pixel; c += 16) v128.store(output + c, clamp(v128.load(input + c), low, high));
		if (c < pixel) {
			const lanes = i32(pixel - c) >> 2;
			storeLanes(output + c, clamp(loadLanes(input + c, lanes), low, high), lanes);
		}
	}
}
