import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import * as ort from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import { compileIntegerKernels } from '../../src/lib/engine/int8/kernels';
import { IntegerProgram } from '../../src/lib/engine/int8/program';
import { openFiles, type OpenedModel } from '../../src/lib/formats';
import { resolveGraph, type ResolvedGraph } from '../../src/lib/nets';
import { networkOfFile } from '../../src/lib/nets/quantization/fileNetwork';
import { runIntegers } from '../../src/lib/nets/quantization/run';
import type { IntegerNetwork, Step } from '../../src/lib/nets/quantization/steps';
import { fileIntegers, storedWeights } from '../unit/nets/quantization/fileIntegers';
import { fileCases, makeFile } from '../unit/nets/quantization/files';
import { models } from '../data';
import { mulberry, randoms } from './engine/random';
import { foldedSet } from './foldedSet';
import { qdqFile } from './qdqFile';

async function open(
	name: string,
	bytes: Uint8Array
): Promise<OpenedModel & { readonly resolved: ResolvedGraph }> {
	const opened = await openFiles([{ name, bytes }]);
	if (opened.kind !== 'model') throw new Error(`${name} is no model`);
	return { ...opened, resolved: resolveGraph(opened.graph) };
}

async function networkIn(name: string, bytes: Uint8Array): Promise<IntegerNetwork> {
	const { resolved, weights, integers } = await open(name, bytes);
	return networkOfFile(resolved, weights!, integers!);
}

/** What onnxruntime gives, in the order of values here. */
async function runOnnx(
	bytes: Uint8Array,
	resolved: ResolvedGraph,
	input: Float32Array
): Promise<Float32Array> {
	const { ref, shape } = resolved.tensors[0];
	const [height, width, channels] = shape;
	const area = height * width;
	const planes = Float32Array.from(input, (_, i) => input[(i % area) * channels + Math.floor(i / area)]!);
	const session = await ort.InferenceSession.create(bytes);
	const feeds = { [`${ref}.real`]: new ort.Tensor('float32', planes, [1, channels, height, width]) };
	const values = (await session.run(feeds))[resolved.output.ref]!.data as Float32Array;
	await session.release();
	const [rows, columns, outputs] = resolved.output.shape;
	return Float32Array.from(
		values,
		(_, i) => values[(i % outputs) * rows * columns + Math.floor(i / outputs)]!
	);
}

const largest = (values: ArrayLike<number>) => Math.max(...Array.from(values));
const answer = (values: ArrayLike<number>) => Array.from(values).indexOf(largest(values));

function softmax(values: Float32Array): Float32Array {
	const most = largest(values);
	const powers = values.map((value) => Math.exp(value - most));
	const sum = powers.reduce((total, value) => total + value, 0);
	return powers.map((value) => value / sum);
}

/** How far an output that is not rounded can be off where each value that the last layer reads is off by a step; 0 where it is. */
function readStep({ steps, tensors, output }: IntegerNetwork): number {
	const last = steps.find((step) => step.output === output.ref)!;
	if (tensors.has(output.ref)) return 0;
	const from = tensors.get(last.inputs[0]!)!.integers.scale;
	if (last.kind !== 'convolution') return from;
	const { values, scales } = last.kernel;
	const sums = new Float64Array(scales.length);
	values.forEach((weight: number, i: number) => {
		const c = i % scales.length;
		sums[c]! += Math.abs(weight) * scales[c]! * from;
	});
	return largest(sums);
}

/** onnxruntime refuses to pool between scales that lie too far apart for its multiplier, where there is nothing to compare with. */
function unlessOutOfRange(error: unknown): null {
	if (/QLinearGlobalAveragePool parameter out of computation range/.test(String(error))) return null;
	throw error;
}

