import { convolve } from './convolution';
import { copyChannels, pad } from './copy';
import { convolveDepthwise } from './depthwise';
import { Job } from './job';
import { convolveWinograd } from './winograd';

/** Runs chunk `n` of a job. */
export function run(job: Job, n: i32): void {
	if (job.kind === 0) convolve(job, n);
	else if (job.kind === 1) convolveDepthwise(job, n);
	else if (job.kind === 2) pad(job, n);
	else if (job.kind === 3) copyChannels(job, n);
	else convolveWinograd(job, n);
}
