import {
	Engine,
	EngineError,
	type BackendChoice,
	type IntegersReply,
	type Loaded,
	type Picture,
	type Progress,
	type RunReply,
	type ScaleSource,
	type Started,
	type WeightArray,
	type WeightSet
} from '$lib/engine/client';
import { cancelled } from '$lib/engine/failures';
import { sourceOf, type Lane } from './lane.svelte';

/** What is known of the values of a network's tensors. */
export type Ranges = Omit<Extract<ScaleSource, { kind: 'ranges' }>, 'kind' | 'granularity'>;

/** Networks that stay in memory: the four side by side. */
const mostLoaded = 4;

interface Call {
	readonly signal?: AbortSignal;
	readonly progress?: (progress: Progress) => void;
	readonly watch?: readonly string[];
	readonly onFloat32?: boolean;
}

/**
 * The engine as the page uses it: lanes are loaded when they first run, the one that was used least recently goes, and what was
 * lost with a worker that broke down is loaded again.
 */
export class Runner {
	#engine = new Engine();
	/** By the lane's key, the one used last at the end. */
	readonly #loaded = new Map<string, Promise<Loaded>>();
	readonly #modelOf: (set: WeightSet) => string;
	#started: { readonly choice: BackendChoice; readonly reply: Promise<Started> } | null = null;

	/**
	 * @param modelOf address of a set's model.json
	 * @param most networks that stay in memory
	 */
	constructor(
		modelOf: (set: WeightSet) => string,
		readonly most: number = mostLoaded
	) {
		this.#modelOf = modelOf;
	}

	/** Takes a backend into use, once for each choice. */
	async start(choice: BackendChoice, signal?: AbortSignal): Promise<Started> {
		const known = this.#started;
		if (known?.choice === choice) {
			const started = await shared(known.reply, signal);
			if (started) return started;
		}
		const reply = this.#engine.start(choice, { signal });
		const own = { choice, reply };
		this.#started = own;
		reply.catch((error: unknown) => {
			this.#forget(error);
			if (this.#started === own) this.#started = null;
		});
		return reply;
	}

	isLoaded(lane: Lane): boolean {
		return this.#loaded.has(lane.key);
	}

	/** Runs a lane on a picture; a graph that takes none is run on zeros, for its time. */
	async run(lane: Lane, picture: Picture, call: Call = {}): Promise<RunReply> {
		const { id } = await this.load(lane, call);
		const { preprocessing, graph } = lane.parts;
		const input = lane.takesPictures
			? ({ kind: 'picture', picture, preprocessing, share: lane.share } as const)
			: {
					kind: 'values' as const,
					values: graph.graph.inputs.map(({ shape }) => new Float32Array(shape[0] * shape[1] * shape[2]))
				};
		const { signal, watch = [], onFloat32 = false } = call;
		return this.#watched(this.#engine.run(id, input, { signal, watch, onFloat32 }));
	}

	/**
	 * Has a lane run on integers, where they can compute it and are faster here, or are its file's own.
	 * @param ranges of its tensors, where they are known; the picture says them otherwise
	 */
	async useIntegers(
		lane: Lane,
		picture: Picture,
		ranges: Ranges | undefined,
		call: Call = {}
	): Promise<IntegersReply> {
		const { id } = await this.load(lane, call);
		const reply = await this.#watched(
			this.#engine.useIntegers(id, await this.#scalesOf(lane, picture, ranges, call), { signal: call.signal })
		);
		return reply!;
	}

	/** Has a lane run on float32 again. */
	async useFloat32(lane: Lane, call: Call = {}): Promise<void> {
		const { id } = await this.load(lane, call);
		await this.#watched(this.#engine.useIntegers(id, null, { signal: call.signal }));
	}

	async #scalesOf(
		lane: Lane,
		picture: Picture,
		ranges: Ranges | undefined,
		call: Call
	): Promise<ScaleSource> {
		if (lane.ownIntegers) return { kind: 'file', integers: lane.ownIntegers };
		if (ranges) return { kind: 'ranges', ...ranges };
		return { kind: 'inputs', inputs: [await this.#inputOf(lane, picture, call)] };
	}

	/** A picture as a lane's network is given it. */
	async #inputOf(lane: Lane, picture: Picture, call: Call): Promise<Float32Array> {
		const input = lane.parts.graph.graph.inputs[0]!.id;
		const { watched } = await this.run(lane, picture, { ...call, watch: [input] });
		return watched[input]!.data;
	}

	/** A weight as its file has it. */
	async weight(lane: Lane, node: string, name: string): Promise<WeightArray> {
		const { id } = await this.load(lane);
		return this.#watched(this.#engine.weight(id, node, name));
	}

	/** Times a lane, whole and unit by unit. */
	async benchmark(lane: Lane, options: Parameters<Engine['benchmark']>[1] = {}) {
		const { id } = await this.load(lane);
		return this.#watched(this.#engine.benchmark(id, options));
	}

	/** Loads a lane, unless it is loaded or being loaded. */
	async load(lane: Lane, { signal, progress }: Call = {}): Promise<Loaded> {
		const known = this.#loaded.get(lane.key);
		if (known) {
			this.#loaded.delete(lane.key);
			this.#loaded.set(lane.key, known);
			const loaded = await shared(known, signal);
			if (loaded) return loaded;
		}
		await this.#makeRoom();
		const { graph, weights } = lane.parts;
		const loading = this.#engine.load(graph.graph, sourceOf(weights, this.#modelOf), { signal, progress });
		this.#loaded.set(lane.key, loading);
		try {
			return await this.#watched(loading);
		} catch (error) {
			if (this.#loaded.get(lane.key) === loading) this.#loaded.delete(lane.key);
			throw error;
		}
	}

	/** Ends the worker; what is asked for later starts anew. */
	rest(): void {
		this.close();
		this.#engine = new Engine();
	}

	/** Ends the worker for good. */
	close(): void {
		this.#engine.close();
		this.#loaded.clear();
		this.#started = null;
	}

	async #makeRoom(): Promise<void> {
		for (const [key, loading] of [...this.#loaded].slice(0, Math.max(0, this.#loaded.size - this.most + 1))) {
			this.#loaded.delete(key);
			await loading.then(({ id }) => this.#engine.unload(id)).catch(() => {});
		}
	}

	async #watched<T>(reply: Promise<T>): Promise<T> {
		try {
			return await reply;
		} catch (error) {
			this.#forget(error);
			throw error;
		}
	}

	/** After these the worker is gone, and all that was loaded with it. */
	#forget(error: unknown): void {
		if (!(error instanceof EngineError)) return;
		if (error.code !== 'cancelled' && error.code !== 'problems' && error.code !== 'weights')
			this.#started = null;
		if (['memory', 'script', 'unfetched', 'unloaded'].includes(error.code)) this.#loaded.clear();
	}
}

/** What somebody else has begun; `null` where they have cancelled it, and who asks now still wants it. */
async function shared<T>(theirs: Promise<T>, signal: AbortSignal | undefined): Promise<T | null> {
	let stop = () => {};
	const stopped = new Promise<never>((_, reject) => {
		stop = () => reject(new EngineError(cancelled));
		if (signal?.aborted) stop();
		signal?.addEventListener('abort', stop, { once: true });
	});
	try {
		return await Promise.race([theirs, stopped]);
	} catch (error) {
		const isTheirs = error instanceof EngineError && error.code === 'cancelled' && !signal?.aborted;
		if (isTheirs) return null;
		throw error;
	} finally {
		signal?.removeEventListener('abort', stop);
	}
}
