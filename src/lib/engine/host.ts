import { fitWeights, type Fit } from '../formats/fit';
import { matchWeights } from '../formats/match';
import { WeightsError, type NamedTensor, type NetworkWeights, type WeightArray } from '../formats/tensors';
import { GraphError, networks, resolveGraph, type Graph, type ResolvedGraph } from '../nets';
import { backendNames, fallback, type BackendName } from './backendNames';
import { openBackend, refuseSlow, type BackendState, type Notice, type OpenBackend } from './backends';
import {
	cancelled,
	EngineError,
	failure,
	isOutOfMemory,
	isUnfetched,
	reasonOf,
	type Failure
} from './failures';
import type { OptionsOf } from '../ops';
import { pictureInput, type Picture, type Preprocessing } from './picture';
import { NotComputedError, type Hindrance } from '../nets/quantization/notComputed';
import { paceOf, spreadOf, type Pace, type Spread } from '../nets/times/spread';
import { IntegerNetworkProgram, type ScaleSource } from './int8/integerNetwork';
import { isFinite, Program, type Activations, type UnitTiming } from './program/program';
import { randomNetworkWeights } from './program/weights';
import { openWeightsCache } from './weights/cache';
import { fetchTensors, readFiles, type FetchOptions, type FilesOfSet, type Progress } from './weights/fetch';

/** Where a network's weights come from. */
export type WeightsSource =
	/** A set that the site serves: the address of its model.json, and what its files have to be. Kept by the browser. */
	| { readonly kind: 'site'; readonly model: string; readonly files: FilesOfSet }
	/** Files that the reader dropped: model.json with its shards, or one safetensors file. */
	| {
			readonly kind: 'files';
			readonly files: readonly File[];
			/** Names that tensors have to have, by those that they have: of a `Fit`. */
			readonly names?: Fit['names'];
			/** What the files have to be, where a set.json that came with them says so. */
			readonly facts?: FilesOfSet;
	  }
	/** Weights that were opened with the graph. */
	| { readonly kind: 'opened'; readonly weights: NetworkWeights }
	/** Tensors that are there already, such as those of a training run. */
	| { readonly kind: 'tensors'; readonly tensors: readonly NamedTensor[] }
	/** Seeded random weights: timings are real, outputs mean nothing. */
	| { readonly kind: 'random'; readonly seed: number };

/** What is run: a picture, or the values of the graph's inputs. */
export type RunInput =
	| {
			readonly kind: 'picture';
			readonly picture: Picture;
			readonly preprocessing: Preprocessing;
			/** Share of the short side that is cut out; default 0.875. */
			readonly share?: number | undefined;
	  }
	| { readonly kind: 'values'; readonly values: readonly Float32Array[] };

/** `auto` measures what the device has, once. */
export type BackendChoice = BackendName | 'auto';

/** What {@link EngineHost.start} found. */
export interface Started {
	readonly backend: BackendState;
	readonly notices: readonly Notice[];
	/** Milliseconds of a small MobileNet on each backend, where they were compared; the least first. */
	readonly measured: readonly { readonly name: BackendName; readonly milliseconds: number }[];
}

/** A network that is ready to run. */
export interface Loaded {
	/** What the other calls name it by. */
	readonly id: number;
	/** Milliseconds of the first run, which binds weights and on a GPU compiles. */
	readonly warmUp: number;
	/** The nodes that are run together, in order. Watching an end of these costs nothing; watching another unfolds it. */
	readonly units: readonly (readonly string[])[];
	/** Files that the browser kept and that had gone bad: they were fetched again. */
	readonly repaired: readonly string[];
}

/** How a network on integers compares with the same one on float32, where both were timed on this device. */
export interface Integers {
	/** Whether runs are on integers from now on: since that is not slower here, or since they are what the file computes with. */
	readonly isTaken: boolean;
	/** Whether they are a file's own. */
	readonly isOfFile: boolean;
	/** Whether a softmax follows, which is computed on float32. */
	readonly hasSoftmax: boolean;
	/** Of runs in alternation, on zeros. */
	readonly times: { readonly integers: Spread; readonly float32: Spread };
	/** Of integers, against float32. */
	readonly pace: Pace;
	/** What float32 ran on. */
	readonly float32On: BackendName;
	/** Threads of integers, which run on the processor, on WASM. */
	readonly threads: number;
	/** Bytes of weights, scales and zero points. */
	readonly bytes: number;
}

