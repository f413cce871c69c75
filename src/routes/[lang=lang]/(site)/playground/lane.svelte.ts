import { maxIndex } from 'd3-array';
import type {
	Activations,
	BackendChoice,
	BackendName,
	EngineError,
	IntegersReply,
	Preprocessing,
	preprocessings,
	Progress,
	WeightSet,
	WeightsSource
} from '$lib/engine/client';
import type { Fit } from '$lib/formats/fit';
import type { NetworkWeights } from '$lib/formats/tensors';
import type { FileIntegers } from '$lib/nets/quantization/fileNetwork';
import type { Family } from '$lib/nets/networks/network';
import { graphMemory } from '$lib/nets/analyses/memory';
import type { NetworkId } from '$lib/nets/networks';
import type { ResolvedGraph } from '$lib/nets/resolve';
import type { Shape } from '$lib/ops';
import { takesPictures } from '$lib/nets/takesPictures';
import { spreadOf } from '$lib/nets/times/spread';
import type { NumberKind } from './spec';
import { isClassifier } from './topFive';

/** Weights of a network that runs. */
export type LaneWeights =
	| { readonly kind: 'set'; readonly set: WeightSet }
	| {
			readonly kind: 'files';
			readonly files: readonly File[];
			readonly number: number;
			/** Which tensor is which weight, where their names do not say it and the reader has agreed. */
			readonly names?: Fit['names'];
			/** What a set.json says that came with them. */
			readonly set?: WeightSet;
	  }
	/** Opened together with the network itself. */
	| {
			readonly kind: 'opened';
			readonly weights: NetworkWeights;
			/** What integers of its tensors stand for, where the file computes with such. */
			readonly integers: FileIntegers | null;
			readonly names: readonly string[];
			readonly number: number;
	  }
	/** Untrained: nobody trained it, the reader wants it so, or the knobs no longer fit the weights. */
	| { readonly kind: 'random'; readonly reason: 'none' | 'chosen' | 'changed' };

/** What a lane is made of. */
export interface LaneParts {
	readonly id: NetworkId | 'own';
	readonly title: string;
	readonly family: Family;
	readonly graph: ResolvedGraph;
	readonly weights: LaneWeights;
	readonly preprocessing: Preprocessing;
	/** Share of a picture's short side that it sees; the set's, or the usual one, where it is not said. */
	readonly share?: number;
	/** Names of the classes; `null` where there are none to be had. */
	readonly classes: WeightSet['classes'] | null;
	/** Where the run of a network ends that cannot be computed whole. */
	readonly stop?: Stop;
}

/** An operator that cannot be computed, at which a run ends. */
export interface Stop {
	readonly node: string;
	/** What its file calls it. */
	readonly type: string;
	/** The last layer before it that is computed; `null` where what the network answers is, and only something else is left out. */
	readonly last: string | null;
}

/** What a run of a lane gave. */
export interface LaneResult {
	/** Which picture it was, so that an answer to another one is not taken for this one's. */
	readonly picture: number;
	readonly output: Activations;
	/** Milliseconds of its runs on this picture; the first run after loading warms up, and is none of them. */
	readonly times: readonly number[];
	readonly backend: BackendName;
	/** What the reader wanted it to run on, so that an answer on something else is not taken for one on this. */
	readonly asked: Asked;
	/** What integers made of it; `null` where they were not wanted. */
	readonly integers: LaneIntegers | null;
}

/** What the reader wants networks to run on. */
export interface Asked {
	readonly backend: BackendChoice;
	readonly numbers: NumberKind;
}

/** What integers make of a lane. */
export type LaneIntegers =
	| Extract<IntegersReply, { isComputed: false }>
	| (Extract<IntegersReply, { isComputed: true }> & {
			/** Whether the picture that was there said how large activations get: nothing else was known of them. */
			readonly isByPicture: boolean;
			/** Against the answer on float32 to the same picture; `null` where that was not asked for. */
			readonly change: IntegersChange | null;
	  });

/** What integers change of an answer. */
export interface IntegersChange {
	/** Whether the largest output is the same one. */
	readonly isSame: boolean;
	/** The largest difference of an output. */
	readonly difference: number;
}

/** Compares an answer on integers with that on float32. */
export function changeOf(before: Activations, after: Activations): IntegersChange {
	return {
		isSame: maxIndex(before.data) === maxIndex(after.data),
		difference: after.data.reduce((most, value, i) => Math.max(most, Math.abs(value - before.data[i]!)), 0)
	};
}

/**
 * - `idle`: nothing was asked of it
 * - `waiting`: for another lane
 * - `loading`: its weights come, or are made
 * - `running`
 * - `ready`: it has run
 * - `failed`
 */
export type Phase = 'idle' | 'waiting' | 'loading' | 'running' | 'ready' | 'failed';

