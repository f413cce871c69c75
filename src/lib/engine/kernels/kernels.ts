import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { checkPair, type Pair, type Size } from '../../ops/check';
import { resolveWindow, type Padding, type Window } from '../../ops/window';
import type { Job } from './job';
import { check, packConvolution, type ConvolutionWeights } from './pack';
import {
	bounds,
	paddedSize,
	planConvolution,
	planCopy,
	planDepthwise,
	planPadding,
	type Activation,
	type Plan
} from './plan';
import { poolBytes, Runner, type Helper } from './threads';

export interface DepthwiseWeights {
	/** `[kernelHeight, kernelWidth, channels]`, row-major: TensorFlow's layout at channelMultiplier 1. */
	readonly kernel: Float32Array;
	readonly kernelSize: Size;
	readonly channels: number;
	/** `[channels]`; zeros if left out. */
	readonly bias?: Float32Array;
	/** Default 1. */
	readonly dilation?: Size;
}

interface Packed {
	readonly kernelSize: Pair;
	readonly dilation: Pair;
	readonly inChannels: number;
	readonly outChannels: number;
	readonly weights: tf.Tensor;
	readonly bias: tf.Tensor;
	/** Frees its memory; until then it is kept, also beyond a `tf.tidy`. */
	dispose(): void;
}

/** Weights of a convolution as the kernel reads them. */
export interface PackedConvolution extends Packed {
	readonly groups: number;
	readonly taps: number;
	readonly runCount: number;
	readonly runs: tf.Tensor;
}

/** Weights of a depthwise convolution as the kernel reads them. */
export type PackedDepthwise = Packed;

export interface DepthwiseOptions {
	/** Default 1. */
	readonly stride?: Size;
	/** Default `'valid'`. */
	readonly padding?: Padding;
	/** Default `'none'`. */
	readonly activation?: Activation;
}

export interface ConvolutionOptions extends DepthwiseOptions {
	/** Added before the activation; has the output's shape. */
	readonly residual?: tf.Tensor4D;
}

/** One part of a concatenation: a convolution, which is written in place, or a tensor, which is copied. */
export interface Part {
	readonly x: tf.Tensor4D;
	readonly packed?: PackedConvolution;
	/** Where a tensor is copied only the activation counts. */
	readonly options?: DepthwiseOptions;
}

/** A part as the kernel gets it: its tensors are the kernel's inputs `x0`, `weights0`, … by its place. */
interface PartAttributes {
	readonly packed?: PackedConvolution;
	readonly window?: Window;
	readonly activation: Activation;
}

const names = {
	convolution: 'LightnetsConvolution',
	concat: 'LightnetsConcat',
	depthwise: 'LightnetsDepthwise'
} as const;

/**
 * Our kernels in TensorFlow.js's WASM backend. They work in place in its memory; scratch memory is allocated through
 * it too. One at a time: a second one takes the first one's place.
 */
export class Kernels {
	readonly #backend: BackendWasm;
	readonly #pool: tf.TensorInfo;
	readonly #runner: Runner;

	/** @throws WebAssembly.LinkError where the module was not compiled for the backend's kind of memory */
	constructor(
		backend: BackendWasm,
		module: WebAssembly.Module,
		/** Whether it multiplies and adds in one step (relaxed SIMD). */
		readonly relaxed: boolean,
		helpers: readonly Helper[] = []
	) {
		this.#backend = backend;
		const zeros = new Int32Array(poolBytes / 4);
		this.#pool = backend.makeOutput([zeros.length], 'int32', undefined, zeros);
		this.#runner = new Runner(module, memoryOf(backend), this.#address(this.#pool), helpers);
		this.#register(names.convolution, ({ inputs, attrs }) => this.#concat(inputs, attrs as never));
		this.#register(names.concat, ({ inputs, attrs }) => this.#concat(inputs, attrs as never));
		this.#register(names.depthwise, ({ inputs, attrs }) => this.#depthwise(inputs, attrs as never));
	}

	/** Threads that share the work of a kernel, the caller's included. */
	get threads(): number {
		return this.#runner.threads;
	}

