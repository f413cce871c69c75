import { toIntegers, toReals } from '../../nets/quantization/integers';
import type { IntegerNetwork } from '../../nets/quantization/steps';
import type { Helper, HelperStart } from '../kernels/threads';
import { poolBytes, Runner } from '../kernels/threads';
import { planIntegers, type IntegerPlan } from './plan';

/** First byte of the threads' pool. */
const poolAt = 64;
const pageBytes = 65536;

/** Compiled kernels, and who may help. */
export interface IntegerKernels {
	readonly module: WebAssembly.Module;
	readonly relaxed: boolean;
	/** Compiled for memory that threads share; a program has as many helpers as `start` gives. */
	readonly threads?: { readonly helpers: number; start(message: HelperStart): Promise<Helper | null> };
}

/**
 * A network on integers, in memory of its own: all jobs are planned once, and TensorFlow.js has no part in it. Its results equal
 * those of `runIntegers`, with any number of threads and on any machine.
 */
export class IntegerProgram {
	readonly #plan: IntegerPlan;
	readonly #runner: Runner;
	readonly #memory: WebAssembly.Memory;
	/** Of the input, before they are written. */
	readonly #integers: Uint8Array<ArrayBuffer>;

	private constructor(
		readonly network: IntegerNetwork,
		runner: Runner,
		memory: WebAssembly.Memory,
		plan: IntegerPlan
	) {
		this.#runner = runner;
		this.#memory = memory;
		this.#plan = plan;
		const [height, width, channels] = network.input.shape;
		this.#integers = new Uint8Array(height * width * channels);
	}

	/**
	 * Places a network in memory.
	 * @param keepsAll so that {@link integersOf} can tell of every tensor
	 */
	static async create(
		network: IntegerNetwork,
		{ module, relaxed, threads }: IntegerKernels,
		{ keepsAll = false }: { readonly keepsAll?: boolean } = {}
	): Promise<IntegerProgram> {
		const start = poolAt + poolBytes;
		const planned = (count: number) => planIntegers(network, { start, threads: count, relaxed, keepsAll });
		// Who does not come up is not counted on, and then less memory is needed.
		const most = planned(1 + (threads?.helpers ?? 0));
		const pages = Math.ceil(most.end / pageBytes) + 1;
		const memory = new WebAssembly.Memory(
			threads ? { initial: pages, maximum: pages, shared: true } : { initial: pages }
		);
		const runner = new Runner(module, memory, poolAt);
		const helpers = await Promise.all(
			Array.from({ length: threads?.helpers ?? 0 }, () => threads!.start(runner.start))
		);
		for (const helper of helpers) if (helper) runner.join(helper);
		const plan = runner.threads === 1 + helpers.length ? most : planned(runner.threads);
		for (const { address, data } of plan.constants)
			new Uint8Array(memory.buffer, address, data.byteLength).set(
				new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
			);
		return new IntegerProgram(network, runner, memory, plan);
	}

	get threads(): number {
		return this.#runner.threads;
	}

	/** Runs the network. @param input values of the graph's input @returns the logits */
	run(input: Float32Array): Float32Array {
		this.#take(input);
		for (const { plan, addresses } of this.#plan.jobs) this.#runner.run(plan, addresses);
		return this.#logits();
	}

	/** Times each step by itself, after one round that is not counted: milliseconds of each round, by step. */
	time(input: Float32Array, rounds: number): number[][] {
		const times = this.network.steps.map((): number[] => []);
		for (let round = 0; round <= rounds; round++) {
			this.#take(input);
			const of = this.network.steps.map(() => 0);
			for (const { plan, addresses, step } of this.#plan.jobs) {
				const started = performance.now();
				this.#runner.run(plan, addresses);
				of[step]! += performance.now() - started;
			}
			if (round > 0) of.forEach((milliseconds, step) => times[step]!.push(milliseconds));
		}
		return times;
	}

	#take(input: Float32Array): void {
		const { shape, integers, ref } = this.network.input;
		const size = shape[0] * shape[1] * shape[2];
		if (input.length !== size) throw new RangeError(`input: ${input.length} values, expected ${size}`);
		this.#write(ref, toIntegers(input, integers, this.#integers));
	}

	#logits(): Float32Array {
		const { network } = this;
		const { output } = network;
		if (!output.isReal)
			return toReals(this.integersOf(output.ref), network.tensors.get(output.ref)!.integers);
		const { address } = this.#plan.places.get(output.ref)!;
		const count = output.shape[0] * output.shape[1] * output.shape[2];
		return Float32Array.from(new Float32Array(this.#memory.buffer, address, count));
	}

	/** A tensor after a run, row-major: the input, the output, and all where they are kept. */
	integersOf(ref: string): Uint8Array {
		const place = this.#plan.places.get(ref);
		if (!place) throw new RangeError(`${ref} is no tensor of integers`);
		const { address, step, shape } = place;
		const [height, width, channels] = shape;
		const result = new Uint8Array(height * width * channels);
		const heap = new Uint8Array(this.#memory.buffer);
		for (let position = 0; position < height * width; position++) {
			const at = address + position * step;
			result.set(heap.subarray(at, at + channels), position * channels);
		}
		return result;
	}

	/** Ends its threads. */
	dispose(): void {
		this.#runner.dispose();
	}

	#write(ref: string, integers: Uint8Array): void {
		const { address, step, shape } = this.#plan.places.get(ref)!;
		const channels = shape[2];
		const heap = new Uint8Array(this.#memory.buffer);
		for (let i = 0, at = address; i < integers.length; i += channels, at += step)
			for (let c = 0; c < channels; c++) heap[at + c] = integers[i + c]!;
	}
}
