import type { Component } from 'svelte';

/** A figure that a lesson is showing. */
export interface OpenFigure {
	/** What the component is given. */
	readonly props: Record<string, unknown>;
	/** Takes what a phrase of the text names (`?filters=256`); all else stays as the reader has it. */
	set(search: string): void;
}

/**
 * A figure that lessons place by its id: the default export of `<id>.figure.ts` beside the figure, found by glob. It is the
 * component that all other pages show.
 */
export interface LessonFigure {
	readonly component: Component<Record<string, unknown>>;
	/** The figure as an address has it; parts that mean nothing to it are left out. */
	open(search: string): OpenFigure;
}

/** Checks that the properties are the component's. */
export function lessonFigure<Props extends object>(
	component: Component<Props>,
	open: (search: string) => { readonly props: Props; set(search: string): void }
): LessonFigure {
	// Whoever shows a figure passes its own properties on, whatever they are.
	return { component: component as unknown as LessonFigure['component'], open: open as LessonFigure['open'] };
}
