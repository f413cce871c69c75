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
			if (id.includes('tfjs-backend-wasm-threaded-simd.worker.js'))
				return { code: trusting(code), map: null };
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

/**
 * Its threads load their script from a blob, and are under the page's policy, which wants such addresses to be trusted by name: this
 * they do for blobs, which only the site itself can make, and for nothing else.
 */
function trusting(code: string): string {
	const begin = 'wasmWorkerContents = `';
	if (!code.includes(begin)) throw new Error('the text of TensorFlow.js’s threads is not there any more');
	const policy =
		'if(self.trustedTypes)trustedTypes.createPolicy("default",{createScriptURL:function(a){if(a.indexOf("blob:"))throw new TypeError(a);return a}});';
	return code.replace(begin, begin + policy);
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
