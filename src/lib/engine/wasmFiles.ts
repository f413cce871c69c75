import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';

/** Tells TensorFlow.js where the site has its WASM files. */
export function serveWasmFiles(): void {
	const here = (file: string) => new URL(file, import.meta.url).href;
	setWasmPaths({
		'tfjs-backend-wasm.wasm': here(plain),
		'tfjs-backend-wasm-simd.wasm': here(simd),
		'tfjs-backend-wasm-threaded-simd.wasm': here(threaded)
	});
}
