import { proxy, wrap, type Remote } from 'comlink';
import { watched } from '../stored/unloaded';
import type { Graph } from '../nets';
import { EngineError, failure, type Failure } from './failures';
import type {
	BackendChoice,
	BenchmarkReply,
	EngineHost,
	Loaded,
	Reply,
	RunInput,
	RunReply,
	Started,
	WeightsSource
} from './host';
import type { WeightArray } from './program/weights';
import type { Progress } from './weights/fetch';

export { backendNames, fallback } from './backendNames';
export type { BackendName } from './backendNames';
export type { BackendState, Notice } from './backends';
export { EngineError } from './failures';
export type { FailureCode } from './failures';
export type {
	BackendChoice,
	BenchmarkReply,
	Loaded,
	RunInput,
	RunReply,
	Started,
	WeightsSource
} from './host';
export { ensureIsolation } from './isolation';
export type { Isolation } from './isolation';
export { preprocessings } from './picture';
export type { Picture, Preprocessing } from './picture';
export type { Activations, UnitTiming } from './program/program';
export type { WeightArray } from './program/weights';
export type { WeightSet } from './sets';
export { engineBytes } from './size';
export { listStoredWeights, removeStoredWeights } from './weights/cache';
export type { StoredWeights } from './weights/cache';
export type { Progress } from './weights/fetch';
export type { WeightProblem, WeightProblemCode } from './weights/match';
export type { NamedTensor, WeightsErrorCode } from './weights/tensors';

interface Options {
	/** Cancels: what has not begun is left out, what runs stops at the next unit. Rejects with code `cancelled`. */
	readonly signal?: AbortSignal | undefined;
}

interface ProgressOptions extends Options {
	readonly progress?: ((progress: Progress) => void) | undefined;
}

/**
 * Runs networks in a worker, so that the page is never held up. Calls are done one after another.
 *
 *     const engine = new Engine();
 *     const { backend, notices } = await engine.start('auto');
 *     const network = await engine.load(graph, { kind: 'site', model: `${base}/weights/${set.id}/model.json`, files: set.files });
 *     const { output, watched } = await engine.run(network.id, { kind: 'picture', picture, preprocessing: set.preprocessing });
 *
 * All methods reject with an {@link EngineError}. After one of code `memory` or `script` the worker is started anew, with
 * nothing loaded; the next call of `start` or `load` goes on from there.
 */
export class Engine {
	#worker: Worker | null = null;
	#host: Remote<EngineHost> | null = null;
	#failed: Promise<Failure> = new Promise(() => {});
	/** Ends the worker with a reason, for those who wait for it. */
	#end: (failure: Failure) => void = () => {};
	#nextJob = 1;

	/** Takes a backend into use: the one named, or the fastest on this device. Falls back to WASM, with a notice. */
	start(choice: BackendChoice, options: Options = {}): Promise<Started> {
		return this.#call(options, (host, job) => host.start(job, choice));
	}

	/**
	 * Loads a network. Progress counts bytes of weights. Before this, nothing is fetched but the engine's own script.
	 * @throws EngineError `weights` or `problems` where the weights do not fit
	 */
	load(
		graph: Graph,
		weights: WeightsSource,
		{ progress, ...options }: ProgressOptions = {}
	): Promise<Loaded> {
		const report = proxy(progress ?? (() => {}));
		return this.#call(options, (host, job) => host.load(job, graph, weights, report));
	}

	/**
	 * Runs a network on a picture or on values. Tensors that are watched come out exactly as the graph has them; a picture's
	 * input tensor can be watched too, by the input's id.
	 */
	run(
		id: number,
		input: RunInput,
		{ watch = [], ...options }: Options & { readonly watch?: readonly string[] } = {}
	): Promise<RunReply> {
		return this.#call(options, (host, job) => host.run(job, id, input, watch));
	}

	/** Times a network, whole and unit by unit. Progress counts rounds. */
	benchmark(
		id: number,
		{ rounds = 9, progress, ...options }: ProgressOptions & { readonly rounds?: number } = {}
	): Promise<BenchmarkReply> {
		const report = proxy(progress ?? (() => {}));
		return this.#call(options, (host, job) => host.benchmark(job, id, rounds, report));
	}

	/** A weight as its file has it, before batch norm is folded in: `weight(id, 'conv1', 'kernel')`. */
	weight(id: number, node: string, name: string): Promise<WeightArray> {
		return this.#call({}, (host, job) => host.weight(job, id, node, name));
	}

	/** Frees a network. */
	async unload(id: number): Promise<void> {
		await this.#call({}, (host, job) => host.unload(job, id));
	}

	/** Ends the worker; what is under way rejects with code `cancelled`. A later call starts anew. */
	close(): void {
		this.#end(failure('cancelled', 'the engine was closed'));
	}

	async #call<T>(
		{ signal }: Options,
		ask: (host: Remote<EngineHost>, job: number) => Promise<Reply<T>>
	): Promise<T> {
		if (signal?.aborted) throw new EngineError(failure('cancelled', 'cancelled'));
		const host = this.#open();
		const failed = this.#failed.then((of): Reply<T> => ({ ok: false, failure: of }));
		const job = this.#nextJob++;
		const cancel = () => void host.cancel(job);
		signal?.addEventListener('abort', cancel);
		const reply = await Promise.race([ask(host, job), failed]);
		signal?.removeEventListener('abort', cancel);
		if (reply.ok) return reply.value;
		if (reply.failure.code === 'memory') this.#end(reply.failure);
		throw new EngineError(reply.failure);
	}

	#open(): Remote<EngineHost> {
		if (this.#host) return this.#host;
		const worker = watched(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }));
		this.#worker = worker;
		this.#failed = new Promise((resolve) => {
			this.#end = (of) => {
				worker.terminate();
				if (this.#worker === worker) this.#worker = this.#host = null;
				resolve(of);
			};
		});
		worker.onerror = (event) => {
			const reason = event.message || 'the script could not be loaded';
			this.#end(failure('script', `the engine stopped: ${reason}`, { reason }));
		};
		return (this.#host = wrap<EngineHost>(worker));
	}
}
