import * as wasm from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { loadKernels, type Kernels } from './kernels';
import { reasonOf } from './failures';

/** In the order in which they are preferred where nothing else decides. */
export const backendNames = ['wasm', 'webgpu', 'webgl'] as const;
export type BackendName = (typeof backendNames)[number];

/** What the networks run on. */
export interface BackendState {
	readonly name: BackendName;
	/** Threads that share the work; 1 on a GPU. */
	readonly threads: number;
	/** Our own kernels, with relaxed SIMD or without; `null` where the library's operators do all. */
	readonly kernels: 'relaxed' | 'plain' | null;
}

/**
 * What the reader should know of the backend.
 *
 * - `unavailable` (`backend`, `reason`): this device or browser does not have it; another is used
 * - `failed` (`backend`, `reason`): it broke while it ran; WASM took over
 * - `oneThread`: the page is not cross-origin isolated, so that WASM has one thread
 */
export interface Notice {
	readonly code: 'unavailable' | 'failed' | 'oneThread';
	readonly params: Readonly<Record<string, string>>;
	readonly message: string;
}

export interface OpenBackend {
	readonly state: BackendState;
	readonly kernels: Kernels | null;
	/** Calls back once should a GPU take its context away. */
	onLost(callback: (reason: string) => void): void;
	close(): void;
}

/**
 * Takes a backend into use; its code is loaded now.
 * @throws what TensorFlow.js throws where the device does not have it
 */
export async function openBackend(name: BackendName): Promise<OpenBackend> {
	if (name === 'wasm') return openWasm();
	if (name === 'webgpu') await import('@tensorflow/tfjs-backend-webgpu');
	else await import('@tensorflow/tfjs-backend-webgl');
	await take(name);
	const state: BackendState = { name, threads: 1, kernels: null };
	return {
		state,
		kernels: null,
		onLost: (callback) => watchGpu(name, callback),
		// TensorFlow.js keeps a GPU's context for the next time.
		close: () => {}
	};
}

async function openWasm(): Promise<OpenBackend> {
	// TensorFlow.js takes half of the device's threads by itself.
	wasm.setThreadsCount(globalThis.navigator?.hardwareConcurrency ?? 1);
	await take('wasm');
	const kernels = await loadKernels();
	const state: BackendState = {
		name: 'wasm',
		threads: kernels?.threads ?? wasm.getThreadsCount(),
		kernels: kernels && (kernels.relaxed ? 'relaxed' : 'plain')
	};
	return { state, kernels, onLost: () => {}, close: () => kernels?.dispose() };
}

async function take(name: BackendName): Promise<void> {
	let taken = false;
	try {
		taken = await tf.setBackend(name);
	} catch (error) {
		throw new Error(reasonOf(error), { cause: error });
	}
	if (!taken) throw new Error(`this browser gives no ${name}`);
	await tf.ready();
}

/** The parts of the GPU backends that say when they are lost; both are properties that their types do not show. */
interface GpuBackend {
	readonly gpgpu?: { readonly gl: WebGL2RenderingContext };
	readonly device?: { readonly lost: Promise<{ readonly message: string }> };
}

function watchGpu(name: BackendName, callback: (reason: string) => void): void {
	const { gpgpu, device } = tf.backend() as unknown as GpuBackend;
	gpgpu?.gl.canvas.addEventListener('webglcontextlost', () => callback(`${name} lost its context`), {
		once: true
	});
	void device?.lost.then(({ message }) => callback(message));
}