/** Whether integers can compute a network: how they compare, or which node they cannot. */
export type IntegersReply =
	| ({ readonly isComputed: true } & Integers)
	| { readonly isComputed: false; readonly node: string; readonly op: string; readonly hindrance: Hindrance };

/** What a run gives. */
export interface RunReply {
	readonly output: Activations;
	/** By the references that were watched. */
	readonly watched: Readonly<Record<string, Activations>>;
	/** From the input's upload to the output's values, without preparing the picture. */
	readonly milliseconds: number;
	readonly backend: BackendName;
	/** Whether it was computed with integers. */
	readonly isInteger: boolean;
	/** What happened since the last reply. */
	readonly notices: readonly Notice[];
}

/** Milliseconds of a network's units in several rounds. */
export interface BenchmarkReply {
	readonly backend: BackendState;
	readonly units: readonly UnitTiming[];
	/** Milliseconds of whole runs, all units in one go. */
	readonly runs: readonly number[];
}

/** A value, or why there is none. */
export type Reply<T> =
	{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

interface Network {
	readonly resolved: ResolvedGraph;
	readonly weights: NetworkWeights;
	program: Program;
	/** The same on integers, while runs are on them. */
	integers: IntegerNetworkProgram | null;
}

/** Runs in alternation that tell whether integers are faster. */
const comparedRuns = 8;

/** What these told, by the program on float32; another backend has another one. */
const comparedWith = new WeakMap<Program, Integers['times']>();

/**
 * The engine itself, which runs in a worker (see `client.ts` for what pages use). One thing at a time: calls wait for each
 * other. It answers with plain data and never throws.
 */
export class EngineHost {
	readonly #networks = new Map<number, Network>();
	readonly #jobs = new Map<number, AbortController>();
	readonly #notices: Notice[] = [];
	#backend: OpenBackend | null = null;
	#lost: string | null = null;
	#nextId = 1;
	#queue: Promise<unknown> = Promise.resolve();

	/** Takes a backend into use; networks that are loaded move to it. */
	start(job: number, choice: BackendChoice): Promise<Reply<Started>> {
		return this.#do(job, async (signal) => {
			const measured = choice === 'auto' ? await this.#measure(signal) : [];
			const wanted = choice === 'auto' ? (measured[0]?.name ?? fallback) : choice;
			await this.#use(wanted);
			return { backend: this.#backend!.state, notices: this.#notices.splice(0), measured };
		});
	}

	/** Reads a graph and its weights, checks them, and runs it once on zeros. */
	load(
		job: number,
		graph: Graph,
		source: WeightsSource,
		progress: (progress: Progress) => void
	): Promise<Reply<Loaded>> {
		return this.#do(job, async (signal) => {
			const resolved = resolveGraph(graph);
			checkComputable(resolved);
			const repaired: string[] = [];
			const weights = await weightsOf(resolved, source, {
				signal,
				progress,
				onRepair: (file) => repaired.push(file)
			});
			if (!this.#backend) await this.#use(fallback);
			const program = this.#programOf(resolved, weights);
			const network: Network = { resolved, weights, program, integers: null };
			const zeros = valuesOf(resolved, null);
			const started = performance.now();
			try {
				await this.#guard(network, (program) => program.run(zeros, { signal }));
			} catch (error) {
				network.program.dispose();
				throw error;
			}
			const id = this.#nextId++;
			this.#networks.set(id, network);
			const warmUp = performance.now() - started;
			return { id, warmUp, units: network.program.units(), repaired };
		});
	}

	/**
	 * Runs a network; `watch` names tensors that are handed out with the output, the graph's inputs too.
	 * @param onFloat32 although runs are on integers
	 */
	run(
		job: number,
		id: number,
		input: RunInput,
		watch: readonly string[],
		onFloat32 = false
	): Promise<Reply<RunReply>> {
		return this.#do(job, async (signal) => {
			const network = this.#network(id);
			const values = valuesOf(network.resolved, input);
			const integers = onFloat32 ? null : network.integers;
			if (integers) {
				const own = watch.filter((ref) => integers.has(ref));
				const result = integers.run(values[0]!, own);
				// What is folded into a layer has no integers; the network on float32 has it.
				const others = watch.filter((ref) => !integers.has(ref));
				const float =
					others.length > 0 &&
					(await this.#guard(network, (program) => program.run(values, { watch: others, signal })));
				const watched = float ? { ...float.watched, ...result.watched } : result.watched;
				return { ...result, watched, isInteger: true, ...this.#told() };
			}
			const result = await this.#guard(network, (program) => program.run(values, { watch, signal }));
			if (!isFinite(result.output)) {
				const node = await this.#guard(network, (program) => program.firstNotFinite(values, signal));
				const message = `what ${network.resolved.graph.name} gives is no number from ${node} on`;
				throw new EngineError(failure('notFinite', message, { node }));
			}
			return { ...result, isInteger: false, ...this.#told() };
		});
	}

	/**
	 * Has a network run on integers where that is not slower on this device, or where they are its file's own; both are timed first.
	 * @param source `null` has it run on float32 again
	 * @param always also where they are slower
	 */
	useIntegers(
		job: number,
		id: number,
		source: ScaleSource | null,
		always = false
	): Promise<Reply<IntegersReply | null>> {
		return this.#do(job, async (signal) => {
			const network = this.#network(id);
			network.integers?.dispose();
			network.integers = null;
			if (!source) return null;
			let integers: IntegerNetworkProgram;
			try {
				integers = await this.#guard(network, (program) =>
					IntegerNetworkProgram.create(program, network.weights, source, signal)
				);
			} catch (error) {
				if (!(error instanceof NotComputedError)) throw error;
				const { node, op, hindrance } = error;
				return { isComputed: false, node, op, hindrance };
			}
			let isTaken = false;
			try {
				// Asked again, the same program has the same answer: another measurement could contradict the first.
				const times = comparedWith.get(network.program) ?? (await this.#compare(network, integers, signal));
				comparedWith.set(network.program, times);
				const pace = paceOf(times.integers, times.float32);
				const isOfFile = source.kind === 'file';
				isTaken = always || isOfFile || pace !== 'slower';
				if (isTaken) network.integers = integers;
				const { bytes, hasSoftmax } = integers.network;
				const { threads } = integers.program;
				const { name: float32On } = this.#backend!.state;
				return {
					...{ isComputed: true, isTaken, isOfFile, hasSoftmax, times, pace, threads, bytes, float32On }
				};
			} finally {
				if (!isTaken) integers.dispose();
			}
		});
	}

	/**
	 * Times of both, in alternation after one run that is not counted. Each goes first as often as the other: on a busy machine the
	 * one that begins behind a pause is interrupted more.
	 */
	async #compare(
		network: Network,
		integers: IntegerNetworkProgram,
		signal: AbortSignal
	): Promise<Integers['times']> {
		const zeros = valuesOf(network.resolved, null);
		const times = { integers: [] as number[], float32: [] as number[] };
		const run = {
			float32: () => this.#guard(network, (program) => program.run(zeros, { signal })),
			integers: async () => integers.run(zeros[0]!)
		};
		for (let round = 0; round <= comparedRuns; round++)
			for (const of of round % 2 ? (['float32', 'integers'] as const) : (['integers', 'float32'] as const)) {
				const { milliseconds } = await run[of]();
				if (round > 0) times[of].push(milliseconds);
			}
		return { integers: spreadOf(times.integers), float32: spreadOf(times.float32) };
	}

	/** Times a network: whole runs, then unit by unit. Inputs are zeros, which take as long as any. */
	benchmark(
		job: number,
		id: number,
		rounds: number,
		progress: (progress: Progress) => void
	): Promise<Reply<BenchmarkReply>> {
		return this.#do(job, async (signal) => {
			const network = this.#network(id);
			const zeros = valuesOf(network.resolved, null);
			const total = 2 * (rounds + 1);
			const { integers } = network;
			if (integers) {
				const runs = Array.from({ length: rounds }, () => integers.run(zeros[0]!).milliseconds);
				const units = integers.benchmark(zeros[0]!, rounds);
				progress({ loaded: total, total });
				return { backend: this.#backend!.state, units, runs };
			}
			return this.#guard(network, async (program) => {
				const runs: number[] = [];
				for (let round = 0; round <= rounds; round++) {
					const { milliseconds } = await program.run(zeros, { signal });
					if (round > 0) runs.push(milliseconds);
					progress({ loaded: round + 1, total });
				}
				const units = await program.benchmark(zeros, {
					...{ rounds, signal, isDeferred: this.#backend!.isDeferred },
					progress: (done) => progress({ loaded: rounds + 1 + done, total })
				});
				return { backend: this.#backend!.state, units, runs };
			});
		});
	}

	/** A weight as it was read, before batch norm is folded in. */
	weight(job: number, id: number, node: string, name: string): Promise<Reply<WeightArray>> {
		return this.#do(job, async () => {
			const weight = this.#network(id).weights[node]?.[name];
			if (!weight) throw new RangeError(`${node} has no ${name}`);
			return weight;
		});
	}

	/** Frees a network. */
	unload(job: number, id: number): Promise<Reply<null>> {
		return this.#do(job, async () => {
			const network = this.#networks.get(id);
			this.#networks.delete(id);
			network?.integers?.dispose();
			network?.program.dispose();
			return null;
		});
	}

	/** Stops a job, or takes it out of the queue. */
	cancel(job: number): void {
		this.#jobs.get(job)?.abort();
	}

	/** Queues work, and turns what it throws into a failure. */
	#do<T>(job: number, work: (signal: AbortSignal) => Promise<T>): Promise<Reply<T>> {
		const controller = new AbortController();
		this.#jobs.set(job, controller);
		const result = this.#queue.then(async (): Promise<Reply<T>> => {
			try {
				controller.signal.throwIfAborted();
				return { ok: true, value: await work(controller.signal) };
			} catch (error) {
				return { ok: false, failure: failureOf(error, controller.signal) };
			} finally {
				this.#jobs.delete(job);
			}
		});
		this.#queue = result;
		return result;
	}

	/** What every reply of a run tells. */
	#told() {
		return { backend: this.#backend!.state.name, notices: this.#notices.splice(0) };
	}

	#network(id: number): Network {
		const network = this.#networks.get(id);
		if (!network) throw new EngineError(failure('unloaded', `network ${id} is not loaded`, { id }));
		return network;
	}

	#programOf(resolved: ResolvedGraph, weights: NetworkWeights): Program {
		return new Program(resolved, weights, this.#backend!.kernels);
	}

	/** Runs on the current backend; where it fails, again on the one that is always there. */
	async #guard<T>(network: Network, run: (program: Program) => Promise<T>): Promise<T> {
		const name = this.#backend!.state.name;
		try {
			if (this.#lost !== null) throw new Error(this.#lost);
			return await run(network.program);
		} catch (error) {
			const isOwn =
				error instanceof RangeError || (error instanceof DOMException && error.name === 'AbortError');
			// Kernels that did not come are no fault of the backend's.
			if (name === fallback || isOwn || isUnfetched(reasonOf(error))) throw error;
			const reason = this.#lost ?? reasonOf(error);
			network.program.dispose();
			await this.#use(fallback);
			this.#notices.push({
				code: 'failed',
				params: { backend: name, reason },
				message: `${name} failed (${reason}); ${fallback} took over`
			});
			// A network that is being loaded is not among those that moved.
			network.program = this.#programOf(network.resolved, network.weights);
			return run(network.program);
		}
	}

	/** Takes a backend into use, another where it cannot be had, and moves all networks to it. */
	async #use(name: BackendName): Promise<void> {
		if (this.#backend?.state.name === name && this.#lost === null) return;
		for (const { program } of this.#networks.values()) program.dispose();
		this.#backend?.close();
		this.#backend = null;
		this.#lost = null;
		try {
			this.#backend = await openBackend(name);
		} catch (error) {
			const reason = reasonOf(error);
			if (name === fallback)
				throw new EngineError(
					failure(isUnfetched(reason) ? 'unfetched' : 'backend', `${name} failed: ${reason}`, {
						backend: name,
						reason
					})
				);
			this.#notices.push(unavailable(name, reason));
			this.#backend = await openBackend(fallback);
		}
		const opened = this.#backend;
		opened.onLost((reason) => {
			if (this.#backend === opened) this.#lost = reason;
		});
		this.#notices.push(...opened.notices);
		for (const network of this.#networks.values())
			network.program = this.#programOf(network.resolved, network.weights);
	}

	/** Times a small MobileNet on each backend that the device has, the least first. */
	async #measure(signal: AbortSignal): Promise<Started['measured']> {
		const resolved = resolveGraph(networks.mobilenet.build({ alpha: 0.5 }));
		const weights = randomNetworkWeights(resolved, 1);
		const zeros = valuesOf(resolved, null);
		const measured: { name: BackendName; milliseconds: number }[] = [];
		for (const name of backendNames) {
			signal.throwIfAborted();
			let program: Program | null = null;
			try {
				refuseSlow(name);
				await this.#use(name);
				if (this.#backend!.state.name !== name) continue;
				program = this.#programOf(resolved, weights);
				const times: number[] = [];
				for (let round = 0; round < 4; round++)
					times.push((await program.run(zeros, { signal })).milliseconds);
				measured.push({ name, milliseconds: Math.min(...times.slice(1)) });
			} catch (error) {
				signal.throwIfAborted();
				this.#notices.push(unavailable(name, reasonOf(error)));
			} finally {
				program?.dispose();
			}
		}
		return measured.sort((a, b) => a.milliseconds - b.milliseconds);
	}
}

function unavailable(backend: BackendName, reason: string): Notice {
	return {
		code: 'unavailable',
		params: { backend, reason },
		message: `${backend} is not to be had: ${reason}`
	};
}

async function weightsOf(
	resolved: ResolvedGraph,
	source: WeightsSource,
	options: Omit<FetchOptions, 'cache'>
): Promise<NetworkWeights> {
	if (source.kind === 'random') return randomNetworkWeights(resolved, source.seed);
	if (source.kind === 'opened') return source.weights;
	const tensors =
		source.kind === 'tensors'
			? source.tensors
			: source.kind === 'files'
				? renamed(await readFiles(source.files, source.facts), source.names)
				: await fetchTensors(source.model, source.files, { ...options, cache: await openWeightsCache() });
	const { weights, problems } = matchWeights(resolved, tensors);
	if (weights) return weights;
	const message = problems.map((problem) => problem.message).join('\n');
	const fit = source.kind === 'files' && !source.names ? fitWeights(resolved, tensors) : null;
	throw new EngineError({ code: 'problems', message, params: { count: problems.length }, problems, fit });
}

const renamed = (tensors: readonly NamedTensor[], names: Fit['names'] = {}): readonly NamedTensor[] =>
	tensors.map((tensor) => ({
		...tensor,
		name: Object.hasOwn(names, tensor.name) ? names[tensor.name]! : tensor.name
	}));

/** @throws EngineError where an operator cannot be computed, which is said before anything is read or run */
function checkComputable({ nodes }: ResolvedGraph): void {
	const found = nodes.find(({ op }) => op === 'opaque');
	if (!found) return;
	const { type } = found.node.options as OptionsOf<'opaque'>;
	throw new EngineError(
		failure('opaque', `${found.id} (${type}) cannot be computed`, { node: found.id, type })
	);
}

/** Values of a graph's inputs; zeros without an input. @throws RangeError for a picture that the graph cannot take */
function valuesOf({ graph }: ResolvedGraph, input: RunInput | null): readonly Float32Array[] {
	if (!input) return graph.inputs.map(({ shape }) => new Float32Array(shape[0] * shape[1] * shape[2]));
	if (input.kind === 'values') return input.values;
	const [shape, ...others] = graph.inputs.map((of) => of.shape);
	if (!shape || others.length > 0 || (shape[2] !== 3 && shape[2] !== 1))
		throw new RangeError(
			`picture: ${graph.name} takes ${graph.inputs.map((of) => of.shape.join('×')).join(', ')}, expected one picture of 3 channels or 1`
		);
	return [pictureInput(input.picture, shape, input.preprocessing, input.share)];
}

function failureOf(error: unknown, signal: AbortSignal): Failure {
	if (signal.aborted) return cancelled;
	if (error instanceof EngineError) {
		const { code, message, params, problems, fit } = error;
		return { code, message, params, problems, fit };
	}
	if (error instanceof WeightsError)
		return failure('weights', error.message, { ...error.params, code: error.code });
	const reason = reasonOf(error);
	if (error instanceof GraphError) return failure('graph', reason, { reason });
	if (isOutOfMemory(error)) return failure('memory', `there is too little memory: ${reason}`, { reason });
	if (error instanceof RangeError) return failure('input', reason, { reason });
	if (isUnfetched(reason)) return failure('unfetched', reason, { reason });
	return failure('backend', reason, { backend: '', reason });
}
