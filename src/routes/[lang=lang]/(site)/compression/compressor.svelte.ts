import type { Remote } from 'comlink';
import type { WeightSet } from '$lib/engine/client';
import { weightsProblem } from '$lib/running/problems';
import type { CalledWorker } from '$lib/stored/callWorker';
import { Unloaded } from '$lib/stored/unloaded';
import { withReports } from '$lib/stored/withReports';
import type { compressionKnobs } from '$lib/viz/figures/compression/knobs';
import type { KnobValues } from '$lib/nets/knobs';
import type { CompressWorker, Report } from './compress.worker';
import { openWorker } from './openWorker';
import type { Summary } from './summary';

export type Settings = KnobValues<typeof compressionKnobs>;

/** A set of weights that was compressed. */
export interface Result {
	readonly set: WeightSet;
	readonly settings: Settings;
	readonly summary: Summary;
	/** Whether weights that the browser had kept had gone bad, and were fetched again. */
	readonly isRepaired: boolean;
}

/** Compresses sets of weights in a worker, one at a time. */
export class Compressor {
	/** How far it is; `null` while nothing is under way. */
	progress = $state.raw<{ readonly phase: 'loading' | 'compressing'; readonly share: number } | null>(null);
	result = $state.raw<Result | null>(null);
	/** Why the last one came to nothing. */
	problem = $state<string | null>(null);
	readonly #modelOf: (set: WeightSet) => string;
	#worker: CalledWorker<CompressWorker> | null = null;
	#fail: (reason: Error) => void = () => {};
	/** Counts what was asked for, so that only the last answer is taken. */
	#asked = 0;

	/** @param modelOf address of a set's model.json */
	constructor(modelOf: (set: WeightSet) => string) {
		this.#modelOf = modelOf;
	}

	async run(set: WeightSet, settings: Settings): Promise<void> {
		const asked = ++this.#asked;
		this.problem = null;
		this.progress = { phase: 'loading', share: 0 };
		const report: Report = (phase, done, total) => {
			if (asked === this.#asked) this.progress = { phase, share: total === 0 ? 0 : done / total };
		};
		const { network, knobs, hash, files } = set;
		const failed = new Promise<never>((_, reject) => (this.#fail = reject));
		try {
			const options = { prune: settings.prune / 100, bits: settings.bits };
			const answer = await withReports(report, (report) =>
				Promise.race([
					// What a page holds may be a proxy of Svelte's, which no worker takes.
					this.#open().compress(
						$state.snapshot({ network, knobs, hash, files }),
						this.#modelOf(set),
						options,
						report
					),
					failed
				])
			);
			if (asked !== this.#asked) return;
			if ('failed' in answer) this.problem = weightsProblem(answer.failed.code, answer.failed.params);
			else this.result = { set, settings, ...answer };
		} catch (error) {
			if (asked !== this.#asked || error instanceof Unloaded) return;
			this.problem = error instanceof Error ? error.message : String(error);
		} finally {
			if (asked === this.#asked) this.progress = null;
		}
	}

	/** Stops what is under way; the last result stays. */
	cancel(): void {
		this.#asked++;
		this.progress = null;
		this.close();
	}

	/** Ends the worker; a later run starts anew. */
	close(): void {
		this.#worker?.end();
		this.#worker = null;
	}

	#open(): Remote<CompressWorker> {
		if (this.#worker) return this.#worker.remote;
		this.#worker = openWorker();
		this.#worker.worker.onerror = (event) => {
			this.#fail(event.message ? new Error(event.message) : new Unloaded('the compressor did not load'));
			this.close();
		};
		return this.#worker.remote;
	}
}