	/** @throws RangeError naming what does not fit */
	packConvolution(weights: ConvolutionWeights): PackedConvolution {
		const pack = packConvolution(weights);
		const { inChannels, outChannels, groups = 1 } = weights;
		return {
			...this.#keep(weights.kernelSize, weights.dilation, {
				weights: pack.weights,
				bias: pack.bias,
				runs: pack.runs
			}),
			inChannels,
			outChannels,
			groups,
			taps: pack.taps,
			runCount: pack.runCount
		};
	}

	/** @throws RangeError naming what does not fit */
	packDepthwise({ kernel, kernelSize, channels, bias, dilation }: DepthwiseWeights): PackedDepthwise {
		const [height, width] = checkPair('kernelSize', kernelSize);
		check('kernel', kernel.length, height * width * channels);
		check('bias', bias?.length ?? channels, channels);
		return {
			...this.#keep(kernelSize, dilation, { weights: kernel, bias: bias ?? new Float32Array(channels) }),
			inChannels: channels,
			outChannels: channels
		};
	}

	/**
	 * Convolution of any kernel size, stride, dilation and number of groups.
	 * @param x `[1, height, width, inChannels]`
	 * @returns `[1, height, width, outChannels]`
	 * @throws RangeError or OpError naming what does not fit
	 */
	convolution(x: tf.Tensor4D, packed: PackedConvolution, options: ConvolutionOptions = {}): tf.Tensor4D {
		const part = partOf({ x, packed, options });
		const { residual } = options;
		const shape = [1, ...part.window!.outputSize, packed.outChannels];
		if (residual && !tf.util.arraysEqual(residual.shape, shape))
			throw new RangeError(`residual: shape ${residual.shape}, expected ${shape}`);
		return runKernel(
			names.convolution,
			{ ...tensorsOf({ x, packed }, 0), ...(residual && { residual }) },
			{ parts: [part] }
		);
	}

	/**
	 * Depthwise convolution, one filter a channel.
	 * @param x `[1, height, width, channels]`
	 * @throws RangeError or OpError naming what does not fit
	 */
	depthwise(x: tf.Tensor4D, packed: PackedDepthwise, options: DepthwiseOptions = {}): tf.Tensor4D {
		return runKernel(
			names.depthwise,
			{ x, weights: packed.weights, bias: packed.bias },
			{ packed, window: windowOf(x, packed, options), activation: options.activation ?? 'none' }
		);
	}

	/**
	 * Concatenation along channels: convolutions write their part in place, which saves a copy.
	 * @throws RangeError or OpError naming what does not fit
	 */
	concat(parts: readonly Part[]): tf.Tensor4D {
		if (parts.length === 0) throw new RangeError('parts: none, expected at least one');
		const attributes = parts.map(partOf);
		const sizes = attributes.map(({ window }, i) => window?.outputSize ?? sizeOf(parts[i]!.x.shape));
		for (const [i, [height, width]] of sizes.entries())
			if (height !== sizes[0]![0] || width !== sizes[0]![1])
				throw new RangeError(`parts[${i}]: ${height}×${width}, expected ${sizes[0]!.join('×')} as parts[0]`);
		const inputs = Object.assign({}, ...parts.map(tensorsOf)) as tf.NamedTensorMap;
		return runKernel(names.concat, inputs, { parts: attributes });
	}

	/** Ends the threads, frees memory and takes the kernels out of TensorFlow.js. What was packed stays. */
	dispose(): void {
		this.#runner.dispose();
		for (const name of Object.values(names)) tf.unregisterKernel(name, 'wasm');
		this.#backend.disposeData(this.#pool.dataId);
	}

	#register(kernelName: string, kernelFunc: tf.KernelFunc): void {
		if (tf.getKernel(kernelName, 'wasm')) tf.unregisterKernel(kernelName, 'wasm');
		tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc });
	}

	#keep<T extends Record<string, Float32Array | Int32Array>>(kernelSize: Size, dilation: Size = 1, data: T) {
		const tensors = Object.entries(data).map(
			([name, values]) =>
				[name, tf.keep(tf.tensor1d(values, values instanceof Float32Array ? 'float32' : 'int32'))] as const
		);
		return {
			kernelSize: checkPair('kernelSize', kernelSize),
			dilation: checkPair('dilation', dilation),
			...(Object.fromEntries(tensors) as Record<keyof T, tf.Tensor>),
			dispose: () => tf.dispose(tensors.map(([, tensor]) => tensor))
		};
	}

	#address({ dataId }: tf.TensorInfo): number {
		return this.#backend.getMemoryOffset(dataId);
	}

	#run({ job, chunks }: Plan, more: Job): void {
		this.#runner.run({ ...job, ...more }, chunks);
	}

	#concat(inputs: tf.NamedTensorInfoMap, { parts }: { parts: readonly PartAttributes[] }): tf.TensorInfo {
		const channels = parts.map(({ packed }, i) => packed?.outChannels ?? inputs[`x${i}`]!.shape[3]!);
		const outChannels = channels.reduce((sum, n) => sum + n);
		const size = parts[0]!.window?.outputSize ?? sizeOf(inputs.x0!.shape);
		const output = this.#backend.makeOutput([1, ...size, outChannels], 'float32');
		let offset = 0;
		for (const [i, part] of parts.entries()) {
			const x = inputs[`x${i}`]!;
			const to = { output: this.#address(output) + offset * 4, ...bounds(part.activation) };
			if (part.packed && part.window)
				this.#convolve(x, part.packed, part.window, outChannels, {
					...to,
					weights: this.#address(inputs[`weights${i}`]!),
					bias: this.#address(inputs[`bias${i}`]!),
					runs: this.#address(inputs[`runs${i}`]!),
					residual: inputs.residual ? this.#address(inputs.residual) : 0
				});
			else
				this.#run(planCopy(size, channels[i]!, outChannels, this.threads), {
					...to,
					input: this.#address(x)
				});
			offset += channels[i]!;
		}
		return output;
	}

	#convolve(
		x: tf.TensorInfo,
		packed: PackedConvolution,
		window: Window,
		outChannels: number,
		job: Job
	): void {
		const size = sizeOf(x.shape);
		const padded = paddedSize(window, size[1]);
		if (!padded) {
			const plan = planConvolution(packed, window, size[1], outChannels, this.threads);
			this.#run(plan, { ...job, input: this.#address(x) });
			return;
		}
		const copy = this.#backend.makeOutput([...padded, packed.inChannels], 'float32');
		this.#run(planPadding(window, padded, size, packed.inChannels, this.threads), {
			input: this.#address(x),
			output: this.#address(copy)
		});
		const plan = planConvolution(packed, window, padded[1], outChannels, this.threads);
		this.#run(plan, { ...job, input: this.#address(copy) });
		this.#backend.disposeData(copy.dataId);
	}

	#depthwise(
		{ x, weights, bias }: tf.NamedTensorInfoMap,
		{ packed, window, activation }: { packed: PackedDepthwise; window: Window; activation: Activation }
	): tf.TensorInfo {
		const output = this.#backend.makeOutput([1, ...window.outputSize, packed.outChannels], 'float32');
		this.#run(planDepthwise(window, sizeOf(x!.shape), packed.inChannels, this.threads), {
			input: this.#address(x!),
			output: this.#address(output),
			weights: this.#address(weights!),
			bias: this.#address(bias!),
			...bounds(activation)
		});
		return output;
	}
}

