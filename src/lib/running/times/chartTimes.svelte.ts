import { Engine, EngineError } from '$lib/engine/client';
import { networkById } from '$lib/nets/networks';
import { referenceNets } from '$lib/nets/reference/referenceNet';
import { groupOf } from '$lib/viz/figures/compare/live';
import { variantId, variantOf, type Variant } from '$lib/viz/figures/compare/variants';
import { titleOf } from '$lib/viz/words/networkTitles';
import type { DeviceTimes } from '$lib/viz/figures/latency/deviceTimes.svelte';
import type { KnobValues } from '$lib/nets/knobs';
import { four } from '$lib/nets/networks';
import { timedOn } from './measuring.svelte';

/** The four networks as published. */
export const fourVariants: readonly Variant[] = four.map((network) => variantOf(network, {}));

/** The four, their variants and successors, as far as the chart has their graphs; heavier networks would take a minute each. */
export const lightVariants: readonly Variant[] = distinct([
	...fourVariants,
	...referenceNets.flatMap(({ cost }) =>
		cost.kind === 'graph' && groupOf(cost.network) !== 'reference'
			? [variantOf(cost.network, cost.knobs)]
			: []
	)
]);

/** What is being timed. */
interface Current {
	readonly title: string;
	readonly number: number;
	readonly total: number;
}

/** Times networks one after another, in an engine of its own, and keeps the times on the device. */
export class ChartTiming {
	current: Current | null = $state.raw(null);
	error: EngineError | null = $state.raw(null);
	readonly #times: DeviceTimes;
	#controller: AbortController | null = null;

	constructor(times: DeviceTimes) {
		this.#times = times;
	}

	async start(variants: readonly Variant[]): Promise<void> {
		this.cancel();
		const { signal } = (this.#controller = new AbortController());
		this.error = null;
		const engine = new Engine();
		try {
			const [first] = variants;
			if (first) this.current = { title: variantTitle(first), number: 1, total: variants.length };
			await engine.start('auto', { signal });
			for (const [i, variant] of variants.entries()) {
				this.current = { title: variantTitle(variant), number: i + 1, total: variants.length };
				const graph = networkById(variant.network).build(variant.knobs as Partial<KnobValues>);
				const { id } = await engine.load(graph, { kind: 'random', seed: 1 }, { signal });
				const { backend, runs } = await engine.benchmark(id, { signal });
				await engine.unload(id);
				this.#times.keep(timedOn(backend), variantId(variant), runs);
			}
		} catch (error) {
			if (!(error instanceof EngineError)) throw error;
			if (!error.isSaid) this.error = error;
		} finally {
			engine.close();
			this.current = null;
		}
	}

	cancel(): void {
		this.#controller?.abort();
	}
}

const variantTitle = ({ network }: Variant) => titleOf(networkById(network));

function distinct(variants: readonly Variant[]): readonly Variant[] {
	return [...new Map(variants.map((variant) => [variantId(variant), variant])).values()];
}
