import { jobBytes, writeJob, type Addresses } from './job';
import type { Plan } from './plan';

/** A thread that serves a pool, such as a Worker. */
export interface Helper {
	terminate(): unknown;
}

/** What a helper needs to serve: it instantiates the module on the memory, and calls its `help` with the pool. */
export interface HelperStart {
	readonly module: WebAssembly.Module;
	readonly memory: WebAssembly.Memory;
	readonly pool: number;
}

interface Exports {
	share(pool: number, chunks: number): void;
}

/** Bytes of a pool's control words, which lie before its job. */
const control = 20;

/** Bytes that a pool takes in memory. */
export const poolBytes = control + jobBytes;

/** Runs jobs in the given memory, on this thread and on helpers' that joined; `assembly/pool.ts` says how they share. */
export class Runner {
	/** What a helper must be started with. */
	readonly start: HelperStart;
	readonly #share: Exports['share'];
	readonly #helpers: Helper[] = [];
	#heap: Uint32Array;

	/**
	 * @param pool address of {@link poolBytes} bytes of zeros, a multiple of 4
	 * @throws WebAssembly.LinkError where the memory is not of the kind that the module was compiled for
	 */
	constructor(
		module: WebAssembly.Module,
		readonly memory: WebAssembly.Memory,
		readonly pool: number
	) {
		const instance = new WebAssembly.Instance(module, { env: { memory } });
		this.#share = (instance.exports as unknown as Exports).share;
		this.#heap = new Uint32Array(memory.buffer);
		this.start = { module, memory, pool };
	}

	/** Threads, this one included. */
	get threads(): number {
		return 1 + this.#helpers.length;
	}

	/** Counts on a helper from now on. */
	join(helper: Helper): void {
		this.#helpers.push(helper);
	}

	/** Runs a planned job on tensors, and returns when it is done. */
	run({ words, chunks }: Plan, addresses: Addresses): void {
		// Memory that grew is another buffer.
		if (this.#heap.buffer !== this.memory.buffer) this.#heap = new Uint32Array(this.memory.buffer);
		writeJob(this.#heap, (this.pool + control) / 4, addresses, words);
		this.#share(this.pool, chunks);
	}

	/** Ends the helpers. */
	dispose(): void {
		for (const helper of this.#helpers) helper.terminate();
	}
}
