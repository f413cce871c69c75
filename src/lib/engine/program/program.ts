import * as tf from '@tensorflow/tfjs-core';
import type { NetworkWeights } from '../../formats/tensors';
import type { GraphTensor, ResolvedGraph } from '../../nets';
import type { Conv2dGeometry, Shape } from '../../ops';
import type { Kernels, Part } from '../kernels';
import { bindLayer, windowOptions, type BoundLayer } from './layers';
import { bindNode, putInOrder, type BoundNode } from './nodes';
import { planGraph, type Stored, type Layer, type Plan, type Slot, type Unit } from './plan';

/** Values of one tensor of the graph, row-major, of `[height, width, channels]`. */
export interface Activations {
	readonly shape: Shape;
	readonly data: Float32Array;
}

/** Whether all values are numbers, and none is infinite. */
export function isFinite({ data }: Pick<Activations, 'data'>): boolean {
	return data.every((value) => Number.isFinite(value));
}

export interface RunOptions {
	/** Tensors that are handed out besides the output, by reference: a node's id, or `id:k`. */
	readonly watch?: readonly string[];
	/** Stops between two units. */
	readonly signal?: AbortSignal;
}

export interface RunResult {
	/** The graph's output. */
	readonly output: Activations;
	/** What was watched, by reference. */
	readonly watched: Readonly<Record<string, Activations>>;
	/** Milliseconds from the input's upload to the output's values, watched tensors not read yet. */
	readonly milliseconds: number;
}

/** How long a unit takes. */
export interface UnitTiming {
	/** Ids of the nodes that it computes together; none where it only puts channels in order. */
	readonly nodes: readonly string[];
	/** Milliseconds of each round. */
	readonly milliseconds: readonly number[];
}

/** A plan with its weights bound. */
interface Ready {
	readonly plan: Plan;
	readonly units: readonly ReadyUnit[];
}

interface ReadyUnit {
	readonly unit: Unit;
	run(values: ReadonlyMap<Slot, tf.Tensor4D>): tf.Tensor4D[];
	/** Slots that nothing reads any more. */
	readonly released: readonly Slot[];
}

/**
 * A graph as a program of TensorFlow.js's current backend, with its weights in the backend's memory. Weights are bound when
 * they are first needed, and again where what is watched unfolds them or folds them in another way.
 */
export class Program {
	readonly #bound = new Map<string, BoundLayer | BoundNode>();
	#ready: (Ready & { readonly watch: string }) | null = null;

	/**
	 * @param weights checked already (see `checkWeights`)
	 * @param kernels our own kernels, on the WASM backend
	 */
	constructor(
		readonly resolved: ResolvedGraph,
		readonly weights: NetworkWeights,
		readonly kernels: Kernels | null = null
	) {}

	/** The units that compute the output and what is watched, by the ids of the nodes that each computes. */
	units(watch: readonly string[] = []): readonly (readonly string[])[] {
		return this.#prepare(watch).plan.units.map(idsOf);
	}

	/**
	 * Runs the graph once. Runs of one program must not overlap.
	 * @param inputs values of the graph's inputs, in their order
	 * @throws RangeError for an input of the wrong size or a tensor that the graph does not have; the signal's reason
	 */
	async run(inputs: readonly Float32Array[], { watch = [], signal }: RunOptions = {}): Promise<RunResult> {
		const { plan, units } = this.#prepare(watch);
		const started = performance.now();
		const values = this.#upload(inputs);
		try {
			const pause = pauses();
			for (const unit of units) {
				signal?.throwIfAborted();
				step(unit, values);
				if (signal) await pause();
			}
			const byRef = new Map(plan.stored.map((stored) => [stored.tensor.ref, stored]));
			const output = await read(byRef.get(this.resolved.output.ref)!, values);
			const milliseconds = performance.now() - started;
			const watched: Record<string, Activations> = {};
			for (const ref of watch) watched[ref] = await read(byRef.get(ref)!, values);
			return { output, watched, milliseconds };
		} finally {
			tf.dispose([...values.values()]);
		}
	}

