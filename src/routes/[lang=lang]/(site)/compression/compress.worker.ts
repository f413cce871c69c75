import { expose, releaseProxy, transfer } from 'comlink';
import { openWeightsCache } from '$lib/engine/weights/cache';
import { fetchTensors } from '$lib/engine/weights/fetch';
import { matchWeights } from '$lib/formats/match';
import { WeightsError, type Params } from '$lib/formats/tensors';
import type { WeightSet } from '$lib/engine/client';
import { networkById, resolveGraph, type ResolvedGraph } from '$lib/nets';
import type { CompressionOptions } from '$lib/nets/compression/layer';
import type { TrainedWeights } from '$lib/nets/foldBatchNorm';
import { summarize, type Summary } from './summary';

/** Told of bytes that have come, or weights that are done, of how many. */
export type Report = (phase: 'loading' | 'compressing', done: number, total: number) => void;

/** What comes of it: the summary, or which file could not be had and why, by a code of `WeightsError`. */
export type Answer =
	| { readonly summary: Summary; readonly isRepaired: boolean }
	| { readonly failed: { readonly code: string; readonly params: Params } };

/** Fetches weights and compresses them beside the page; keeps those of the last set. */
class CompressWorker {
	#stored: {
		readonly hash: string;
		readonly resolved: ResolvedGraph;
		readonly weights: TrainedWeights;
		/** Whether the browser had kept files that had gone bad. */
		readonly isRepaired: boolean;
	} | null = null;

	/** @throws Error with a sentence for whoever looks for the reason */
	async compress(
		set: Pick<WeightSet, 'network' | 'knobs' | 'hash' | 'files'>,
		model: string,
		options: CompressionOptions,
		report: Report
	): Promise<Answer> {
		try {
			const { resolved, weights, isRepaired } = await this.#load(set, model, report);
			const summary = summarize(resolved, weights, options, (done, total) =>
				report('compressing', done, total)
			);
			return transfer({ summary, isRepaired }, [...new Set(summary.tensors.map(({ data }) => data.buffer))]);
		} catch (error) {
			if (!(error instanceof WeightsError)) throw error;
			return { failed: { code: error.code, params: error.params } };
		} finally {
			(report as unknown as { [releaseProxy]?: () => void })[releaseProxy]?.();
		}
	}

	async #load(
		{ network, knobs, hash, files }: Parameters<CompressWorker['compress']>[0],
		model: string,
		report: Report
	) {
		if (this.#stored?.hash === hash) return this.#stored;
		const resolved = resolveGraph(networkById(network).build(knobs));
		let isRepaired = false;
		const tensors = await fetchTensors(model, files, {
			cache: await openWeightsCache(),
			onRepair: () => (isRepaired = true),
			progress: ({ loaded, total }) => report('loading', loaded, total)
		});
		const { weights, problems } = matchWeights(resolved, tensors);
		if (!weights) throw new Error(problems[0]!.message);
		return (this.#stored = { hash, resolved, weights, isRepaired });
	}
}

export type { CompressWorker };

expose(new CompressWorker());
