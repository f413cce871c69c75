import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { checkPair, type Pair, type Size } from '../../ops/check';
import { resolveWindow, type Padding, type Window } from '../../ops/window';
import { check, packConvolution, packWinograd, winogradStride, type ConvolutionWeights } from './pack';
import {
	planConvolution,
	planCopy,
	planDepthwise,
	planWinograd,
	type Activation,
	type ConvolutionPlan,
	type Plan
} from './plan';
import { poolBytes, Runner, type Helper, type HelperStart } from './threads';

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
	/** What it reads of its input; null where weights are transformed, for Winograd's method. */
	readonly runs: { readonly taps: number; readonly runCount: number; readonly table: tf.Tensor } | null;
}

/** Weights of a depthwise convolution as the kernel reads them. */
export type PackedDepthwise = Packed;

/**
 * How a kernel is placed, and what follows it. Weights remember the plan for the last stride and padding, by identity:
 * the same objects again are faster than equal ones.
 */
export interface PlacementOptions {
	/** Default 1. */
	readonly stride?: Size;
	/** Default `'valid'`. */
	readonly padding?: Padding;
	/** Default `'none'`. */
	readonly activation?: Activation;
}

export interface ConvolutionOptions extends PlacementOptions {
	/** Added before the activation; has the output's shape. */
	readonly residual?: tf.Tensor4D;
}

/** One part of a concatenation: a convolution, which is written in place, or a tensor, which is copied. */
export interface Part {
	readonly x: tf.Tensor4D;
	readonly packed?: PackedConvolution;
	/** Where a tensor is copied only the activation counts. */
	readonly options?: PlacementOptions;
}

/** What is remembered with packed weights: the last plan, and for what it was made. */
interface Remembered<P> {
	readonly stride: Size;
	readonly padding: Padding;
	readonly activation: Activation;
	readonly size: Pair;
	readonly outputChannels: number;
	readonly outputSize: Pair;
	readonly plan: P;
}

/** What a kernel gets besides its inputs `x0`, `weights0`, `bias0`, `runs0`, `x1` …, of which a copy has only x. */
interface Attributes {
	readonly shape: [number, number, number, number];
	readonly parts: readonly { readonly channels: number; readonly plan: ConvolutionPlan | Plan }[];
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
	readonly #remembered = new WeakMap<Packed, Remembered<unknown>>();

