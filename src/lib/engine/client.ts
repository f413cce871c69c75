import type { Remote } from 'comlink';
import type { WeightArray } from '../formats/tensors';
import { callWorker } from '../stored/callWorker';
import { announceUnloaded } from '../stored/unloaded';
import { withReports } from '../stored/withReports';
import type { Graph } from '../nets';
import { cancelled, EngineError, failure, type Failure } from './failures';
import type {
	BackendChoice,
	BenchmarkReply,
	EngineHost,
	IntegersReply,
	Loaded,
	Reply,
	RunInput,
	RunReply,
	Started,
	WeightsSource
} from './host';
import type { ScaleSource } from './int8/integerNetwork';
import type { Progress } from './weights/fetch';
import script from './worker.ts?worker&url';

export { backendNames, fallback } from './backendNames';
export type { BackendName } from './backendNames';
export type { BackendState, Notice } from './backends';
export { EngineError } from './failures';
export type { FailureCode } from './failures';
export type {
	BackendChoice,
	BenchmarkReply,
	IntegersReply,
	Loaded,
	RunInput,
	RunReply,
	Started,
	WeightsSource
} from './host';
export type { ScaleSource } from './int8/integerNetwork';
export { ensureIsolation } from './isolation';
export type { Isolation } from './isolation';
export { preprocessings } from './picture';
export type { Picture, Preprocessing } from './picture';
export type { Activations, UnitTiming } from './program/program';
export type { WeightArray } from '../formats/tensors';
export type { WeightSet } from './sets';
export { engineBytes } from './size';
export { keepsWeights, listStoredWeights, removeStoredWeights } from './weights/cache';
export type { StoredWeights } from './weights/cache';
export type { Progress } from './weights/fetch';
export type { WeightProblem, WeightProblemCode } from '../formats/match';
export type { NamedTensor, WeightsErrorCode } from '../formats/tensors';

interface Options {
	/**
	 * Cancels: what has not begun is left out, what runs stops at the next unit; a worker that does not answer is ended after a
	 * second. Rejects with code `cancelled`.
	 */
	readonly signal?: AbortSignal | undefined;
}

interface RunOptions extends Options {
	readonly watch?: readonly string[];
	/** Although the network runs on integers. */
	readonly onFloat32?: boolean;
}

interface IntegersOptions extends Options {
	/** Also where they are slower. */
	readonly always?: boolean;
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
 * All methods reject with an {@link EngineError}. After one of code `memory`, `script` or `unfetched` the worker is started anew, with
 * nothing loaded; the next call of `start` or `load` goes on from there. After a cancelled call nothing is lost: where the worker
 * had to be ended, the backend and what was loaded come back in a new one with the next call, under the same ids.
 */
export class Engine {
	#host: Remote<EngineHost> | null = null;
	/** Who is told when the worker has ended: calls that wait. A promise would keep all that ever waited for it. */
	#waiting = new Set<(why: Failure | 'restarted') => void>();
	/** Ends the worker with a reason, for those who wait for it. */
	#end: (why: Failure | 'restarted') => void = () => {};
	#nextJob = 1;
	/** What the next worker has to be given when this one is ended. */
	#backend: BackendChoice | null = null;
	readonly #networks = new Map<number, readonly [Graph, WeightsSource]>();
	/** What has networks run on integers. */
	readonly #scales = new Map<number, readonly [ScaleSource, always: boolean]>();
	/** The worker's own ids by those that are given out: of this worker. */
	#ids = new Map<number, Promise<number>>();
	#nextId = 1;
	#isClosed = false;

