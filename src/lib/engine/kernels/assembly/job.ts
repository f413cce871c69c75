/** What one run of a kernel needs: 32-bit words in shared memory, which ../job.ts writes in the same order. */
@unmanaged
export class Job {
	/** First byte of the input: a tensor, or its padded copy. */
	input: usize;
	/** First byte of the output. */
	output: usize;
	weights: usize;
	bias: usize;
	/** What is added before the activation, laid out as the output is (0: nothing). */
	residual: usize;
	/** Runs of neighbouring inputs in a kernel row, [group][runCount]: offset in bytes, then 32 × length. */
	runs: usize;
	/** Winograd, convolution of integers: scratch memory, `scratchBytes` for each thread. */
	scratch: usize;
	/** Integers: what brings a sum to the next scale, float32. */
	multipliers: usize;

	/**
	 * 0: convolution, 1: depthwise, 2: copy between borders, 3: copy of channels, 4: convolution by Winograd's method; of integers
	 * 5: convolution, 6: depthwise, 7: copy between borders, 8: copy of channels, 9: maximum, 10: average, 11: sum, 12: shuffle.
	 */
	kind: i32;
	/** Bytes from one position of the output to the next. */
	outputStep: usize;
	/** The activation: results are clamped to low … high; integers before the zero point is added. */
	low: f32;
	high: f32;
	/** Size of the output. */
	rows: i32;
	columns: i32;
	/** How many positions (convolution), tiles (Winograd) or rows (others) a chunk does, and how many chunks share them by channels. */
	blockSize: i32;
	splits: i32;
	kernelRows: i32;

	/** Convolution: bytes from one output row's first input to the next one's; so for columns, and for kernel rows. */
	inputRow: usize;
	inputColumn: usize;
	kernelRow: usize;
	/** Output channels of a group, and input values that one of them is computed from. */
	groups: i32;
	outChannels: i32;
	taps: i32;
	runCount: i32;

	/** Others: the input's size, and rows and columns of padding before it. */
	inRows: i32;
	inColumns: i32;
	inChannels: i32;
	top: i32;
	left: i32;
	/** Depthwise; strides of Winograd, too: 1 for a 3×3 kernel, 2 for a 7×7 one. */
	kernelColumns: i32;
	strideRows: i32;
	strideColumns: i32;
	dilationRows: i32;
	dilationColumns: i32;
	scratchBytes: usize;

	/** Integers, which are bytes: of the input, of what is added to it, and of the output, the one that stands for 0. */
	zero: i32;
	addedZero: i32;
	outputZero: i32;
	/** 1 where sums are written as float32 after their product. */
	isReal: i32;
	/** Bytes from one position of what is added to the next. */
	addedStep: usize;
	/** Convolution: 1 where weights have 16 bits, of which two are multiplied at once. */
	isWide: i32;
}
