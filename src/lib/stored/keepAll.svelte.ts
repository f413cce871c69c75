import type { KeepFault } from './keeper';
import type { StoredState } from './messages';
import { isWeights } from './table';

/** Files that are asked for in one go: small enough to be cancelled soon and counted often. */
const batch = 8;

/** A page that is kept. */
export interface StoredPage {
	/** Below the site's base, as it is opened: `en/ops/standard`. */
	readonly address: string;
	readonly title: string;
}

/** What answers: the page's service worker. */
interface Answering {
	state(): Promise<StoredState>;
	keep(paths: readonly string[]): Promise<KeepFault | null>;
	remove(): Promise<void>;
}

/** Keeps the whole site for use without a connection. */
export class KeepAll {
	readonly #keeping: Answering;
	#state = $state.raw<StoredState | null>(null);
	/** Whether weights are to be kept too. */
	withWeights = $state(true);
	/** Bytes that are kept by now of what is being kept; `null` while nothing is. */
	progress = $state.raw<{ readonly done: number; readonly total: number } | null>(null);
	/** Why it ended early. */
	fault = $state<KeepFault | null>(null);
	/** Whether the browser has promised not to make room by letting go of it. */
	isPersistent = $state<boolean | null>(null);
	#isCancelled = false;

	/** Whether it is known what is kept. */
	readonly isKnown = $derived(this.#state !== null);
	readonly #chosen = $derived(
		(this.#state?.files ?? []).filter(({ path }) => this.withWeights || !isWeights(path))
	);
	/** Bytes of all that would be kept, as they lie on the device. */
	readonly bytes = $derived(sum(this.#chosen));
	readonly bytesOfWeights = $derived(sum((this.#state?.files ?? []).filter(({ path }) => isWeights(path))));
	/** Sets of weights that the site has. */
	readonly sets = $derived(
		// eslint-disable-next-line svelte/prefer-svelte-reactivity -- made anew, never changed
		new Set((this.#state?.files ?? []).flatMap(({ path }) => (isWeights(path) ? path.split('/')[1]! : [])))
			.size
	);
	readonly bytesStored = $derived(sum((this.#state?.files ?? []).filter(({ isStored }) => isStored)));
	readonly isComplete = $derived(this.#chosen.length > 0 && this.#chosen.every(({ isStored }) => isStored));
	readonly pages = $derived(this.#state?.titles.size ?? 0);
	readonly #storedPaths = $derived(
		// eslint-disable-next-line svelte/prefer-svelte-reactivity -- made anew, never changed
		new Set((this.#state?.files ?? []).flatMap(({ path, isStored }) => (isStored ? [path] : [])))
	);

	constructor(keeping: Answering) {
		this.#keeping = keeping;
	}

	/** Pages of a language that are kept, but for those that frames are for. */
	storedPages(language: string): readonly StoredPage[] {
		return [...(this.#state?.titles ?? [])]
			.map(([path, title]) => ({ path, address: path.replace(/(\/index)?\.html$/, ''), title }))
			.filter(({ path, address }) => {
				const [first, second] = address.split('/');
				return (
					first === language && !['embed', 'offline'].includes(second ?? '') && this.#storedPaths.has(path)
				);
			});
	}

	/** Looks at what is kept. */
	async look(): Promise<void> {
		if (this.progress) return;
		this.#state = await this.#keeping.state();
	}

	async run(): Promise<void> {
		if (this.progress) return;
		this.#isCancelled = false;
		this.fault = null;
		this.progress = { done: 0, total: 1 };
		this.isPersistent = (await navigator.storage?.persist?.().catch(() => false)) ?? false;
		this.#state = await this.#keeping.state();
		const total = this.bytes;
		const missing = this.#chosen.filter(({ isStored }) => !isStored);
		let done = total - sum(missing);
		this.progress = { done, total };
		for (let at = 0; at < missing.length && !this.#isCancelled; at += batch) {
			const some = missing.slice(at, at + batch);
			const fault = await this.#keeping.keep(some.map(({ path }) => path));
			if (fault) this.fault = fault;
			if (fault === 'full' || fault === 'unreachable') break;
			this.progress = { done: (done += sum(some)), total };
		}
		this.progress = null;
		await this.look();
	}

	/** Stops; what is kept by now stays. */
	cancel(): void {
		this.#isCancelled = true;
	}

	async remove(): Promise<void> {
		await this.#keeping.remove();
		this.fault = null;
		await this.look();
	}
}

const sum = (files: readonly { readonly bytes: number }[]) =>
	files.reduce((bytes, file) => bytes + file.bytes, 0);
