import type { Component } from 'svelte';

/** A figure in its notable states: an entry of the gallery, and a golden picture each (tests/golden/svg). */
export interface Story {
	readonly component: Component<Record<string, unknown>>;
	/** Properties by the name of the state, made anew for whoever shows it. */
	readonly states: Readonly<Record<string, () => Record<string, unknown>>>;
	/** Whether it is words and tables, with no picture to be saved: its text is what is golden. */
	readonly isPanel?: boolean;
	/** Colour `--hue` of a state, for figures that take it from what is around them. */
	readonly hue?: (state: string) => string;
}

/** Checks that the properties are the component's; what is in a `*.story.ts` file's default export. */
export function story<Props extends Record<string, unknown>>(
	component: Component<Props>,
	states: Readonly<Record<string, () => Props>>,
	around: Pick<Story, 'hue' | 'isPanel'> = {}
): Story {
	// Whoever shows a story passes a state's own properties on, whatever they are.
	return { component: component as Story['component'], states, ...around };
}
