import { keepText, readText } from '$lib/stored/texts';
import { sayUnloaded } from '$lib/stored/unloaded';
import { addStored, spreadsOf, type StoredTimes } from './storedTimes';
import type { TimedOn } from '$lib/nets/times/timing';

const key = 'latency';

/** How long networks took on this device, kept on it. */
export class DeviceTimes {
	#stored = $state.raw<StoredTimes | null>(null);
	/** What they were timed on; `null` before anything was. */
	readonly on = $derived(this.#stored?.on ?? null);
	/** By the id that a network has in the chart. */
	readonly spreads = $derived(spreadsOf(this.#stored));

	/** Takes what the device has kept; to be called once the page is alive, since it was prerendered without. */
	async load(): Promise<void> {
		try {
			const text = readText('device', key);
			// Most devices have kept nothing, and need no reader for it.
			if (text === null) return;
			const { parseStored } = await import('./parseStoredTimes');
			this.#stored ??= parseStored(text);
		} catch (error) {
			sayUnloaded(error);
		}
	}

	/** Keeps the runs of a network. */
	keep(on: TimedOn, id: string, runs: readonly number[]): void {
		this.#stored = addStored(this.#stored, on, id, runs);
		this.#write();
	}

	forget(): void {
		this.#stored = null;
		this.#write();
	}

	#write(): void {
		keepText('device', key, this.#stored && JSON.stringify(this.#stored));
	}
}
