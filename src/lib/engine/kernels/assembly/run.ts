import { convolve } from './convolution';
import { copyChannels, pad } from './copy';
import { convolveDepthwise } from './depthwise';
import { convolveIntegers } from './integers/convolution';
import { convolveIntegersDepthwise } from './integers/depthwise';
import { copyIntegers, padIntegers, shuffleIntegers } from './integers/copy';
import { averageIntegers, maximumOfIntegers } from './integers/pool';
import { addIntegers } from './integers/sum';
import { Job } from './job';
import { convolveWinograd } from './winograd';

/** Runs chunk `n` of a job. */
export function run(job: Job, n: i32): void {
	if (job.kind === 0) convolve(job, n);
	else if (job.kind === 1) convolveDepthwise(job, n);
	else if (job.kind === 2) pad(job, n);
	else if (job.kind === 3) copyChannels(job, n);
	else if (job.kind === 4) convolveWinograd(job, n);
	else if (job.kind === 5) convolveIntegers(job, n);
	else if (job.kind === 6) convolveIntegersDepthwise(job, n);
	else if (job.kind === 7) padIntegers(job, n);
	else if (job.kind === 8) copyIntegers(job, n);
	else if (job.kind === 9) maximumOfIntegers(job, n);
	else if (job.kind === 10) averageIntegers(job, n);
	else if (job.kind === 11) addIntegers(job, n);
	else shuffleIntegers(job, n);
}