	/** Id of the first node, of those that are computed together, whose values are not all finite; the last where all are. */
	async firstNotFinite(inputs: readonly Float32Array[], signal?: AbortSignal): Promise<string> {
		// Every node by itself, so that it is the one at fault that is named.
		const refs = this.resolved.tensors.map(({ ref }) => ref);
		const { plan, units } = this.#prepare(refs);
		const values = this.#upload(inputs);
		try {
			for (const { unit, run } of units) {
				signal?.throwIfAborted();
				const outputs = tf.tidy(() => run(values));
				unit.outputs.forEach((slot, i) => values.set(slot, outputs[i]!));
				for (const { tensor, slot } of plan.stored) {
					if (!unit.outputs.includes(slot)) continue;
					const data = (await values.get(slot)!.data()) as Float32Array;
					if (!isFinite({ data })) return tensor.producer?.id ?? tensor.ref;
				}
			}
			return this.resolved.output.producer?.id ?? this.resolved.output.ref;
		} finally {
			tf.dispose([...values.values()]);
		}
	}

	/**
	 * Times each unit by itself, after one round that is not counted. On a GPU each unit is waited for by reading one value
	 * back, which adds about the same to all.
	 */
	async benchmark(
		inputs: readonly Float32Array[],
		options: BenchmarkOptions
	): Promise<readonly UnitTiming[]> {
		const { units } = this.#prepare([]);
		const times = units.map((): number[] => []);
		for (let round = 0; round <= options.rounds; round++) {
			const values = this.#upload(inputs);
			try {
				for (const [i, unit] of units.entries()) {
					options.signal?.throwIfAborted();
					const started = performance.now();
					step(unit, values);
					if (options.isDeferred) await settle(values.get(unit.unit.outputs[0]!)!);
					if (round > 0) times[i]!.push(performance.now() - started);
				}
			} finally {
				tf.dispose([...values.values()]);
			}
			options.progress?.(round + 1);
			await nextTask();
		}
		return units.map(({ unit }, i) => ({ nodes: idsOf(unit), milliseconds: times[i]! }));
	}

	/** Frees the weights; they are bound anew should the program run again. */
	dispose(): void {
		for (const bound of this.#bound.values()) bound.dispose();
		this.#bound.clear();
		this.#ready = null;
	}

	/** The plan for what is watched, with its weights bound, and no others. */
	#prepare(watch: readonly string[]): Ready {
		const key = watch.join(' ');
		if (this.#ready?.watch === key) return this.#ready;
		const { resolved, kernels } = this;
		const stored = new Set([resolved.output, ...watch.map((ref) => this.#tensor(ref))]);
		const plan = planGraph(resolved, [...stored], kernels !== null);
		const needed = new Set(plan.units.flatMap(keysOf));
		for (const [old, bound] of this.#bound) {
			if (needed.has(old)) continue;
			bound.dispose();
			this.#bound.delete(old);
		}
		const released = releases(plan);
		const units = plan.units.map((unit, i) => ({
			unit,
			run: this.#bind(unit),
			released: released[i]!
		}));
		this.#ready = { watch: key, plan, units };
		return this.#ready;
	}

	#tensor(ref: string): GraphTensor {
		const tensor = this.resolved.byRef.get(ref);
		if (!tensor) throw new RangeError(`watch: ${ref} is no tensor of ${this.resolved.graph.name}`);
		return tensor;
	}

	#upload(inputs: readonly Float32Array[]): Map<Slot, tf.Tensor4D> {
		const shapes = this.resolved.graph.inputs.map(({ shape }) => shape);
		if (inputs.length !== shapes.length)
			throw new RangeError(`inputs: ${inputs.length}, expected ${shapes.length}`);
		for (const [i, shape] of shapes.entries()) {
			const size = shape[0] * shape[1] * shape[2];
			if (inputs[i]!.length !== size)
				throw new RangeError(
					`inputs[${i}]: ${inputs[i]!.length} values, expected ${size} (${shape.join('×')})`
				);
		}
		return new Map(shapes.map((shape, i) => [i, tf.tensor4d(inputs[i]!, [1, ...shape])]));
	}

	#bind(unit: Unit): ReadyUnit['run'] {
		switch (unit.kind) {
			case 'layer': {
				const { layer, residual } = unit;
				const bound = this.#layer(layer);
				return (values) => [
					residual === null
						? bound.run(values.get(layer.input)!, layer.activation)
						: bound.run(values.get(layer.input)!, layer.activation, values.get(residual)!)
				];
			}
			case 'concat': {
				const parts = unit.parts.map((part) => {
					if (!('weighted' in part)) return { input: part.input, options: { activation: part.activation } };
					const { packed } = this.#layer(part);
					const options = windowOptions(part.weighted.geometry as Conv2dGeometry, part.activation);
					return { input: part.input, packed: packed!, options };
				});
				return (values) => [
					this.kernels!.concat(parts.map(({ input, ...part }): Part => ({ ...part, x: values.get(input)! })))
				];
			}
			case 'node': {
				const bound = this.#once(keyOfNode(unit), () => bindNode(unit.node, this.weights, unit.order));
				return (values) => bound.run(unit.inputs.map((slot) => values.get(slot)!));
			}
			case 'arrange':
				return (values) => [putInOrder(values.get(unit.inputs[0]!)!, unit.order)];
		}
	}

	#layer(layer: Layer): BoundLayer {
		return this.#once(keyOfLayer(layer), () => bindLayer(layer, this.weights, this.kernels));
	}

