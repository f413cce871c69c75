import * as wasm from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from './backendNames';
import { loadKernels, type Kernels } from './kernels';
import { reasonOf, unfetchedWasm } from './failures';

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

/** A backend in use. */
export interface OpenBackend {
	readonly state: BackendState;
	readonly kernels: Kernels | null;
	/** Whether it only queues what it is asked, so that a result has to be waited for by reading it. */
	readonly isDeferred: boolean;
	readonly notices: readonly Notice[];
	/** Calls back once should a GPU take its context away. */
	onLost(callback: (reason: string) => void): void;
	close(): void;
}

interface Backend {
	/** Takes it into use; its code is loaded now. */
	open(): Promise<OpenBackend>;
	/** Why it is not worth the wait of measuring it, if so. */
	drawback?(): string | null;
}

const backends: Readonly<Record<BackendName, Backend>> = {
	wasm: { open: openWasm },
	webgpu: {
		async open() {
			if (!(await hasGpu())) throw lacking('webgpu');
			return openGpu('webgpu', import('@tensorflow/tfjs-backend-webgpu'), (lost) => {
				const { device } = tf.backend() as unknown as { readonly device: GpuDevice };
				void device.lost.then(({ message }) => lost(message));
			});
		}
	},
	webgl: {
		async open() {
			if (webglRenderer() === null) throw lacking('webgl');
			return openGpu('webgl', import('@tensorflow/tfjs-backend-webgl'), (lost) => {
				const { gpgpu } = tf.backend() as unknown as { readonly gpgpu: GpuContext };
				const { canvas } = gpgpu.gl;
				canvas.addEventListener('webglcontextlost', () => lost('webgl lost its context'), { once: true });
			});
		},
		drawback: softwareWebgl
	}
};

const lacking = (name: BackendName) => new Error(`this browser gives no ${name}`);

/**
 * Takes a backend into use.
 * @throws what TensorFlow.js throws where the device does not have it
 */
export const openBackend = (name: BackendName): Promise<OpenBackend> => backends[name].open();

/** @throws where measuring a backend is not worth the wait */
export function refuseSlow(name: BackendName): void {
	const drawback = backends[name].drawback?.() ?? null;
	if (drawback !== null) throw new Error(drawback);
}

async function openWasm(): Promise<OpenBackend> {
	// TensorFlow.js takes half of the device's threads by itself.
	wasm.setThreadsCount(globalThis.navigator?.hardwareConcurrency ?? 1);
	await take('wasm').catch((cause: unknown) => {
		// TensorFlow.js keeps the reason to itself; every browser that runs this site has WebAssembly.
		throw new Error(unfetchedWasm, { cause });
	});
	const kernels = await loadKernels();
	const state: BackendState = {
		name: 'wasm',
		threads: kernels?.threads ?? wasm.getThreadsCount(),
		kernels: kernels && (kernels.relaxed ? 'relaxed' : 'plain')
	};
	const oneThread: Notice = {
		code: 'oneThread',
		params: {},
		message: 'the page is not cross-origin isolated, so WASM has one thread'
	};
	return {
		...{ state, kernels, isDeferred: false },
		notices: globalThis.crossOriginIsolated === false ? [oneThread] : [],
		onLost: () => {},
		close: () => kernels?.dispose()
	};
}

async function openGpu(
	name: BackendName,
	code: Promise<unknown>,
	onLost: OpenBackend['onLost']
): Promise<OpenBackend> {
	await code;
	await take(name);
	const state: BackendState = { name, threads: 1, kernels: null };
	// TensorFlow.js keeps a GPU's context for the next time.
	return { state, kernels: null, isDeferred: true, notices: [], onLost, close: () => {} };
}

async function take(name: BackendName): Promise<void> {
	let taken = false;
	try {
		taken = await tf.setBackend(name);
	} catch (error) {
		throw new Error(reasonOf(error), { cause: error });
	}
	if (!taken) throw lacking(name);
	await tf.ready();
}

/** The parts of the GPU backends that say when they are lost: properties that their types do not show. */
interface GpuContext {
	readonly gl: WebGL2RenderingContext;
}
interface GpuDevice {
	readonly lost: Promise<{ readonly message: string }>;
}

/**
 * Whether WebGPU has a GPU to give: many browsers have the interface and none behind it. Asked before TensorFlow.js is, which takes one
 * for granted, and warns in the console of what comes of that.
 */
async function hasGpu(): Promise<boolean> {
	const { gpu } = globalThis.navigator as { readonly gpu?: { requestAdapter(): Promise<object | null> } };
	const adapter = await gpu?.requestAdapter().catch(() => null);
	return Boolean(adapter);
}

/** What WebGL draws with, as far as the browser says; `null` where there is none. */
function webglRenderer(): string | null {
	if (typeof OffscreenCanvas === 'undefined') return null;
	const canvas = new OffscreenCanvas(1, 1);
	const gl = canvas.getContext('webgl2') ?? canvas.getContext('webgl');
	if (!gl) return null;
	const info = gl.getExtension('WEBGL_debug_renderer_info');
	const renderer = info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : '';
	gl.getExtension('WEBGL_lose_context')?.loseContext();
	return renderer;
}

/** WebGL that is only software is slower than WASM by far. */
function softwareWebgl(): string | null {
	const renderer = webglRenderer() ?? '';
	return /swiftshader|llvmpipe|software/i.test(renderer) ? `it is done in software here (${renderer})` : null;
}
