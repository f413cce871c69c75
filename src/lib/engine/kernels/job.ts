/** A job's words in memory: addresses first, then what a plan fixes; `assembly/job.ts` says what they mean. */
const addresses = [
	'input',
	'output',
	'weights',
	'bias',
	'residual',
	'runs',
	'scratch',
	'multipliers'
] as const;
const fixed = [
	'kind',
	'outputStep',
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
	'dilationColumns',
	'scratchBytes',
	'zero',
	'addedZero',
	'outputZero',
	'isReal',
	'addedStep',
	'isWide'
] as const;

/** Where a job's tensors lie; 0 if left out. */
export type Addresses = { readonly [field in (typeof addresses)[number]]?: number };

/** What a job's plan fixes; 0 if left out. */
export type Fixed = { readonly [field in (typeof fixed)[number]]?: number };

/**
 * Kinds of job: convolution, depthwise convolution, copy between borders of zeros, copy of channels, convolution by Winograd's
 * method; and those on integers.
 */
export const kinds = {
	...{ convolution: 0, depthwise: 1, pad: 2, copy: 3, winograd: 4 },
	...{ integerConvolution: 5, integerDepthwise: 6, integerPad: 7, integerCopy: 8 },
	...{ integerMaximum: 9, integerAverage: 10, integerSum: 11, integerShuffle: 12 }
} as const;

export const jobBytes = (addresses.length + fixed.length) * 4;

/** The words that a plan fixes. */
export function encode(job: Fixed): Uint32Array {
	const words = new Uint32Array(fixed.length);
	const floats = new Float32Array(words.buffer);
	for (const [i, field] of fixed.entries()) {
		if (field === 'low' || field === 'high') floats[i] = job[field] ?? 0;
		else words[i] = job[field] ?? 0;
	}
	return words;
}

/** Writes a job to `heap[at]` and on. */
export function writeJob(heap: Uint32Array, at: number, of: Addresses, words: Uint32Array): void {
	for (let i = 0; i < addresses.length; i++) heap[at + i] = of[addresses[i]!] ?? 0;
	heap.set(words, at + addresses.length);
}