	#once<T extends BoundLayer | BoundNode>(key: string, bind: () => T): T {
		const bound = (this.#bound.get(key) as T | undefined) ?? bind();
		this.#bound.set(key, bound);
		return bound;
	}
}

export interface BenchmarkOptions {
	/** Rounds that are counted. */
	readonly rounds: number;
	/** Whether the backend only queues what it is asked, so that each unit has to be waited for. */
	readonly isDeferred?: boolean;
	readonly signal?: AbortSignal;
	/** Called after each round with how many are done, the first, uncounted one included. */
	readonly progress?: (done: number) => void;
}

const idsOf = ({ nodes }: Unit): string[] => nodes.map(({ id }) => id);

const keyOfLayer = ({ weighted, batchNorm, order }: Layer): string =>
	[weighted.id, batchNorm?.id ?? '', order ?? ''].join(' ');

const keyOfNode = ({ node, order }: Unit & { kind: 'node' }): string => [node.id, order ?? ''].join(' ');

/** The keys under which what a unit needs is bound. */
function keysOf(unit: Unit): string[] {
	switch (unit.kind) {
		case 'layer':
			return [keyOfLayer(unit.layer)];
		case 'concat':
			return unit.parts.filter((part) => 'weighted' in part).map(keyOfLayer);
		case 'node':
			return [keyOfNode(unit)];
		case 'arrange':
			return [];
	}
}

/** For each unit, the slots that are read by it for the last time, and what it writes that nobody reads. */
function releases({ units, stored }: Plan): Slot[][] {
	const last = new Map<Slot, number>();
	for (const [i, { inputs, outputs }] of units.entries())
		for (const slot of [...outputs, ...inputs]) last.set(slot, i);
	for (const { slot } of stored) last.delete(slot);
	const released = units.map((): Slot[] => []);
	for (const [slot, i] of last) released[i]!.push(slot);
	return released;
}

function step({ unit, run, released }: ReadyUnit, values: Map<Slot, tf.Tensor4D>): void {
	const outputs = tf.tidy(() => run(values));
	unit.outputs.forEach((slot, i) => values.set(slot, outputs[i]!));
	for (const slot of released) {
		values.get(slot)?.dispose();
		values.delete(slot);
	}
}

/** Reads a tensor, in the graph's order of channels. */
async function read(
	{ tensor, slot, order }: Stored,
	values: ReadonlyMap<Slot, tf.Tensor4D>
): Promise<Activations> {
	const { shape } = tensor;
	const stored = (await values.get(slot)!.data()) as Float32Array;
	if (!order) return { shape, data: stored };
	const data = new Float32Array(stored.length);
	for (let start = 0; start < data.length; start += shape[2])
		for (let c = 0; c < shape[2]; c++) data[start + c] = stored[start + order[c]!]!;
	return { shape, data };
}

/** Waits until a tensor is computed. */
async function settle(tensor: tf.Tensor4D): Promise<void> {
	const value = tf.tidy(() => tf.slice(tensor, [0, 0, 0, 0], [1, 1, 1, 1]));
	await value.data();
	value.dispose();
}

/** Lets messages in, but not more often than 30 times a second. */
function pauses(): () => Promise<void> {
	let last = performance.now();
	return async () => {
		if (performance.now() - last < 33) return;
		await nextTask();
		last = performance.now();
	};
}

/** Resolves when waiting events have been handled. */
function nextTask(): Promise<void> {
	return new Promise((resolve) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => {
			port1.close();
			resolve();
		};
		port2.postMessage(null);
	});
}
