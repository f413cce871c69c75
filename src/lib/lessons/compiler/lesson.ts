/** Stands before the address of a page, below the language, in compiled HTML: where the site lies is known when a page is drawn. */
export const siteMark = 'site:';

/** A lesson as its page shows it: words as HTML, with figures and questions between them. */
export interface Lesson {
	readonly slug: string;
	/** Number of the chapter; `null` for what is none. */
	readonly number: number | null;
	readonly title: string;
	readonly lead: string;
	readonly passages: readonly Passage[];
	/** Its headings, for the contents at the side. */
	readonly sections: readonly Section[];
}

export interface Section {
	readonly anchor: string;
	readonly html: string;
}

export type Part = Prose | PlacedFigure | Question;

/** What stands beside one figure: its section, as a rule. Text that no figure belongs to is a passage without one. */
export interface Passage {
	/** The heading that it begins with, `''` where it begins within a section. */
	readonly heading: string;
	readonly figure: PlacedFigure | null;
	readonly parts: readonly (Prose | Question)[];
}

export interface Prose {
	readonly kind: 'prose';
	readonly html: string;
}

/** A figure of the text: `bench/standard?step=12` is of the id `bench`. */
export interface PlacedFigure extends FigureState {
	readonly kind: 'figure';
	/** What phrases and links of the chapter call it. */
	readonly name: string;
	readonly caption: string;
	/** The controls that its argument needs, by name; the others come when the reader asks for them. `null`: all that it has. */
	readonly controls: readonly string[] | null;
}

export interface FigureState {
	readonly id: string;
	/** What follows the id and a slash, `''` where nothing does. */
	readonly of: string;
	/** The state that it opens in, `''` or with its question mark. */
	readonly search: string;
}

/** Predict, then reveal. */
export interface Question {
	readonly kind: 'question';
	readonly name: string;
	readonly prompt: string;
	readonly options: readonly string[];
	/** Index of the right option. */
	readonly right: number;
	readonly reveal: string;
}
