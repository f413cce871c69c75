import type { Shape, Window } from '../../ops';
import { rescaled, toIntegers } from './integers';
import type { IntegerNetwork, IntegerTensor, Step } from './steps';

/** What a network on integers gives. */
export interface IntegerRun {
	/** All tensors of integers, by name. */
	readonly tensors: ReadonlyMap<string, Uint8Array>;
	/** The logits. */
	readonly output: Float32Array;
}

/**
 * Runs a network on integers, step by step, value by value: the reference that the engine's kernels have to equal.
 * @param input values of the graph's input
 */
export function runIntegers(network: IntegerNetwork, input: Float32Array): IntegerRun {
	const tensors = new Map([[network.input.ref, toIntegers(input, network.input.integers)]]);
	let output: Float32Array | null = null;
	for (const step of network.steps) {
		const reads = step.inputs.map((ref) => ({ ...network.tensors.get(ref)!, data: tensors.get(ref)! }));
		const to = network.tensors.get(step.output);
		if (to) tensors.set(step.output, runStep(step, reads, to));
		else output = realSums(step, reads[0]!);
	}
	if (output) return { tensors, output };
	const { ref } = network.output;
	const { scale, zeroPoint } = network.tensors.get(ref)!.integers;
	return { tensors, output: Float32Array.from(tensors.get(ref)!, (value) => (value - zeroPoint) * scale) };
}

interface Read extends IntegerTensor {
	readonly data: Uint8Array;
}

function runStep(step: Step, reads: readonly Read[], to: IntegerTensor): Uint8Array {
	const [height, width, channels] = to.shape;
	const result = new Uint8Array(height * width * channels);
	const { zeroPoint } = to.integers;
	const x = reads[0]!;
	switch (step.kind) {
		case 'convolution':
		case 'averagePool': {
			const { low, high } = step;
			eachSum(step, x, (at, sum, multiplier) => {
				result[at] = rescaled(sum, multiplier, zeroPoint, low, high);
			});
			return result;
		}
		case 'maxPool':
			eachPosition(step.window, (y, xo, at) => {
				for (let c = 0; c < channels; c++) {
					let most = 0;
					eachTap(step.window, y, xo, x.shape, (from) => {
						most = Math.max(most, x.data[from * channels + c]!);
					});
					result[at * channels + c] = most;
				}
			});
			return result;
		case 'sum': {
			const { low, high, multipliers } = step;
			for (let i = 0; i < result.length; i++) {
				let sum = 0;
				reads.forEach(({ data, integers }, n) => {
					sum = Math.fround(sum + Math.fround((data[i]! - integers.zeroPoint) * multipliers[n]!));
				});
				result[i] = rescaled(sum, 1, zeroPoint, low, high);
			}
			return result;
		}
		case 'shuffle': {
			const each = channels / step.groups;
			for (let at = 0; at < result.length; at += channels)
				for (let c = 0; c < channels; c++)
					result[at + (c % each) * step.groups + Math.floor(c / each)] = x.data[at + c]!;
			return result;
		}
		case 'concat': {
			let start = 0;
			for (const { data, shape } of reads) {
				for (let i = 0; i < data.length; i++)
					result[Math.floor(i / shape[2]) * channels + start + (i % shape[2])] = data[i]!;
				start += shape[2];
			}
			return result;
		}
	}
}

/** Sums that are not rounded again. */
function realSums(step: Step, x: Read): Float32Array {
	if (step.kind !== 'convolution' && step.kind !== 'averagePool')
		throw new RangeError(`${step.output}: a ${step.kind} gives integers`);
	const [rows, columns] = step.window.outputSize;
	const channels = step.kind === 'convolution' ? step.bias.length : x.shape[2];
	const result = new Float32Array(rows * columns * channels);
	eachSum(step, x, (at, sum, multiplier) => {
		result[at] = Math.fround(sum) * multiplier;
	});
	return result;
}

/** The sum of each output value, and what brings it to the next scale. */
function eachSum(
	step: Step & { readonly kind: 'convolution' | 'averagePool' },
	{ data, shape, integers }: Read,
	use: (at: number, sum: number, multiplier: number) => void
): void {
	const { window, multipliers } = step;
	const inChannels = shape[2];
	if (step.kind === 'averagePool') {
		eachPosition(window, (y, x, at) => {
			for (let c = 0; c < inChannels; c++) {
				let sum = 0;
				eachTap(window, y, x, shape, (from) => {
					sum += data[from * inChannels + c]! - integers.zeroPoint;
				});
				use(at * inChannels + c, sum, multipliers[at]!);
			}
		});
		return;
	}
	const { bias, groups, kernel } = step;
	const outChannels = bias.length;
	const [groupIn, groupOut] = [inChannels / groups, outChannels / groups];
	const taps = window.kernelSize[0] * window.kernelSize[1];
	const products = groupIn * taps;
	eachPosition(window, (y, x, at) => {
		for (let group = 0; group < groups; group++) {
			const read = new Int32Array(products).fill(integers.zeroPoint);
			eachTap(window, y, x, shape, (from, tap) => {
				for (let i = 0; i < groupIn; i++)
					read[tap * groupIn + i] = data[from * inChannels + group * groupIn + i]!;
			});
			for (let c = group * groupOut; c < (group + 1) * groupOut; c++) {
				let sum = bias[c]!;
				for (let i = 0; i < products; i++) sum += read[i]! * kernel.values[i * outChannels + c]!;
				use(at * outChannels + c, sum, multipliers[c]!);
			}
		}
	});
}

function eachPosition({ outputSize }: Window, use: (y: number, x: number, at: number) => void): void {
	const [rows, columns] = outputSize;
	for (let y = 0; y < rows; y++) for (let x = 0; x < columns; x++) use(y, x, y * columns + x);
}

/** The taps of an output position that lie inside the input: which position, and which tap. */
function eachTap(
	{ kernelSize, stride, dilation, padding }: Window,
	y: number,
	x: number,
	[height, width]: Shape,
	use: (from: number, tap: number) => void
): void {
	for (let ky = 0; ky < kernelSize[0]; ky++) {
		const row = y * stride[0] - padding.top + ky * dilation[0];
		if (row < 0 || row >= height) continue;
		for (let kx = 0; kx < kernelSize[1]; kx++) {
			const column = x * stride[1] - padding.left + kx * dilation[1];
			if (column >= 0 && column < width) use(row * width + column, ky * kernelSize[1] + kx);
		}
	}
}
