import type { Fit } from '../formats/fit';
import type { WeightProblem } from '../formats/match';
import type { Params } from '../formats/tensors';

/**
 * Why the engine could not do what it was asked. Pages translate by code and fill in `params`.
 *
 * - `graph` (`reason`): the graph is not one (its own error has a code of its own; parse it on the page first)
 * - `opaque` (`node`, `type`): the graph has an operator that cannot be computed; nothing that can be is left without it
 * - `weights` (`code` and what a `WeightsError` has): the file cannot be read or fetched
 * - `problems` (`count`): the weights do not fit the network; `problems` lists what is wrong by layer, and `fit` how they would fit by
 *   order and shape, where they would
 * - `input` (`reason`): the picture or tensor does not fit the network
 * - `notFinite` (`node`): what came out is no number; `node` is the first layer in which it was none
 * - `memory` (`reason`): the device has too little memory; the engine has been started anew, without its networks
 * - `backend` (`backend`, `reason`): it failed, and so did the one that it fell back to
 * - `unloaded`: the network is not (or no longer) loaded
 * - `cancelled`
 * - `script` (`reason`): the engine's script ended
 * - `unfetched` (`reason`): the engine's script, a part of it or its WASM did not load, which pages have said by then
 */
export type FailureCode =
	| 'graph'
	| 'opaque'
	| 'weights'
	| 'problems'
	| 'input'
	| 'notFinite'
	| 'memory'
	| 'backend'
	| 'unloaded'
	| 'cancelled'
	| 'script'
	| 'unfetched';

/** A failure as plain data, since errors lose their fields on the way from a worker. */
export interface Failure {
	readonly code: FailureCode;
	readonly message: string;
	readonly params: Params;
	readonly problems: readonly WeightProblem[];
	readonly fit?: Fit | null;
}

/** What the engine rejects with. */
export class EngineError extends Error {
	override readonly name = 'EngineError';
	readonly code: FailureCode;
	readonly params: Params;
	/** What is wrong with the weights, by layer; empty for every other code. */
	readonly problems: readonly WeightProblem[];
	/** How weights that do not fit by their names would fit. */
	readonly fit: Fit | null;

	constructor({ code, message, params, problems, fit = null }: Failure) {
		super(message);
		this.code = code;
		this.params = params;
		this.problems = problems;
		this.fit = fit;
	}

	/** Whether whoever asked has nothing to say of it: it was cancelled, or the page has said that a part of it did not load. */
	get isSaid(): boolean {
		return this.code === 'cancelled' || this.code === 'unfetched';
	}
}

/** A failure without problems. */
export function failure(code: FailureCode, message: string, params: Params = {}): Failure {
	return { code, message, params, problems: [] };
}

/** What a call that was cancelled rejects with. */
export const cancelled = failure('cancelled', 'cancelled');

/** The words of whatever was thrown; TensorFlow.js throws objects that are no errors too. */
export function reasonOf(error: unknown): string {
	if (error instanceof Error) return error.message;
	const message = (error as { message?: unknown } | null)?.message;
	return typeof message === 'string' ? message : String(error);
}

/** Whether an error says that memory could not be had. */
export function isOutOfMemory(error: unknown): boolean {
	return /out of memory|\bOOM\b|allocation failed|cannot enlarge memory|could not allocate|Aborted\(/i.test(
		reasonOf(error)
	);
}

export const unfetchedWasm = 'its WASM did not come, or is none';

/** Whether a reason says that a file of the engine did not come, or was none; browsers differ in their words. */
export const isUnfetched = (reason: string): boolean =>
	reason === unfetchedWasm ||
	/dynamically imported module|importing a module script|failed to fetch/i.test(reason);