/** One network as it runs on the page: what it is, how far it has come, and what it answered. */
export class Lane {
	readonly parts: LaneParts;
	/** The same for the same graph and weights. */
	readonly key: string;
	phase: Phase = $state('idle');
	/** Bytes of weights that have come; `null` where none come. */
	progress: Progress | null = $state.raw(null);
	result: LaneResult | null = $state.raw(null);
	error: EngineError | null = $state.raw(null);
	/** What integers make of it on the engine that runs, where the reader wants those. What its answer was is told by that. */
	integers: LaneIntegers | null = $state.raw(null);
	/** Whether the engine may have it on integers: it was told to. */
	isOnIntegers = false;
	/** Whether it has run since it was loaded: the first run takes several times as long as all that follow. */
	isWarm = false;
	/** Runs that were timed apart, and what had run then. */
	#apart: { readonly of: LaneResult; readonly times: readonly number[] } | null = $state.raw(null);
	/** Whether more runs are to come for its time. */
	isTiming = $state(false);
	/** How long a run takes; `null` until all of its runs are timed, so that no first guess is taken for it. */
	readonly spread = $derived.by(() => {
		if (!this.result || this.isTiming) return null;
		const { picture, backend, times } = this.result;
		const apart =
			this.#apart?.of.picture === picture && this.#apart.of.backend === backend ? this.#apart : null;
		const timed = apart?.times ?? times;
		return timed.length > 0 ? spreadOf(timed) : null;
	});
	/** Whether weights that were kept had gone bad, and were fetched again. */
	isRepaired = $state(false);

	constructor(parts: LaneParts) {
		this.parts = parts;
		this.key = keyOf(parts);
	}

	/** Takes runs of what ran last that were timed apart: they are more than its own, and stand in their place until it runs again. */
	takeTimes(times: readonly number[] | null): void {
		this.#apart = times && this.result ? { of: this.result, times } : null;
	}

	get isTrained(): boolean {
		return this.parts.weights.kind !== 'random';
	}

	/** What integers of its tensors stand for in the file that it is from. */
	get ownIntegers(): FileIntegers | null {
		return this.parts.weights.kind === 'opened' ? this.parts.weights.integers : null;
	}

	get takesPictures(): boolean {
		return takesPictures(this.parts.graph.graph);
	}

	/** What it takes; the first of several. */
	get inputShape(): Shape {
		return this.parts.graph.graph.inputs[0]!.shape;
	}

	/** Share of a picture's short side that it sees; `undefined` for the usual one. */
	get share(): number | undefined {
		return this.parts.share ?? (this.parts.weights.kind === 'set' ? this.parts.weights.set.share : undefined);
	}
}

/** The preprocessing that a family's published weights want. */
export const usualPreprocessing: Readonly<Record<Family, keyof typeof preprocessings>> = {
	squeezenet: 'caffe',
	mobilenet: 'symmetric',
	shufflenet: 'imagenet',
	xception: 'symmetric',
	reference: 'imagenet'
};

/** Where the engine gets a lane's weights from. @param modelOf address of a set's model.json */
export function sourceOf(weights: LaneWeights, modelOf: (set: WeightSet) => string): WeightsSource {
	switch (weights.kind) {
		case 'set':
			return { kind: 'site', model: modelOf(weights.set), files: weights.set.files };
		case 'files':
			return {
				...{ kind: 'files', files: weights.files },
				...(weights.names && { names: weights.names }),
				...(weights.set && { facts: weights.set.files })
			};
		case 'opened':
			return { kind: 'opened', weights: weights.weights };
		case 'random':
			return { kind: 'random', seed: randomSeed };
	}
}

/** Any would do; the same one gives everybody the same untrained network. */
const randomSeed = 1;

function keyOf({ graph, weights, preprocessing, share, classes }: LaneParts): string {
	const of = weights.kind === 'set' ? weights.set.hash : 'number' in weights ? weights.number : '';
	const names = weights.kind === 'files' ? weights.names : undefined;
	return JSON.stringify([weights.kind, of, names, graph.graph, preprocessing, share, classes]);
}

/** Bytes of a lane's weights, and of its activations that are there at once at most, in the numbers that it ran on. */
export function memoryOf({ parts, result }: Lane): {
	readonly weightBytes: number;
	readonly peakBytes: number;
} {
	const integers = result?.integers;
	const isInteger = integers?.isComputed === true && integers.isTaken;
	const { weightBytes, peakBytes } = graphMemory(parts.graph, isInteger ? 1 : 4);
	return { weightBytes: isInteger ? integers.bytes : weightBytes, peakBytes };
}

/** What integers change of a lane's first answer: nothing can be said where it has none, being untrained or no classifier. */
export function answerChange(lane: Lane): 'same' | 'other' | 'unanswered' {
	const { result, isTrained, takesPictures } = lane;
	if (!isTrained || !takesPictures || !result || !isClassifier(result.output)) return 'unanswered';
	const { integers } = result;
	return integers?.isComputed && integers.change?.isSame ? 'same' : 'other';
}
