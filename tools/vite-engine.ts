import type { Plugin } from 'vite';
import { isolationHeaders } from '../src/lib/engine/isolate.ts';

/**
 * Lets TensorFlow.js's threaded WASM run in minified builds. Its threads are started from the text of a function that refers to
 * `_scriptDir` outside of it; minified, that name is another, and the threads wait for ever. Needed under `worker.plugins` too.
 */
export function threadedWasm(): Plugin {
	return {
		name: 'threaded-wasm',
		transform(code, id) {
			if (!id.includes('tfjs-backend-wasm-threaded-simd.js')) return null;
			const inside = code.indexOf('function(WasmBackendModuleThreadedSimd)');
			if (inside < 0)
				throw new Error(`${id}: the function whose text is made into a worker is not there any more`);
			return {
				code:
					code.slice(0, inside) +
					code
						.slice(inside)
						.replaceAll('typeof _scriptDir !== "undefined" && _scriptDir', 'false')
						.replaceAll('||_scriptDir', '')
						.replaceAll('scriptDirectory=_scriptDir', ''),
				map: null
			};
		}
	};
}

/** Isolates pages while developing, as `npm run preview` does for the build. */
export function isolated(): Plugin {
	return {
		name: 'isolated',
		configureServer: ({ middlewares }) => {
			middlewares.use((_request, response, next) => {
				for (const [name, value] of Object.entries(isolationHeaders)) response.setHeader(name, value);
				next();
			});
		}
	};
}
