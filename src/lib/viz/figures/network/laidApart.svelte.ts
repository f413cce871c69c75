import { callWorker } from '$lib/stored/callWorker';
import { withReports } from '$lib/stored/withReports';
import type { ResolvedGraph } from '$lib/nets/resolve';
import { layoutLimits, layoutSize } from './layout/layoutEffort';
import type { NetworkLayout, NetworkLayoutOptions } from './layout/network';
import { unpackLayout } from './layout/packedLayout';
import type { Lay } from './layout.worker';
import script from './layout.worker.ts?worker&url';

/**
 * Why there is no picture.
 *
 * - `tangled`: it would take too many lines (`bends`)
 * - `slow`: it took too long
 * - `cancelled`: the reader did not want to wait
 * - `failed`: the worker did not load, or died
 */
export type NoPicture = 'tangled' | 'slow' | 'cancelled' | 'failed' | 'unloaded';

/** Milliseconds that a layout may take. */
const longest = 20_000;

/** The layout of a large graph, made in a worker of its own that ends afterwards, so that the page is never held up. */
export class LaidApart {
	/** The last one that was made; of another graph or other options while the next is made. */
	layout: NetworkLayout | null = $state.raw(null);
	/** Share that is done; `null` while nothing is under way. */
	progress: number | null = $state(null);
	why: NoPicture | null = $state(null);
	bends = $state(0);
	#stop: (why: NoPicture | null) => void = () => {};

	/** Makes a layout in place of what is under way. Resolves when it is there, or there is none. */
	async make(graph: ResolvedGraph, options: NetworkLayoutOptions): Promise<void> {
		this.#stop(null);
		this.why = null;
		this.progress = 0;
		const { size, most } = { size: layoutSize(graph), most: layoutLimits.bends };
		const total = 2 * Math.min(size, most);
		const { worker, remote, end } = callWorker<Lay>(script);
		const timer = setTimeout(() => this.#stop('slow'), longest);
		const stopped = new Promise<NoPicture | null>((stop) => {
			this.#stop = stop;
			worker.addEventListener('error', ({ message }) => stop(message ? 'failed' : 'unloaded'));
		});
		const made = await withReports(
			(done: number) => (this.progress = Math.min(1, done / total)),
			(report) => {
				const laid = remote(graph.graph, options, report).catch(() => 'failed' as const);
				return Promise.race([laid, stopped]);
			}
		);
		clearTimeout(timer);
		end();
		// Another is under way.
		if (made === null) return;
		this.progress = null;
		if (typeof made === 'string') this.why = made;
		else if ('bends' in made) [this.why, this.bends] = ['tangled', made.bends];
		else this.layout = unpackLayout(made, graph, options.open);
	}

	cancel(): void {
		this.#stop('cancelled');
	}

	/** Ends what is under way; for when the figure goes. */
	close(): void {
		this.#stop(null);
	}
}
