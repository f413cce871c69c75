/** The newest answer to a question that changes; the one before stays until then. To be made while a component is. */
export class Latest<T> {
	#value = $state.raw<T | null>(null);
	#error = $state.raw<unknown>(null);
	#waiting = $state(false);
	#tries = $state(0);

	readonly value = $derived(this.#value);
	/** What went wrong with the newest question; `null` where nothing did. */
	readonly error = $derived(this.#error);
	readonly waiting = $derived(this.#waiting);

	/** @param ask the question: asked anew when what it reads has changed; `null` where there is none */
	constructor(ask: () => Promise<T> | null) {
		$effect(() => {
			void this.#tries;
			const answer = ask();
			let isNewest = true;
			this.#waiting = answer !== null;
			this.#error = null;
			if (!answer) this.#value = null;
			answer?.then(
				(value) => {
					if (!isNewest) return;
					this.#value = value;
					this.#waiting = false;
				},
				(error: unknown) => {
					if (!isNewest) return;
					this.#value = null;
					this.#error = error;
					this.#waiting = false;
				}
			);
			return () => (isNewest = false);
		});
	}

	retry(): void {
		this.#tries++;
	}
}
