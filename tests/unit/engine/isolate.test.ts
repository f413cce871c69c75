import { describe, expect, it, vi } from 'vitest';
import { isolate, isolationHeaders } from '../../../src/lib/engine/isolate';
import { ensureIsolation } from '../../../src/lib/engine/isolation';
import { threadedWasm } from '../../../tools/vite-engine';

describe('isolate', () => {
	it('adds the headers and keeps all else', async () => {
		const response = isolate(new Response('text', { status: 404, headers: { 'X-Own': 'kept' } }));
		for (const [name, value] of Object.entries(isolationHeaders))
			expect(response.headers.get(name)).toBe(value);
		expect(response.headers.get('X-Own')).toBe('kept');
		expect(response.status).toBe(404);
		expect(await response.text()).toBe('text');
	});

	it('takes answers without a body, and leaves what cannot be read', () => {
		expect(isolate(new Response(null, { status: 204 })).headers.has('Cross-Origin-Opener-Policy')).toBe(true);
		const opaque = Response.error();
		expect(isolate(opaque)).toBe(opaque);
	});
});

describe('ensureIsolation', () => {
	const withGlobals = async (globals: object) => {
		for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
		vi.stubGlobal('location', new URL('https://host/en'));
		const isolation = await ensureIsolation('/service-worker.js');
		vi.unstubAllGlobals();
		return isolation;
	};

	it('registers the service worker only where it is needed', async () => {
		const register = vi.fn();
		const navigator = { serviceWorker: { register, ready: Promise.resolve() } };
		expect(await withGlobals({ crossOriginIsolated: true, navigator })).toBe('isolated');
		expect(register).not.toHaveBeenCalled();
		expect(await withGlobals({ crossOriginIsolated: false, navigator })).toBe('afterReload');
		expect(register).toHaveBeenCalledWith('https://host/service-worker.js');
	});

	it('says where there is none', async () => {
		expect(await withGlobals({ crossOriginIsolated: false, navigator: {} })).toBe('unavailable');
		const register = () => Promise.reject(new Error('refused'));
		expect(
			await withGlobals({ crossOriginIsolated: false, navigator: { serviceWorker: { register } } })
		).toBe('unavailable');
	});
});

describe('threadedWasm', () => {
	const transform = threadedWasm().transform as (code: string, id: string) => { code: string } | null;
	const file = 'node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js';

	it('leaves no reference from the function to what is outside of it', async () => {
		const { readFileSync } = await import('node:fs');
		const { code } = transform(readFileSync(file, 'utf8'), file)!;
		const inside = code.slice(code.indexOf('function(WasmBackendModuleThreadedSimd)'));
		expect(code).toContain('var _scriptDir');
		expect(inside.slice(0, inside.lastIndexOf('})();'))).not.toContain('_scriptDir');
	});

	it('leaves other files alone, and says when the library has changed', () => {
		expect(transform('x', 'other.js')).toBeNull();
		expect(() => transform('x', file)).toThrow('is not there any more');
	});
});
