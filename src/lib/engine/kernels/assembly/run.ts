import { convolve } from './convolution';
import { copyChannels, pad } from './copy';
import { convolveDepthwise } from './depthwise';
import { Job } from './job';

/** Runs chunk `n` of a job. */
export function run(job: Job, n: i32): void {
	if (job.kind === 0) convolve(job, n);
	else if (job.kind === 1) convolveDepthwise(job, n);
	else if (job.kind === 2) pad(job, n);
	else copyChannels(job, n);
}