	/** Takes a backend into use: the one named, or the fastest on this device. Falls back to WASM, with a notice. */
	start(choice: BackendChoice, options: Options = {}): Promise<Started> {
		return this.#call(options, async (host, job) => {
			const reply = await host.start(job, choice);
			if (reply.ok) this.#backend = reply.value.backend.name;
			return reply;
		});
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
		return this.#call(options, async (host, job) => {
			const reply = await withReports(progress, async (report) => host.load(job, graph, weights, report));
			if (!reply.ok) return reply;
			if (options.signal?.aborted) {
				await host.unload(this.#nextJob++, reply.value.id);
				return { ok: false, failure: cancelled };
			}
			const id = this.#nextId++;
			this.#networks.set(id, [graph, weights]);
			this.#ids.set(id, Promise.resolve(reply.value.id));
			return { ok: true, value: { ...reply.value, id } };
		});
	}

	/**
	 * Runs a network on a picture or on values. Tensors that are watched come out exactly as the graph has them; a picture's
	 * input tensor can be watched too, by the input's id.
	 */
	run(
		id: number,
		input: RunInput,
		{ watch = [], onFloat32 = false, ...options }: RunOptions = {}
	): Promise<RunReply> {
		return this.#call(options, async (host, job) =>
			host.run(job, await this.#idOf(host, id), input, watch, onFloat32)
		);
	}

	/**
	 * Has a network run on integers, where they can compute it and are not slower on this device, or are its file's own; `null` has it run
	 * on float32 again. Both are timed first.
	 */
	useIntegers(
		id: number,
		source: ScaleSource | null,
		{ always = false, ...options }: IntegersOptions = {}
	): Promise<IntegersReply | null> {
		return this.#call(options, async (host, job) => {
			const reply = await host.useIntegers(job, await this.#idOf(host, id), source, always);
			if (reply.ok && source) this.#scales.set(id, [source, always]);
			else this.#scales.delete(id);
			return reply;
		});
	}

	/** Times a network, whole and unit by unit. Progress counts rounds. */
	benchmark(
		id: number,
		{ rounds = 9, progress, ...options }: ProgressOptions & { readonly rounds?: number } = {}
	): Promise<BenchmarkReply> {
		return this.#call(options, async (host, job) =>
			withReports(progress, async (report) => host.benchmark(job, await this.#idOf(host, id), rounds, report))
		);
	}

	/** A weight as its file has it, before batch norm is folded in: `weight(id, 'conv1', 'kernel')`. */
	weight(id: number, node: string, name: string): Promise<WeightArray> {
		return this.#call({}, async (host, job) => host.weight(job, await this.#idOf(host, id), node, name));
	}

	/** Frees a network. */
	async unload(id: number): Promise<void> {
		const known = this.#ids.get(id);
		this.#networks.delete(id);
		this.#scales.delete(id);
		this.#ids.delete(id);
		if (known) await this.#call({}, async (host, job) => host.unload(job, await known));
	}

	/**
	 * Ends the worker for good: what is under way, and what is asked for later, rejects with code `cancelled`. What a page that was left
	 * goes on with would otherwise start a worker that nobody ends.
	 */
	close(): void {
		this.#isClosed = true;
		this.#forget();
		this.#end(closed);
	}

	#forget(): void {
		this.#backend = null;
		this.#networks.clear();
		this.#scales.clear();
	}

	/** The worker's id of a network, which is loaded again where another worker had it. */
	#idOf(host: Remote<EngineHost>, id: number): Promise<number> {
		const known = this.#ids.get(id);
		if (known) return known;
		const again = this.#loadAgain(host, id);
		const ids = this.#ids;
		ids.set(id, again);
		again.catch(() => ids.delete(id));
		return again;
	}

	async #loadAgain(host: Remote<EngineHost>, id: number): Promise<number> {
		const network = this.#networks.get(id);
		if (!network) throw new EngineError(failure('unloaded', `network ${id} is not loaded`, { id }));
		const [graph, weights] = network;
		const reply = await withReports(undefined, async (report) =>
			host.load(this.#nextJob++, graph, weights, report)
		);
		if (!reply.ok) throw new EngineError(reply.failure);
		const scales = this.#scales.get(id);
		if (scales) await host.useIntegers(this.#nextJob++, reply.value.id, ...scales);
		return reply.value.id;
	}

	async #call<T>(
		{ signal }: Options,
		ask: (host: Remote<EngineHost>, job: number) => Promise<Reply<T>>
	): Promise<T> {
		for (;;) {
			if (this.#isClosed) throw new EngineError(closed);
			if (signal?.aborted) throw new EngineError(cancelled);
			const reply = await this.#ask(signal, ask);
			// Also what was done before the worker heard of it: who cancelled has gone on, and wants no answer.
			if (signal?.aborted && (reply === 'restarted' || reply.ok)) throw new EngineError(cancelled);
			// Another call was cancelled, and the worker had to end for it.
			if (reply === 'restarted') continue;
			if (reply.ok) return reply.value;
			if (reply.failure.code === 'memory') {
				this.#forget();
				this.#end(reply.failure);
			}
			if (reply.failure.code === 'unfetched') announceUnloaded();
			throw new EngineError(reply.failure);
		}
	}

	async #ask<T>(
		signal: AbortSignal | undefined,
		ask: (host: Remote<EngineHost>, job: number) => Promise<Reply<T>>
	): Promise<Reply<T> | 'restarted'> {
		const host = this.#open();
		const end = this.#end;
		const waiting = this.#waiting;
		let stop: (why: Failure | 'restarted') => void = () => {};
		const ended = new Promise<Reply<T> | 'restarted'>((resolve) => {
			stop = (why) => resolve(why === 'restarted' ? why : { ok: false, failure: why });
			waiting.add(stop);
		});
		const job = this.#nextJob++;
		let timer: ReturnType<typeof setTimeout> | undefined;
		const cancel = () => {
			if (this.#host !== host) return;
			void host.cancel(job);
			// Busy in one long layer, hung, or dead without a word.
			timer = setTimeout(() => end('restarted'), patience);
		};
		signal?.addEventListener('abort', cancel);
		const failed = (error: unknown): Reply<T> => {
			if (error instanceof EngineError) return { ok: false, failure: error };
			throw error;
		};
		try {
			return await Promise.race([ask(host, job).catch(failed), ended]);
		} finally {
			clearTimeout(timer);
			waiting.delete(stop);
			signal?.removeEventListener('abort', cancel);
		}
	}

	#open(): Remote<EngineHost> {
		if (this.#host) return this.#host;
		const { worker, remote: host, end: letGo } = callWorker<EngineHost>(script);
		this.#host = host;
		this.#ids = new Map();
		const waiting = (this.#waiting = new Set());
		const end = (this.#end = (why: Failure | 'restarted') => {
			if (this.#host !== host) return;
			this.#host = null;
			letGo();
			for (const stop of waiting) stop(why);
		});
		worker.onerror = (event) => {
			const reason = event.message || 'the script could not be loaded';
			this.#forget();
			end(failure(event.message ? 'script' : 'unfetched', `the engine stopped: ${reason}`, { reason }));
		};
		// Calls are done one after another, so that all others find it.
		if (this.#backend !== null) void host.start(this.#nextJob++, this.#backend);
		return host;
	}
}

const closed = failure('cancelled', 'the engine was closed');

/** Milliseconds that a worker has to answer that it was cancelled. */
const patience = 1000;
