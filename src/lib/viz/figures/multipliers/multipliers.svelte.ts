import type { KnobValues } from '$lib/nets/knobs';
import { FigureKnobs } from '../../ui/figureKnobs.svelte';
import { multiplierKnobs, whole } from './knobs';
import { printedVariants, scaledNet } from './scaled';

/** MobileNet with α and ρ: what it costs, and what the two laws say that it should. */
export class MultipliersState {
	readonly knobs: FigureKnobs<typeof multiplierKnobs>;
	readonly alpha = $derived.by<number>(() => this.knobs.values.alpha);
	readonly resolution = $derived.by<number>(() => this.knobs.values.resolution);
	readonly rho = $derived.by(() => this.resolution / whole.resolution);
	readonly whole = scaledNet(whole);
	readonly now = $derived.by(() => scaledNet({ alpha: this.alpha, resolution: this.resolution }));
	/** What is left of MACs and parameters if they went by the squares. */
	readonly law = $derived.by(() => ({
		macs: this.alpha ** 2 * this.rho ** 2,
		params: this.alpha ** 2
	}));
	readonly printed = printedVariants();
	/** What the paper prints of this very variant. */
	readonly accuracy = $derived.by(
		() =>
			this.printed.find(({ alpha, resolution }) => alpha === this.alpha && resolution === this.resolution) ??
			null
	);

	constructor(given: Partial<KnobValues<typeof multiplierKnobs>> = {}) {
		this.knobs = new FigureKnobs(multiplierKnobs, given);
	}

	show({ alpha, resolution }: { readonly alpha: number; readonly resolution: number }): void {
		const { choices: alphas } = multiplierKnobs.alpha;
		const { choices: sizes } = multiplierKnobs.resolution;
		this.knobs.set({
			alpha: alphas.find((choice) => choice === alpha) ?? this.knobs.values.alpha,
			resolution: sizes.find((choice) => choice === resolution) ?? this.knobs.values.resolution
		});
	}
}