describe('ONNX with QuantizeLinear and DequantizeLinear', () => {
	/** Sums, products and roundings are the same ones; float32 is added up in another order where it is left. */
	it('a network of anything gives what onnxruntime gives, within a step of its output', async () => {
		let [cases, others] = [0, 0];
		await fc.assert(
			fc.asyncProperty(fileCases, fc.boolean(), async (of, isSigned) => {
				const { resolved, stored, integers, input, network } = makeFile(of);
				const bytes = qdqFile(resolved, stored, integers, isSigned);
				const read = await networkIn('case.onnx', bytes);
				const { output } = runIntegers(read, input);
				// The file has its scales as 32-bit floats.
				const before = runIntegers(network, input).output;
				const rounding = 2 ** -22 * largest(before.map(Math.abs));
				output.forEach((value, i) => expect(Math.abs(value - before[i]!)).toBeLessThanOrEqual(rounding));
				const actual = read.hasSoftmax ? softmax(output) : output;
				const expected = await runOnnx(bytes, resolved, input).catch(unlessOutOfRange);
				fc.pre(expected !== null);
				const step = read.tensors.get(read.output.ref)?.integers.scale;
				const off = Math.max(...Array.from(actual, (value, i) => Math.abs(value - expected[i]!)));
				// Where a sum lies half-way between two integers before, what is not rounded itself is off by what a step there makes.
				const same =
					read.hasSoftmax || step === undefined ? 1e-4 * largest(expected.map(Math.abs)) : 1.001 * step;
				cases++;
				if (off > same) others++;
				expect(off).toBeLessThanOrEqual(Math.max(same, readStep(read)));
			}),
			{ numRuns: 40 }
		);
		expect(others / cases).toBeLessThan(0.1);
	});

	it.each(['cifar10-squeezenet', 'cifar10-mobilenet', 'cifar10-shufflenet', 'cifar10-xception'])(
		'%s answers as in onnxruntime, by the kernels',
		async (id) => {
			const { resolved, weights, ranges } = foldedSet(id);
			const integers = fileIntegers(resolved, ranges);
			const stored = storedWeights(resolved, weights, integers, 'channel');
			const bytes = qdqFile(resolved, stored, integers, false);
			const program = await IntegerProgram.create(
				await networkIn(`${id}.onnx`, bytes),
				await compileIntegerKernels({ threads: 1, relaxed: false })
			);
			for (const seed of [1, 2, 3]) {
				const input = randoms(mulberry(seed), 32 * 32 * 3).map((value) => 2 * value);
				const actual = softmax(program.run(input));
				const expected = await runOnnx(bytes, resolved, input);
				expect(answer(actual)).toBe(answer(expected));
				actual.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(0.01));
			}
			program.dispose();
		}
	);
});

describe.skipIf(models.isAbsent)('TensorFlow Lite', () => {
	it(
		models.needed(
			'person_detect answers as by its reference kernels; each layer alone is within a step of theirs'
		),
		async () => {
			const file = 'person_detect.tflite';
			const network = await networkIn(file, new Uint8Array(readFileSync(`${models.path}/tflite/${file}`)));
			const [height, width] = network.input.shape;
			const logits = network.tensors.get(network.output.ref)!.integers;
			const layers = { values: 0, others: 0, furthest: 0 };
			for (const seed of [1, 2, 3]) {
				const random = mulberry(seed);
				const [across, down] = [5 + 20 * random(), 5 + 20 * random()];
				const input = Float32Array.from({ length: height * width }, (_, i) =>
					Math.max(-1, Math.min(1, Math.sin((i % width) / across) + Math.cos(Math.floor(i / width) / down)))
				);
				const { tensors, output } = runIntegers(network, input);
				// Each layer by itself: of the same integers, at most one step away.
				for (const step of network.steps) {
					const expected = tfliteStep(network, step, tensors.get(step.inputs[0]!)!);
					const actual = tensors.get(step.output)!;
					expected.forEach((value, i) => {
						const off = Math.abs(value - actual[i]!);
						layers.values++;
						layers.others += off > 0 ? 1 : 0;
						layers.furthest = Math.max(layers.furthest, off);
					});
				}
				// All of them: the few values that differ, since a product is rounded twice there, go on through the network.
				let values = tensors.get(network.input.ref)!;
				for (const step of network.steps) values = tfliteStep(network, step, values);
				const expected = Float32Array.from(values, (value) => (value - logits.zeroPoint) * logits.scale);
				expect(answer(output)).toBe(answer(expected));
				const shares = softmax(expected);
				softmax(output).forEach((share, i) => expect(Math.abs(share - shares[i]!)).toBeLessThan(0.02));
			}
			expect(layers.furthest).toBeLessThanOrEqual(1);
			expect(layers.others / layers.values).toBeLessThan(0.01);
		}
	);
});

