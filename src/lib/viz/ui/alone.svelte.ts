import { innerHeight, innerWidth } from 'svelte/reactivity/window';

/** A screen on which a figure that stands alone is laid out; larger ones show the same, larger: a projector's is read from far away. */
const screen = { width: 1120, height: 630 };

/** A figure by itself on the whole screen, and back. */
export class Alone {
	#isOn = $state(false);
	readonly #given: (() => boolean) | null;
	readonly isOn = $derived.by(() => this.#given?.() ?? this.#isOn);
	/** How much larger everything is drawn. */
	readonly zoom = $derived.by(() =>
		this.isOn
			? Math.max(
					1,
					Math.min((innerWidth.current ?? 0) / screen.width, (innerHeight.current ?? 0) / screen.height)
				)
			: 1
	);
	/** Height of the screen in pixels of what is drawn. */
	readonly height = $derived.by(() => (innerHeight.current ?? screen.height) / this.zoom);

	/** @param isOn where somebody else keeps whether it is */
	constructor(isOn: (() => boolean) | null = null) {
		this.#given = isOn;
	}

	toggle(): void {
		this.#isOn = !this.#isOn;
	}
	leave(): void {
		this.#isOn = false;
	}
}
