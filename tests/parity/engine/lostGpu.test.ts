import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it, vi } from 'vitest';
import type { BackendName } from '../../../src/lib/engine/backendNames';
import type * as Backends from '../../../src/lib/engine/backends';
import { EngineHost, type Reply } from '../../../src/lib/engine/host';
import { networkById } from '../../../src/lib/nets';
import { relativeDifference } from './graphs';

let lose: (reason: string) => void;

// A GPU that can be lost at will: TensorFlow.js's plain JavaScript backend, by the name of WebGL.
vi.mock('../../../src/lib/engine/backends', async (original) => {
	const backends = await original<typeof Backends>();
	return {
		...backends,
		openBackend: async (name: BackendName): Promise<Backends.OpenBackend> => {
			if (name === 'wasm') return backends.openBackend(name);
			await tf.setBackend('cpu');
			return {
				state: { name, threads: 1, kernels: null },
				...{ kernels: null, isDeferred: true, notices: [] },
				onLost: (callback) => void (lose = callback),
				close: () => {}
			};
		}
	};
});

function valueOf<T>(reply: Reply<T>): T {
	if (!reply.ok) throw new Error(reply.failure.message);
	return reply.value;
}

it('WASM takes over from a GPU that is lost, with the same weights, and says so once', async () => {
	const host = new EngineHost();
	const started = valueOf(await host.start(1, 'webgl'));
	expect(started).toMatchObject({ backend: { name: 'webgl' }, notices: [] });
	const graph = networkById('mobilenet').build({ alpha: 0.25, resolution: 32, classes: 5 });
	const { id } = valueOf(await host.load(2, graph, { kind: 'random', seed: 1 }, () => {}));
	const input = { kind: 'values', values: [new Float32Array(32 * 32 * 3).fill(0.5)] } as const;
	const before = valueOf(await host.run(3, id, input, []));
	expect(before).toMatchObject({ backend: 'webgl', notices: [] });
	lose('webgl lost its context');
	const after = valueOf(await host.run(4, id, input, []));
	expect(after.backend).toBe('wasm');
	expect(after.notices.map(({ message }) => message)).toEqual([
		'webgl failed (webgl lost its context); wasm took over'
	]);
	expect(relativeDifference(after.output.data, before.output.data)).toBeLessThan(1e-5);
	expect(valueOf(await host.run(5, id, input, [])).notices).toEqual([]);
});