/** A step as TensorFlow Lite's reference kernels compute it: products with fixed-point numbers of 32 bits. */
function tfliteStep(network: IntegerNetwork, step: Step, values: Uint8Array): Uint8Array {
	const from = network.tensors.get(step.inputs[0]!)!;
	const to = network.tensors.get(step.output)!;
	if (step.kind !== 'convolution' && step.kind !== 'averagePool') throw new Error(step.kind);
	const [rows, columns, channels] = to.shape;
	const [height, width, inChannels] = from.shape;
	const { kernelSize, stride, padding } = step.window;
	const result = new Uint8Array(rows * columns * channels);
	const scaleOf = (c: number) =>
		step.kind === 'averagePool' ? 0 : (from.integers.scale * step.kernel.scales[c]!) / to.integers.scale;
	const fixed = Array.from({ length: channels }, (_, c) => fixedPoint(scaleOf(c)));
	const groups = step.kind === 'averagePool' ? channels : step.groups;
	const [groupIn, groupOut] = [inChannels / groups, channels / groups];
	result.forEach((_, at) => {
		const c = at % channels;
		const [y, x] = [Math.floor(at / channels / columns), Math.floor(at / channels) % columns];
		const first = Math.floor(c / groupOut) * groupIn;
		// The file's own bias: what the zero point adds to sums is not in it.
		let sum = step.kind === 'averagePool' ? 0 : step.bias[c]!;
		let count = 0;
		for (let ky = 0; ky < kernelSize[0]; ky++)
			for (let kx = 0; kx < kernelSize[1]; kx++) {
				const [row, column] = [y * stride[0] + ky - padding.top, x * stride[1] + kx - padding.left];
				const isInside = row >= 0 && column >= 0 && row < height && column < width;
				if (isInside) count++;
				for (let i = 0; i < groupIn; i++) {
					const value = isInside
						? values[(row * width + column) * inChannels + first + i]!
						: from.integers.zeroPoint;
					if (step.kind === 'averagePool') sum += isInside ? value - 128 : 0;
					else sum += value * step.kernel.values[((ky * kernelSize[1] + kx) * groupIn + i) * channels + c]!;
				}
			}
		const rounded =
			step.kind === 'averagePool'
				? Math.trunc((sum > 0 ? sum + count / 2 : sum - count / 2) / count) + 128
				: timesFixed(sum, fixed[c]!) + to.integers.zeroPoint;
		result[at] = Math.min(Math.max(rounded, step.low), step.high);
	});
	return result;
}

interface Fixed {
	/** From 2³⁰ to 2³¹. */
	readonly factor: number;
	readonly shift: number;
}

/** `QuantizeMultiplier`: a real number as factor · 2^(shift − 31). */
function fixedPoint(value: number): Fixed {
	if (value === 0) return { factor: 0, shift: 0 };
	let shift = 0;
	let share = value;
	for (; share < 0.5; share *= 2) shift--;
	for (; share >= 1; share /= 2) shift++;
	const factor = Math.round(share * 2 ** 31);
	return factor === 2 ** 31 ? { factor: 2 ** 30, shift: shift + 1 } : { factor, shift };
}

/** `MultiplyByQuantizedMultiplier`: the upper half of a product, rounded, and then shifted, with ties away from zero. */
function timesFixed(value: number, { factor, shift }: Fixed): number {
	const [left, right] = [Math.max(shift, 0), Math.max(-shift, 0)];
	const product = BigInt(value) * 2n ** BigInt(left) * BigInt(factor);
	const nudge = product >= 0n ? 1n << 30n : 1n - (1n << 30n);
	const high = Number((product + nudge) / (1n << 31n));
	const mask = 2 ** right - 1;
	const rest = ((high % 2 ** right) + 2 ** right) % 2 ** right;
	const threshold = Math.floor(mask / 2) + (high < 0 ? 1 : 0);
	return Math.floor(high / 2 ** right) + (rest > threshold ? 1 : 0);
}