/** The backend's memory: the threaded build has it as a property, the other one exports it. */
function memoryOf({ wasm }: BackendWasm): WebAssembly.Memory {
	const { wasmMemory, asm } = wasm as unknown as {
		wasmMemory?: WebAssembly.Memory;
		asm: { memory?: WebAssembly.Memory };
	};
	const memory = wasmMemory ?? asm.memory;
	if (!memory)
		throw new Error("TensorFlow.js's WASM backend shows no memory; expected wasmMemory or asm.memory");
	return memory;
}

function runKernel(name: string, inputs: tf.NamedTensorMap, attributes: object): tf.Tensor4D {
	return tf.engine().runKernel(name, inputs, attributes as unknown as tf.NamedAttrMap);
}

const sizeOf = (shape: readonly number[]): Pair => [shape[1]!, shape[2]!];

function windowOf(
	{ shape }: tf.Tensor4D,
	packed: Packed,
	{ stride = 1, padding = 'valid' }: DepthwiseOptions
) {
	const [batch, height, width, channels] = shape;
	if (batch !== 1 || channels !== packed.inChannels)
		throw new RangeError(`x: shape ${shape}, expected 1,height,width,${packed.inChannels}`);
	const { kernelSize, dilation } = packed;
	return resolveWindow([height, width, channels], { kernelSize, dilation, stride, padding });
}

function partOf({ x, packed, options = {} }: Part): PartAttributes {
	const { activation = 'none' } = options;
	return packed ? { packed, window: windowOf(x, packed, options), activation } : { activation };
}

function tensorsOf({ x, packed }: Part, i: number): tf.NamedTensorMap {
	if (!packed) return { [`x${i}`]: x };
	const { weights, bias, runs } = packed;
	return { [`x${i}`]: x, [`weights${i}`]: weights, [`bias${i}`]: bias, [`runs${i}`]: runs };
}
