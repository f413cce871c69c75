/** The words of a job, in the order of `assembly/job.ts`, which says what they mean. */
const fields = [
	'kind',
	'input',
	'output',
	'outputStep',
	'weights',
	'bias',
	'residual',
	'low',
	'high',
	'rows',
	'columns',
	'blockSize',
	'splits',
	'kernelRows',
	'inputRow',
	'inputColumn',
	'kernelRow',
	'groups',
	'outChannels',
	'taps',
	'runs',
	'runCount',
	'inRows',
	'inColumns',
	'inChannels',
	'top',
	'left',
	'kernelColumns',
	'strideRows',
	'strideColumns',
	'dilationRows',
	'dilationColumns'
] as const;

export type Job = { readonly [field in (typeof fields)[number]]?: number };

export const jobBytes = fields.length * 4;

/** Kinds of job: convolution, depthwise convolution, copy between borders of zeros, copy of channels. */
export const kinds = { convolution: 0, depthwise: 1, pad: 2, copy: 3 } as const;

/** Writes a job into memory; words that it leaves out are 0. */
export function writeJob(buffer: ArrayBufferLike, at: number, job: Job): void {
	const words = new Uint32Array(buffer, at, fields.length);
	const floats = new Float32Array(buffer, at, fields.length);
	fields.forEach((field, i) => {
		if (field === 'low' || field === 'high') floats[i] = job[field] ?? 0;
		else words[i] = job[field] ?? 0;
	});
}
