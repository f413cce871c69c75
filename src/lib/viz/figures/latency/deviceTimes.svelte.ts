import { keepText, readText } from '../../../kept/texts';
import { sayUnloaded } from '../../../kept/unloaded';
import { addKept, spreadsOf, type KeptTimes } from './kept';
import type { TimedOn } from './timing';

const key = 'latency';

/** How long networks took on this device, kept on it. */
export class DeviceTimes {
	#kept = $state.raw<KeptTimes | null>(null);
	/** What they were timed on; `null` before anything was. */
	readonly on = $derived(this.#kept?.on ?? null);
	/** By the id that a network has in the chart. */
	readonly spreads = $derived(spreadsOf(this.#kept));

	/** Takes what the device has kept; to be called once the page is alive, since it was prerendered without. */
	async load(): Promise<void> {
		try {
			const text = readText('device', key);
			// Most devices have kept nothing, and need no reader for it.
			if (text === null) return;
			const { parseKept } = await import('./parseKept');
			this.#kept ??= parseKept(text);
		} catch (error) {
			sayUnloaded(error);
			// What another version of the site may have left is not trusted.
		}
	}

	/** Keeps the runs of a network. */
	keep(on: TimedOn, id: string, runs: readonly number[]): void {
		this.#kept = addKept(this.#kept, on, id, runs);
		this.#write();
	}

	forget(): void {
		this.#kept = null;
		this.#write();
	}

	#write(): void {
		keepText('device', key, this.#kept && JSON.stringify(this.#kept));
	}
}
