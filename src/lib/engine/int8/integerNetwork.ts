import { beforeDropout } from '../../nets/quantization/groups';
import { toReals, type Range } from '../../nets/quantization/integers';
import { networkOfFile, type FileIntegers } from '../../nets/quantization/fileNetwork';
import type { Granularity } from '../../nets/quantization/kernel';
import { chooseRanges, quantizeNetwork } from '../../nets/quantization/network';
import type { Calibration } from '../../nets/quantization/range';
import type { IntegerNetwork } from '../../nets/quantization/steps';
import { operators, tensor } from '../../ops';
import type { NetworkWeights } from '../../formats/tensors';
import type { ResolvedGraph } from '../../nets';
import type { Activations, Program, RunResult, UnitTiming } from '../program/program';
import { observeTensors } from './calibrate';
import { compileIntegerKernels } from './kernels';
import { IntegerProgram } from './program';

/** Where a network's scales come from: ranges of its tensors, pictures to find these by, or the file that it is from. */
export type ScaleSource =
	| {
			readonly kind: 'ranges';
			readonly ranges: Readonly<Record<string, Range>>;
			/** Of weights; default: each output channel has a scale. */
			readonly granularity?: Granularity;
			/** Of a weight. Default 8. */
			readonly bits?: number;
			/** Of an activation. Default: as many, at most 7. */
			readonly activationBits?: number;
			/** How they were chosen, by which scales of weights are, too. */
			readonly calibration: Calibration;
			/** Whether channels were given about the same range before these were found. */
			readonly isEqualized?: boolean | undefined;
	  }
	/** Values of the graph's input. */
	| { readonly kind: 'inputs'; readonly inputs: readonly Float32Array[] }
	| { readonly kind: 'file'; readonly integers: FileIntegers };

/** A network on integers as the engine runs it: it answers as a `Program` does. */
export class IntegerNetworkProgram {
	private constructor(
		readonly resolved: ResolvedGraph,
		readonly network: IntegerNetwork,
		readonly program: IntegerProgram
	) {}

	/**
	 * Rounds a network's weights, or takes the file's, and places it in memory.
	 * @param float the same network, which is shown the pictures where ranges are not known
	 * @throws {NotComputedError} where it has something that is not computed with integers
	 */
	static async create(
		float: Program,
		weights: NetworkWeights,
		source: ScaleSource,
		signal?: AbortSignal
	): Promise<IntegerNetworkProgram> {
		const network = await networkBy(float, weights, source, signal);
		const program = await IntegerProgram.create(network, await compileIntegerKernels(), { keepsAll: true });
		return new IntegerNetworkProgram(float.resolved, network, program);
	}

	/** Whether a tensor of the graph is one of integers, or the output. */
	has(ref: string): boolean {
		return this.network.tensors.has(this.#name(ref)) || this.#isOutput(ref);
	}

	/** Runs the network. @param watch tensors that it has, which are handed out as what their integers stand for */
	run(input: Float32Array, watch: readonly string[] = []): RunResult {
		const started = performance.now();
		const logits = this.program.run(input);
		const output = this.#finish(logits);
		const milliseconds = performance.now() - started;
		const watched = Object.fromEntries(watch.map((ref) => [ref, this.#values(ref, logits)]));
		return { output, watched, milliseconds };
	}

	/** Times each step by itself. */
	benchmark(input: Float32Array, rounds: number): readonly UnitTiming[] {
		const times = this.program.time(input, rounds);
		return this.network.steps.map(({ nodes }, i) => ({ nodes, milliseconds: times[i]! }));
	}

	dispose(): void {
		this.program.dispose();
	}

	#name(ref: string): string {
		const found = this.resolved.byRef.get(ref);
		return found ? beforeDropout(found).ref : ref;
	}

	#isOutput(ref: string): boolean {
		return this.#name(ref) === this.network.output.ref || ref === this.resolved.output.ref;
	}

	/** The graph's output: the logits, or what softmax makes of them. */
	#finish(logits: Float32Array): Activations {
		const { shape } = this.resolved.output;
		if (!this.network.hasSoftmax) return { shape, data: logits };
		const softmax = this.resolved.output.producer!;
		const [result] = operators.softmax.run([tensor(shape, logits)], {}, softmax.geometry as never);
		return { shape, data: Float32Array.from(result!.data) };
	}

	#values(ref: string, logits: Float32Array): Activations {
		if (ref === this.resolved.output.ref) return this.#finish(logits);
		const name = this.#name(ref);
		if (name === this.network.output.ref) return { shape: this.network.output.shape, data: logits };
		const { shape, integers, factors } = this.network.tensors.get(name)!;
		return { shape, data: toReals(this.program.integersOf(name), integers, factors) };
	}
}

async function networkBy(
	float: Program,
	weights: NetworkWeights,
	source: ScaleSource,
	signal?: AbortSignal
): Promise<IntegerNetwork> {
	switch (source.kind) {
		case 'file':
			return networkOfFile(float.resolved, weights, source.integers);
		case 'ranges':
			return quantizeNetwork(float.resolved, weights, source.ranges, {
				granularity: source.granularity ?? 'channel',
				bits: source.bits ?? 8,
				...(source.activationBits !== undefined && { activationBits: source.activationBits }),
				calibration: source.calibration,
				isEqualized: source.isEqualized ?? false
			});
		case 'inputs': {
			const seen = await observeTensors(float, source.inputs, { signal });
			return quantizeNetwork(float.resolved, weights, chooseRanges(seen, 'squares'));
		}
	}
}
