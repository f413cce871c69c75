import type { Component } from 'svelte';
import type { KnobTable, KnobValues } from '$lib/nets/knobs';
import { writtenParts } from './address/codec';
import { knobsCodec } from './address/knobs';
import type { FigureKnobs } from './ui/figureKnobs.svelte';

/** A figure that a lesson is showing. */
export interface OpenFigure {
	/** What the component is given. Getters are read as the component draws, so they may follow a state. */
	readonly props: Record<string, unknown>;
	/** Takes what a phrase of the text names (`?filters=256`); all else stays as the reader has it. */
	set(search: string): void;
	/** Remembers how it stands. @returns what brings all that phrases may set back to that */
	keep(): () => void;
	/** Where the same figure stands on a page of its own, below the language: `/ops/standard?step=12`. */
	readonly page?: string;
	/** Stops what moves: the reader has left the figure. */
	rest?(): void;
}

/** Pixels of height to keep free until the figure is there, on wide and on narrow screens. */
export interface Heights {
	readonly wide: number;
	readonly narrow: number;
}

/** What a text knows of a figure before it is there. */
export interface AboutFigure {
	readonly height: Heights;
	/** Whether it has more controls than the text shows at first. */
	readonly hasMore: boolean;
}

/**
 * A figure that lessons place by its id: the default export of `<id>.figure.ts`, found by glob. It is the component that all
 * other pages show. `of` is what the lesson writes after the id and a slash: `standard` of `bench/standard`.
 */
export interface LessonFigure {
	readonly component: Component<Record<string, unknown>>;
	readonly height: Heights;
	/** Names of the controls of which a text may leave some out at first, as its `Offer`s have them. */
	controls(of: string): readonly string[] | Promise<readonly string[]>;
	/** The figure as an address has it; parts that mean nothing to it are left out. */
	open(search: string, of: string): OpenFigure | Promise<OpenFigure>;
	/** The parts that {@link open} and `set` would leave out. The build fails for a lesson that has any. */
	ignored(search: string, of: string): readonly string[] | Promise<readonly string[]>;
}

/** What can be written into an address and read from it again. */
interface Searched {
	readonly search: string;
	read(search: string): void;
}

/** {@link OpenFigure.keep} of a figure of which all that phrases may set is in an address. */
export const keepSearch =
	(state: Searched): OpenFigure['keep'] =>
	() => {
		const { search } = state;
		return () => state.read(search);
	};

/** The same of one that stands at a step besides, which is found in what the address says. */
export const keepStep =
	(state: Searched, player: { readonly step: number; goTo(step: number): void }): OpenFigure['keep'] =>
	() => {
		const readBack = keepSearch(state)();
		const { step } = player;
		return () => {
			readBack();
			player.goTo(step);
		};
	};

type Opened<Props> = { readonly props: Props } & Omit<OpenFigure, 'props'>;

interface About {
	readonly height?: Heights;
	/** Knobs of the figure, where they are all that its address holds. A figure with neither these nor `ignored` takes nothing. */
	readonly knobs?: KnobTable;
	readonly ignored?: LessonFigure['ignored'];
	readonly controls?: readonly string[] | LessonFigure['controls'];
}

/** Checks that the properties are the component's. */
export function lessonFigure<Props extends object>(
	component: Component<Props>,
	open: (search: string, of: string) => Opened<Props> | Promise<Opened<Props>>,
	{ height = { wide: 480, narrow: 560 }, knobs = {}, ignored, controls = [] }: About = {}
): LessonFigure {
	return {
		// Whoever shows a figure passes its own properties on, whatever they are.
		component: component as unknown as LessonFigure['component'],
		open: open as LessonFigure['open'],
		height,
		controls: typeof controls === 'function' ? controls : () => controls,
		ignored:
			ignored ??
			((search, of) => [...(of === '' ? [] : [of]), ...writtenParts(knobsCodec(knobs).parse(search).ignored)])
	};
}

/** A figure whose state is the values of knobs: `open` makes it, and says which knobs phrases of the text move. */
export function knobsFigure<T extends KnobTable, Props extends object>(
	component: Component<Props>,
	knobs: T,
	open: (
		given: KnobValues<T>
	) => { readonly props: Props; readonly knobs: FigureKnobs<T> } & Pick<OpenFigure, 'page'>,
	height: Heights,
	controls: readonly string[] = []
): LessonFigure {
	return lessonFigure(
		component,
		(search) => {
			const opened = open(knobsCodec(knobs).parse(search).value);
			// Added to what was opened, not copied from it: its page is a getter, and follows the knobs.
			return Object.assign(opened, {
				set: (phrase: string) => opened.knobs.readPhrase(phrase),
				keep: keepSearch(opened.knobs)
			});
		},
		{ knobs, height, controls }
	);
}
