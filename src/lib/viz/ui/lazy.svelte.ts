import type { Attachment } from 'svelte/attachments';
import { isUnloaded, sayUnloaded } from '$lib/stored/unloaded';
import { whenTabbed } from './whenSeen';

/** A component that is loaded when it is first needed, so that a page begins with less script. */
export class Lazy<View> {
	readonly #import: () => Promise<{ readonly default: View }>;
	#view = $state.raw<View>();
	#loading: Promise<void> | null = null;

	/** The component; `undefined` until it is there. Reading it does not load it. */
	readonly view = $derived(this.#view);

	constructor(load: () => Promise<{ readonly default: View }>) {
		this.#import = load;
	}

	/** Loads it, once. Resolves when it is there, or could not be loaded, which the page says; asked again, it tries again. */
	readonly load = (): Promise<void> =>
		(this.#loading ??= this.#import().then(
			(module) => {
				this.#view = module.default;
			},
			(error: unknown) => {
				this.#loading = null;
				// What broke as it ran is a fault of ours.
				if (!isUnloaded(error)) throw error;
				sayUnloaded(error);
			}
		));

	/** Loads it when the element comes into view, and before the focus is led past it. */
	readonly whenSeen: Attachment = (element) => {
		// A busy page is told several moments at once, the oldest first.
		const observer = new IntersectionObserver((moments) => {
			if (moments.some(({ isIntersecting }) => isIntersecting)) void this.load();
		});
		observer.observe(element);
		const forget = whenTabbed(() => void this.load());
		return () => {
			observer.disconnect();
			forget();
		};
	};
}
