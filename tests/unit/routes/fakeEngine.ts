import type { Failure } from '$lib/engine/failures';

export { preprocessings } from '$lib/engine/picture';
export { EngineError } from '$lib/engine/failures';
import { EngineError } from '$lib/engine/failures';

const time = (median: number) => ({ median, low: median - 0.5, high: median + 0.5, count: 7 });

type Answer = (...given: never[]) => Promise<unknown>;

const started = { backend: { name: 'wasm', threads: 2, kernels: 'plain' }, notices: [], measured: [] };
const answers = (): Record<
	'start' | 'load' | 'run' | 'useIntegers' | 'benchmark' | 'unload' | 'weight',
	Answer
> => ({
	start: async () => started,
	load: async () => ({ id: ++fake.lastId, warmUp: 1, units: [], repaired: [] }),
	run: async () => ({
		...{ output: { shape: [1, 1, 2], data: Float32Array.from([0.25, 0.75]) }, watched: {} },
		...{ milliseconds: 5, backend: 'wasm', isInteger: false, notices: [] }
	}),
	useIntegers: async () => ({
		...{ isComputed: true, isTaken: true, isOfFile: false, hasSoftmax: true, bytes: 1000 },
		times: { integers: time(2), float32: time(6) },
		...{ pace: 'faster', threads: 2, float32On: 'wasm' }
	}),
	benchmark: async () => ({ backend: started.backend, runs: [3, 4, 5], units: [] }),
	unload: async () => undefined,
	weight: async () => ({ shape: [], data: new Float32Array() })
});

/** The engine as states see it: what they called, and what it answers, which a test may change. */
export const fake = {
	...answers(),
	calls: [] as [name: string, ...given: unknown[]][],
	closed: 0,
	lastId: 0,
	reset() {
		Object.assign(fake, answers(), { calls: [], closed: 0, lastId: 0 });
	}
};

type Method = keyof ReturnType<typeof answers>;

export class Engine {
	start = call('start');
	load = call('load');
	run = call('run');
	useIntegers = call('useIntegers');
	benchmark = call('benchmark');
	unload = call('unload');
	weight = call('weight');
	close() {
		fake.closed++;
	}
}

/** As the engine does, rejects what is cancelled. */
function call(name: Method) {
	return async (...given: unknown[]) => {
		fake.calls.push([name, ...given]);
		const signal = given.map((of) => (of as { signal?: AbortSignal } | undefined)?.signal).find(Boolean);
		const cancelled = () => new EngineError(failed('cancelled'));
		if (signal?.aborted) throw cancelled();
		const answer = await (fake[name] as (...of: unknown[]) => Promise<unknown>)(...given);
		if (signal?.aborted) throw cancelled();
		return answer;
	};
}

/** A failure of a kind. */
export const failed = (code: Failure['code']): Failure => ({ code, message: code, params: {}, problems: [] });

export const listStoredWeights = async () => [];
export const removeStoredWeights = async () => {};
