import { type Job, jobBytes, writeJob } from './job';

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
	readonly threads: number;
	readonly #share: Exports['share'];
	readonly #helpers: readonly Helper[];

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
		this.#helpers = helpers;
		this.threads = 1 + helpers.length;
		for (const helper of helpers) helper.postMessage({ module, memory, pool });
	}

	/** Runs a job in `chunks` independent chunks, and returns when it is done. */
	run(job: Job, chunks: number): void {
		writeJob(this.memory.buffer, this.pool + control, job);
		this.#share(this.pool, chunks);
	}

	/** Ends the helpers. */
	dispose(): void {
		for (const helper of this.#helpers) helper.terminate();
	}
}
