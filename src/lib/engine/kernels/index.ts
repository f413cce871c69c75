/**
 * Our own kernels for TensorFlow.js's WASM backend: convolution (pointwise, grouped with channel shuffle, k×k) and
 * depthwise convolution, with bias, addition and activation fused. They are run by `tf.engine().runKernel`, so that
 * tidy, memory management and profiling know of them. Layout is TensorFlow's: activations `[1, height, width, channels]`.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { Kernels } from './kernels';
import { startHelper } from './startHelper';

export type {
	ConvolutionOptions,
	DepthwiseWeights,
	Kernels,
	PackedConvolution,
	PackedDepthwise,
	Part,
	PlacementOptions
} from './kernels';
export type { ConvolutionWeights } from './pack';
export type { Activation } from './plan';

/** A module of one function that is one relaxed multiply-add. */
const relaxedProbe = new Uint8Array([
	0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 19, 1, 17, 0, 65, 0, 253, 15, 65, 0,
	253, 15, 65, 0, 253, 15, 253, 133, 2, 11
]);

/** Whether this browser multiplies and adds in one step. */
export const hasRelaxedSimd = (): boolean => WebAssembly.validate(relaxedProbe);

export interface LoadOptions {
	/** Threads to use where memory is shared; default: what the device has. */
	readonly threads?: number;
	/** Use relaxed SIMD; default: where the browser has it. */
	readonly relaxed?: boolean;
}

/** The compiled modules; each is fetched when it is used. */
const variants = {
	plain: () => import('./generated/plain'),
	relaxed: () => import('./generated/relaxed'),
	'plain-shared': () => import('./generated/plain-shared'),
	'relaxed-shared': () => import('./generated/relaxed-shared')
};

/** Compiles a variant of the kernels. */
export async function compile(relaxed: boolean, shared: boolean): Promise<WebAssembly.Module> {
	const { default: base64 } = await variants[`${relaxed ? 'relaxed' : 'plain'}${shared ? '-shared' : ''}`]();
	return WebAssembly.compile(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)));
}

/**
 * Takes our kernels into use in the WASM backend, which must be TensorFlow.js's current one.
 * @returns null where they cannot run: another backend, or no SIMD. The library's own operators do then.
 */
export async function loadKernels(options: LoadOptions = {}): Promise<Kernels | null> {
	if (tf.getBackend() !== 'wasm') return null;
	const backend = tf.backend() as BackendWasm;
	const { relaxed = hasRelaxedSimd(), threads = globalThis.navigator?.hardwareConcurrency ?? 1 } = options;
	const shared = 'PThread' in backend.wasm;
	let kernels: Kernels;
	try {
		kernels = new Kernels(backend, await compile(relaxed, shared), relaxed);
	} catch (error) {
		if (error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError) return null;
		throw error;
	}
	if (shared) await kernels.addThreads(threads - 1, startHelper);
	return kernels;
}