	/** @throws WebAssembly.LinkError where the module was not compiled for the backend's kind of memory */
	constructor(
		backend: BackendWasm,
		module: WebAssembly.Module,
		/** Whether it multiplies and adds in one step (relaxed SIMD). */
		readonly relaxed: boolean
	) {
		this.#backend = backend;
		const zeros = new Int32Array(poolBytes / 4);
		this.#pool = backend.makeOutput([zeros.length], 'int32', undefined, zeros);
		this.#runner = new Runner(module, memoryOf(backend), this.#address(this.#pool));
		register(names.convolution, ({ inputs, attrs }) => this.#concat(inputs, attrs as never));
		register(names.concat, ({ inputs, attrs }) => this.#concat(inputs, attrs as never));
		register(names.depthwise, ({ inputs, attrs }) => this.#depthwise(inputs, attrs as never));
	}

	/** Adds up to `count` threads: as many as come up. Shared memory only; before the first plan. */
	async addThreads(count: number, start: (message: HelperStart) => Promise<Helper | null>): Promise<void> {
		const started = Array.from({ length: count }, () => start(this.#runner.start));
		for (const helper of await Promise.all(started)) if (helper) this.#runner.join(helper);
	}

	/** Threads that share the work of a kernel, the caller's included. */
	get threads(): number {
		return this.#runner.threads;
	}

	/** @throws RangeError naming what does not fit */
	packConvolution(of: ConvolutionWeights): PackedConvolution {
		const { weights, bias, runs, taps, runCount } = packConvolution(of);
		const { inChannels, outChannels, groups = 1, kernelSize, dilation } = of;
		const tensors = { weights: keep(weights), bias: keep(bias) };
		const table = keep(runs);
		return {
			...{ ...placement(kernelSize, dilation), ...tensors, inChannels, outChannels, groups },
			runs: { taps, runCount, table },
			dispose: () => tf.dispose([tensors, table])
		};
	}

	/**
	 * The same for Winograd's method, which has fewer multiplications and four times the weights: a 3×3 kernel that is run
	 * at stride 1, or a 7×7 one at stride 2, without groups and dilation.
	 * @throws RangeError naming what does not fit
	 */
	packWinograd(of: ConvolutionWeights): PackedConvolution {
		const { weights, bias } = packWinograd(of);
		const { inChannels, outChannels, kernelSize } = of;
		const tensors = { weights: keep(weights), bias: keep(bias) };
		return {
			...{ ...placement(kernelSize), ...tensors, inChannels, outChannels, groups: 1, runs: null },
			dispose: () => tf.dispose(tensors)
		};
	}

	/** @throws RangeError naming what does not fit */
	packDepthwise(of: DepthwiseWeights): PackedDepthwise {
		const { kernel, channels, bias = new Float32Array(channels) } = of;
		const placed = placement(of.kernelSize, of.dilation);
		check('kernel', kernel.length, placed.kernelSize[0] * placed.kernelSize[1] * channels);
		check('bias', bias.length, channels);
		const tensors = { weights: keep(kernel), bias: keep(bias) };
		return {
			...{ ...placed, ...tensors, inChannels: channels, outChannels: channels },
			dispose: () => tf.dispose(tensors)
		};
	}

	/**
	 * Convolution of any kernel size, stride, dilation and number of groups.
	 * @param x `[1, height, width, inChannels]`
	 * @returns `[1, height, width, outChannels]`
	 * @throws RangeError or OpError naming what does not fit
	 */
	convolution(x: tf.Tensor4D, packed: PackedConvolution, options: ConvolutionOptions = {}): tf.Tensor4D {
		const { outChannels } = packed;
		const { residual } = options;
		const { outputSize, plan } = this.#planConvolution(x, packed, options, outChannels);
		const shape = [1, ...outputSize, outChannels] as const;
		if (residual && !tf.util.arraysEqual(residual.shape, [...shape]))
			throw new RangeError(`residual: shape ${residual.shape}, expected ${shape}`);
		const inputs = tensorsOf({ x, packed }, 0);
		return runKernel(names.convolution, residual ? { ...inputs, residual } : inputs, {
			shape: [...shape],
			parts: [{ channels: outChannels, plan }]
		});
	}

	/**
	 * Depthwise convolution, one filter a channel.
	 * @param x `[1, height, width, channels]`
	 * @throws RangeError or OpError naming what does not fit
	 */
	depthwise(x: tf.Tensor4D, packed: PackedDepthwise, options: PlacementOptions = {}): tf.Tensor4D {
		const { outChannels, weights, bias } = packed;
		const { outputSize, plan } = this.#remember(x, packed, options, outChannels, (window, size, activation) =>
			planDepthwise(window, size, outChannels, activation, this.threads)
		);
		return runKernel(
			names.depthwise,
			{ x, weights, bias },
			{ shape: [1, ...outputSize, outChannels], parts: [{ channels: outChannels, plan }] }
		);
	}

	/**
	 * Concatenation along channels: convolutions write their part in place, which saves a copy.
	 * @throws RangeError or OpError naming what does not fit
	 */
	concat(parts: readonly Part[]): tf.Tensor4D {
		const channels = parts.map(({ x, packed }) => packed?.outChannels ?? x.shape[3]);
		const outputChannels = channels.reduce((sum, n) => sum + n, 0);
		const planned = parts.map(({ x, packed, options = {} }) =>
			packed
				? this.#planConvolution(x, packed, options, outputChannels)
				: this.#planCopy(x, options, outputChannels)
		);
		if (!planned[0]) throw new RangeError('parts: none, expected at least one');
		const [height, width] = planned[0].outputSize;
		for (const [i, { outputSize }] of planned.entries())
			if (outputSize[0] !== height || outputSize[1] !== width)
				throw new RangeError(`parts[${i}]: ${outputSize.join('×')}, expected ${height}×${width} as parts[0]`);
		return runKernel(names.concat, Object.assign({}, ...parts.map(tensorsOf)), {
			shape: [1, height, width, outputChannels],
			parts: planned.map(({ plan }, i) => ({ channels: channels[i]!, plan }))
		});
	}

	/** Ends the threads, frees memory and takes the kernels out of TensorFlow.js. What was packed stays. */
	dispose(): void {
		for (const name of Object.values(names)) tf.unregisterKernel(name, 'wasm');
		// A thread that is told to end looks at its pool for a while yet. Were that memory another pool's by then, it would
		// claim work there and take it along when it ends, and the owner would wait for ever. So a few hundred bytes stay.
		if (this.#runner.threads === 1) this.#backend.disposeData(this.#pool.dataId);
		this.#runner.dispose();
	}

	#planConvolution(
		x: tf.Tensor4D,
		packed: PackedConvolution,
		options: PlacementOptions,
		outputChannels: number
	) {
		const { runs } = packed;
		const { threads } = this;
		return this.#remember(x, packed, options, outputChannels, (window, size, activation) =>
			runs
				? planConvolution({ ...packed, ...runs }, window, size, activation, outputChannels, threads)
				: planWinograd(packed, fitsWinograd(window), size, activation, outputChannels, threads)
		);
	}

	#planCopy({ shape }: tf.Tensor4D, { activation = 'none' }: PlacementOptions, outputChannels: number) {
		if (shape[0] !== 1) throw new RangeError(`x: shape ${shape}, expected 1,height,width,channels`);
		const outputSize: Pair = [shape[1], shape[2]];
		return { outputSize, plan: planCopy(outputSize, shape[3], activation, outputChannels, this.threads) };
	}

	/** What was planned the last time, if that was for the same; planning costs as much as a small layer. */
	#remember<P>(
		x: tf.Tensor4D,
		packed: Packed,
		{ stride = 1, padding = 'valid', activation = 'none' }: PlacementOptions,
		outputChannels: number,
		plan: (window: Window, size: Pair, activation: Activation) => P
	): Remembered<P> {
		const [batch, height, width, channels] = x.shape;
		if (batch !== 1 || channels !== packed.inChannels)
			throw new RangeError(`x: shape ${x.shape}, expected 1,height,width,${packed.inChannels}`);
		const last = this.#remembered.get(packed) as Remembered<P> | undefined;
		if (
			last?.stride === stride &&
			last.padding === padding &&
			last.activation === activation &&
			last.size[0] === height &&
			last.size[1] === width &&
			last.outputChannels === outputChannels
		)
			return last;
		const { kernelSize, dilation } = packed;

		const size: Pair = [height, width];
		const window = resolveWindow([height, width, channels], { kernelSize, dilation, stride, padding });
		const { outputSize } = window;
		const now = {
			...{ stride, padding, activation, size, outputChannels, outputSize },
			plan: plan(window, size, activation)
		};
		this.#remembered.set(packed, now);
		return now;
	}

	#address({ dataId }: tf.TensorInfo): number {
		return this.#backend.getMemoryOffset(dataId);
	}

