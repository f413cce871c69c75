import { Engine, EngineError, type Loaded, type Picture, type WeightSet } from '$lib/engine/client';
import type { Result } from './compressor.svelte';
import { compareAnswers, type Compared } from './compareAnswers';

/** A picture that both networks are shown. */
export interface Shown {
	readonly name: string;
	/** Address of a small picture of it. */
	readonly thumbnail: string;
	readonly pixels: () => Promise<Picture>;
}

export interface Row extends Compared {
	readonly shown: Shown;
}

/** Runs a network as it was trained and as it is after compression on the same pictures. */
export class Agreement {
	rows = $state.raw<readonly Row[]>([]);
	/** What the rows are of. */
	of = $state.raw<Result | null>(null);
	isRunning = $state(false);
	error = $state.raw<EngineError | null>(null);
	readonly #engine = new Engine();
	readonly #modelOf: (set: WeightSet) => string;
	/** The network as it was trained, which stays for other settings. */
	#trained: { readonly set: WeightSet; readonly network: Loaded } | null = null;
	#abort: AbortController | null = null;

	constructor(modelOf: (set: WeightSet) => string) {
		this.#modelOf = modelOf;
	}

	/** @param isAdding whether what was found of pictures that were shown before holds still */
	async run(result: Result, pictures: readonly Shown[], { isAdding = false } = {}): Promise<void> {
		this.cancel();
		const known = isAdding && this.of === result ? this.rows : [];
		const abort = (this.#abort = new AbortController());
		const { signal } = abort;
		this.rows = [];
		this.of = result;
		this.error = null;
		this.isRunning = true;
		try {
			const trained = await this.#load(result, signal);
			const { graph, tensors, logits } = result.summary;
			const compressed = await this.#engine.load(graph, { kind: 'tensors', tensors }, { signal });
			try {
				for (const shown of pictures) {
					const before = known.find((row) => row.shown === shown);
					if (before) {
						this.rows = [...this.rows, before];
						continue;
					}
					const input = {
						kind: 'picture' as const,
						picture: await shown.pixels(),
						preprocessing: result.set.preprocessing,
						share: result.set.share
					};
					const answers = [];
					for (const { id } of [trained, compressed])
						answers.push(
							(await this.#engine.run(id, input, { watch: [logits], signal })).watched[logits]!.data
						);
					if (signal.aborted) return;
					this.rows = [...this.rows, { shown, ...compareAnswers(answers[0]!, answers[1]!) }];
				}
			} finally {
				await this.#engine.unload(compressed.id).catch(() => {});
			}
		} catch (error) {
			if (!(error instanceof EngineError)) throw error;
			if (['memory', 'script', 'unfetched'].includes(error.code)) this.#trained = null;
			if (!signal.aborted && !error.isSaid) this.error = error;
		} finally {
			if (this.#abort === abort) this.isRunning = false;
		}
	}

	/** Leaves a picture out of what was found. */
	forget(picture: Shown): void {
		this.rows = this.rows.filter(({ shown }) => shown !== picture);
	}

	/** Stops after the picture that is under way. */
	cancel(): void {
		this.#abort?.abort();
		this.isRunning = false;
	}

	/** Ends the engine. */
	close(): void {
		this.cancel();
		this.#engine.close();
		this.#trained = null;
	}

	async #load({ set, summary }: Result, signal: AbortSignal): Promise<Loaded> {
		if (this.#trained?.set.id === set.id) return this.#trained.network;
		if (this.#trained) await this.#engine.unload(this.#trained.network.id).catch(() => {});
		this.#trained = null;
		const source = { kind: 'site' as const, model: this.#modelOf(set), files: set.files };
		const network = await this.#engine.load(summary.graph, source, { signal });
		this.#trained = { set, network };
		return network;
	}
}
