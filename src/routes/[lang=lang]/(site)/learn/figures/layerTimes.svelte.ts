import { onDestroy } from 'svelte';
import type { ResolvedGraph } from '$lib/nets/resolve';
import { Measuring } from '$lib/running/times/measuring.svelte';

/** Times the layers of networks on this device, with seeded random weights, which take as long as trained ones. */
export class LayerTimes<Id extends string> {
	readonly #measurings: Readonly<Record<Id, Measuring>>;

	constructor(networks: readonly Id[]) {
		this.#measurings = Object.fromEntries(networks.map((id) => [id, new Measuring()])) as Record<
			Id,
			Measuring
		>;
		onDestroy(() => {
			for (const id of networks) this.of(id).cancel();
		});
	}

	of(network: Id): Measuring {
		return this.#measurings[network];
	}

	measure(network: Id, { graph }: ResolvedGraph): void {
		void this.of(network).start(async (options) => {
			const { Engine } = await import('$lib/engine/client');
			const engine = new Engine();
			try {
				await engine.start('auto', { signal: options.signal });
				const { id } = await engine.load(graph, { kind: 'random', seed: 1 }, { signal: options.signal });
				return await engine.benchmark(id, options);
			} finally {
				engine.close();
			}
		});
	}
}
