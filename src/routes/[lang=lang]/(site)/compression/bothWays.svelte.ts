import { maxIndex } from 'd3-array';
import { Engine, EngineError, type Picture, type WeightSet } from '$lib/engine/client';
import { networkById, resolveGraph } from '$lib/nets';
import { clampedLater, groupNodes, type Activation } from '$lib/nets/quantization/groups';
import type { Granularity } from '$lib/nets/quantization/kernel';
import type { Shape } from '$lib/ops';
import type { IntegersOfSet } from './integersOf';

/** What a layer gives on float32 and on integers. */
export interface BothMaps {
	/** Of the node whose output it is: a convolution's with its batch norm and activation. */
	readonly id: string;
	readonly shape: Shape;
	/** The activation that the graph has only later, and that integers clamp these by: the same was done to what float32 gives. */
	readonly clampedBy: Exclude<Activation, 'none'> | null;
	readonly before: Float32Array;
	/** What the integers stand for. */
	readonly after: Float32Array;
	/** Of all its maps: {@link relativeError}. */
	readonly error: number;
}

/** What both are asked for. */
export interface Asked {
	readonly measured: IntegersOfSet;
	readonly set: WeightSet;
	readonly granularity: Granularity;
	/** Of a weight. */
	readonly bits: number;
	/** Of an activation. */
	readonly activationBits: number;
	/** Whose it is, so that an answer to another one is not taken for this one's. */
	readonly picture: string;
}

/** Whether the same is asked for. */
export const isSame = (a: Asked, b: Asked): boolean =>
	a.measured === b.measured &&
	a.picture === b.picture &&
	a.granularity === b.granularity &&
	a.bits === b.bits &&
	a.activationBits === b.activationBits;

/** Root mean square of the differences over that of the values; 0 where all values are. */
export function relativeError(before: Float32Array, after: Float32Array): number {
	let [errors, squares] = [0, 0];
	for (let i = 0; i < before.length; i++) {
		errors += (before[i]! - after[i]!) ** 2;
		squares += before[i]! ** 2;
	}
	return squares === 0 ? 0 : Math.sqrt(errors / squares);
}

function clamped(values: Float32Array, by: BothMaps['clampedBy']): Float32Array {
	if (!by) return values;
	const most = by === 'relu6' ? 6 : Infinity;
	return values.map((value) => Math.min(Math.max(value, 0), most));
}

/** Runs a picture through a network on float32 and on integers, and keeps what every layer gives. */
export class BothWays {
	/** In the order in which they are computed: the picture as it is taken in first, the logits last. */
	layers = $state.raw<readonly BothMaps[]>([]);
	/** What they are of. */
	of = $state.raw<Asked | null>(null);
	/** Class that each puts first. */
	answers = $state.raw<readonly [before: number, after: number]>([0, 0]);
	isRunning = $state(false);
	error = $state.raw<EngineError | null>(null);
	readonly #modelOf: (set: WeightSet) => string;
	readonly #engine = new Engine();
	#abort: AbortController | null = null;

	/** @param modelOf address of a set's model.json */
	constructor(modelOf: (set: WeightSet) => string) {
		this.#modelOf = modelOf;
	}

	async run(asked: Asked, pixels: Picture): Promise<void> {
		this.cancel();
		const abort = (this.#abort = new AbortController());
		const { signal } = abort;
		this.error = null;
		this.isRunning = true;
		const { set, measured, granularity, bits, activationBits } = asked;
		const graph = networkById(set.network).build(set.knobs);
		const resolved = resolveGraph(graph);
		const watch = [resolved.tensors[0].ref, ...groupNodes(resolved).map(({ output }) => output.ref)];
		try {
			const source = { kind: 'site' as const, model: this.#modelOf(set), files: set.files };
			const { id } = await this.#engine.load(graph, source, { signal });
			try {
				const input = {
					kind: 'picture' as const,
					picture: pixels,
					preprocessing: set.preprocessing,
					share: set.share
				};
				const scales = {
					kind: 'ranges' as const,
					ranges: measured.ranges,
					// With fewer bits, scales of weights are fitted, as they were where accuracies were measured.
					calibration: bits < 8 ? ('squares' as const) : measured.calibration,
					isEqualized: measured.isEqualized,
					...{ granularity, bits, activationBits }
				};
				const reply = await this.#engine.useIntegers(id, scales, { always: true, signal });
				// The networks of these sets are measured on integers: they can be computed with them.
				if (!reply?.isComputed) throw new RangeError(`${set.id}: ${reply?.node} has no integers`);
				const after = await this.#engine.run(id, input, { watch, signal });
				const before = await this.#engine.run(id, input, { watch, signal, onFloat32: true });
				if (signal.aborted) return;
				const clamps = clampedLater(resolved);
				this.layers = watch.map((ref) => {
					const clampedBy = clamps.get(ref) ?? null;
					const real = clamped(before.watched[ref]!.data, clampedBy);
					const { data } = after.watched[ref]!;
					const { shape } = resolved.byRef.get(ref)!;
					return { id: ref, shape, clampedBy, before: real, after: data, error: relativeError(real, data) };
				});
				this.answers = [maxIndex(before.output.data), maxIndex(after.output.data)];
				this.of = asked;
			} finally {
				await this.#engine.unload(id).catch(() => {});
			}
		} catch (error) {
			if (!(error instanceof EngineError)) throw error;
			if (!signal.aborted && !error.isSaid) this.error = error;
		} finally {
			if (this.#abort === abort) this.isRunning = false;
		}
	}

	cancel(): void {
		this.#abort?.abort();
		this.isRunning = false;
	}

	/** Ends the engine. */
	close(): void {
		this.cancel();
		this.#engine.close();
	}
}
