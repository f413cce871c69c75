import type { WeightSet } from '$lib/engine/client';
import type { Granularity } from '$lib/nets/quantization/kernel';
import { isUnloaded, sayUnloaded } from '$lib/stored/unloaded';
import type { FigureKnobs } from '$lib/viz/ui/figureKnobs.svelte';
import type { IntegersOfSet } from './integersOf';
import { activationBitsOf, integersKnobs, type Lowered } from './integersKnobs';
import type { Timed } from './timeSets';

type Figures = IntegersOfSet['settings'][number];

/** That a reader can choose, from the fewest on. */
const { min, max } = integersKnobs.width;
export const chosenBits = Array.from({ length: max - min + 1 }, (_, i) => min + i);

/** A row of the table: a set at the chosen number of bits. */
export interface IntegersRow {
	readonly of: IntegersOfSet;
	readonly figures: Figures;
	/** Times of a run on this device, on 8-bit integers whatever is chosen: no kernel has fewer bits. `null` until they were measured. */
	readonly times: Timed | null;
}

/** What was measured at a number of bits, by the set's own calibration where by several. */
export function figuresAt(
	of: Pick<IntegersOfSet, 'settings' | 'calibration'>,
	bits: number,
	granularity: Granularity,
	lowered: Lowered = 'both'
): Figures {
	const activationBits = activationBitsOf(bits, lowered);
	const measured = of.settings.filter(
		(figures) =>
			figures.bits === bits &&
			figures.activationBits === activationBits &&
			figures.granularity === granularity
	);
	return measured.find(({ calibration }) => calibration === of.calibration) ?? measured[0]!;
}

/** Networks on integers: how many bits, of which network the layers are shown, and how long a run takes here. */
export class Integers {
	readonly knobs: FigureKnobs<typeof integersKnobs>;
	readonly sets: readonly IntegersOfSet[];
	/** By set: however it is rounded, the same kernels compute the same steps. */
	times = $state.raw<Readonly<Record<string, Timed>>>({});
	/** The set that is being timed. */
	timing = $state.raw<IntegersOfSet | null>(null);
	/** Why they could not be timed. */
	problem = $state<string | null>(null);
	#abort: AbortController | null = null;

	readonly rows = $derived.by((): readonly IntegersRow[] => {
		const { width, scales, lowered } = this.knobs.values;
		return this.sets.map((of) => ({
			of,
			figures: figuresAt(of, width, scales, lowered),
			times: this.times[of.id] ?? null
		}));
	});

	/** Of each row, what it is at each number of bits, from the fewest on. */
	readonly lines = $derived.by(() => {
		const { scales, lowered } = this.knobs.values;
		return this.sets.map((of) => ({
			of,
			points: chosenBits.map((bits) => figuresAt(of, bits, scales, lowered))
		}));
	});

	constructor(sets: readonly IntegersOfSet[], knobs: FigureKnobs<typeof integersKnobs>) {
		this.sets = sets;
		this.knobs = knobs;
	}

	/** Times all networks on this device, on float32 and on integers in alternation, one network after the other. */
	async time(sets: readonly WeightSet[], modelOf: (set: WeightSet) => string): Promise<void> {
		this.cancel();
		const abort = (this.#abort = new AbortController());
		const { signal } = abort;
		this.problem = null;
		const used = this.sets.filter(({ isUsed }) => isUsed);
		this.timing = used[0]!;
		try {
			// The engine comes once it is wanted.
			const { timeSets } = await import('./timeSets');
			this.problem = await timeSets(used, {
				...{ sets, modelOf, signal },
				onbegin: (of) => (this.timing = signal.aborted ? this.timing : of),
				ontime: (of, times) => (this.times = { ...this.times, [of.id]: times })
			});
		} catch (error) {
			if (!isUnloaded(error)) throw error;
			sayUnloaded(error);
		} finally {
			if (this.#abort === abort) {
				this.#abort = null;
				this.timing = null;
			}
		}
	}

	/** Stops timing. */
	cancel(): void {
		this.#abort?.abort();
		this.#abort = null;
		this.timing = null;
	}
}
