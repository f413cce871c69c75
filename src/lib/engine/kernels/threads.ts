import { jobBytes, writeJob, type Addresses } from './job';
import type { Plan } from './plan';

/** What of a Worker is needed to start a helper and end it. */
export interface Helper {
	postMessage(message: HelperStart): void;
	terminate(): unknown;
}

/** The one message to a helper: it instantiates the module on the memory and serves the pool until it is ended. */
export interface HelperStart {
	readonly module: WebAssembly.Module;
	readonly memory: WebAssembly.Memory;
	readonly pool: number;
}

interface Exports {
	share(pool: number, chunks: number): void;
}

/** Bytes of a pool's control words, which lie before its job. */
const control = 16;

/** Bytes that a pool takes in memory. */
export const poolBytes = control + jobBytes;

/**
 * Runs jobs in the given memory, on this thread and, where helpers are given, on theirs.
 *
 * A helper that is not up yet, or never will be, is not waited for: this thread then does its share. Helpers run the
 * module's `help` on the pool; `assembly/pool.ts` says how they share a job.
 */
export class Runner {
	/** Threads, this one included. */
	readonly threads: number;
	readonly #share: Exports['share'];
	readonly #helpers: readonly Helper[];
	#heap: Uint32Array;

	/**
	 * @param pool address of {@link poolBytes} bytes of zeros, a multiple of 4
	 * @throws WebAssembly.LinkError where the memory is not of the kind that the module was compiled for
	 */
	constructor(
		module: WebAssembly.Module,
		readonly memory: WebAssembly.Memory,
		readonly pool: number,
		helpers: readonly Helper[]
	) {
		const instance = new WebAssembly.Instance(module, { env: { memory } });
		this.#share = (instance.exports as unknown as Exports).share;
		this.#heap = new Uint32Array(memory.buffer);
		this.#helpers = helpers;
		this.threads = 1 + helpers.length;
		for (const helper of helpers) helper.postMessage({ module, memory, pool });
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