	#concat(inputs: tf.NamedTensorInfoMap, { shape, parts }: Attributes): tf.TensorInfo {
		const output = this.#backend.makeOutput(shape, 'float32');
		const residual = inputs.residual ? this.#address(inputs.residual) : 0;
		let to = this.#address(output);
		for (const [i, { channels, plan }] of parts.entries()) {
			const input = this.#address(inputs[`x${i}`]!);
			if ('words' in plan) this.#runner.run(plan, { input, output: to });
			else {
				const weights = this.#address(inputs[`weights${i}`]!);
				const bias = this.#address(inputs[`bias${i}`]!);
				const table = inputs[`runs${i}`];
				const channelsIn = inputs[`x${i}`]!.shape[3]!;
				const padded = plan.padding && this.#pad(input, plan.padding, channelsIn);
				const scratch = plan.scratchBytes && this.#backend.makeOutput([plan.scratchBytes / 4], 'float32');
				this.#runner.run(plan.plan, {
					...{ input: padded ? this.#address(padded) : input, output: to, weights, bias, residual },
					...(table && { runs: this.#address(table) }),
					...(scratch && { scratch: this.#address(scratch) })
				});
				if (padded) this.#backend.disposeData(padded.dataId);
				if (scratch) this.#backend.disposeData(scratch.dataId);
			}
			to += channels * 4;
		}
		return output;
	}

	#pad(input: number, { size, plan }: { size: Pair; plan: Plan }, channels: number): tf.TensorInfo {
		const padded = this.#backend.makeOutput([...size, channels], 'float32');
		this.#runner.run(plan, { input, output: this.#address(padded) });
		return padded;
	}

	#depthwise({ x, weights, bias }: tf.NamedTensorInfoMap, { shape, parts }: Attributes): tf.TensorInfo {
		const output = this.#backend.makeOutput(shape, 'float32');
		this.#runner.run(parts[0]!.plan as Plan, {
			input: this.#address(x!),
			output: this.#address(output),
			weights: this.#address(weights!),
			bias: this.#address(bias!)
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

function register(kernelName: string, kernelFunc: tf.KernelFunc): void {
	if (tf.getKernel(kernelName, 'wasm')) tf.unregisterKernel(kernelName, 'wasm');
	tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc });
}

function runKernel(name: string, inputs: tf.NamedTensorMap, attributes: Attributes): tf.Tensor4D {
	return tf.engine().runKernel(name, inputs, attributes as unknown as tf.NamedAttrMap);
}

const keep = (values: Float32Array | Int32Array): tf.Tensor =>
	tf.keep(tf.tensor1d(values, values instanceof Float32Array ? 'float32' : 'int32'));

const placement = (kernelSize: Size, dilation: Size = 1) => ({
	kernelSize: checkPair('kernelSize', kernelSize),
	dilation: checkPair('dilation', dilation)
});

function tensorsOf({ x, packed }: Part, i: number): tf.NamedTensorMap {
	if (!packed) return { [`x${i}`]: x };
	const { weights, bias, runs } = packed;
	const named = { [`x${i}`]: x, [`weights${i}`]: weights, [`bias${i}`]: bias };
	return runs ? { ...named, [`runs${i}`]: runs.table } : named;
}

/** @throws RangeError for another stride than weights were transformed for */
function fitsWinograd(window: Window): Window {
	const expected = winogradStride(window.kernelSize)!;
	if (tf.util.arraysEqual([...window.stride], [...expected])) return window;
	throw new RangeError(`stride: ${window.stride}, expected ${expected}, which weights were transformed for`);
}
