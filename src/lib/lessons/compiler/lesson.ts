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
	/** Terms of the glossary that its text marks, by their names there. */
	readonly terms: Readonly<Record<string, MarkedTerm>>;
}

/** What is said of a term, in the lesson's language. */
export interface MarkedTerm {
	readonly term: string;
	readonly says: string;
	/** Where a figure shows it, below the language. */
	readonly shown: string;
}

export interface Section {
	readonly anchor: string;
	readonly html: string;
}

export type Part = Prose | PlacedFigure | Asked;

/** What the reader is asked. */
export type Asked = Question | NumberQuestion;

/** What stands beside one figure: its section, as a rule. Text that no figure belongs to is a passage without one. */
export interface Passage {
	/** The heading that it begins with, `''` where it begins within a section. */
	readonly heading: string;
	readonly figure: PlacedFigure | null;
	readonly parts: readonly (Prose | Asked)[];
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

/**
 * A question for a number, with other sizes at each try: its texts hold `{name}` where a value of the problem stands, and
 * `%7Bname%7D` in addresses.
 */
export interface NumberQuestion {
	readonly kind: 'number';
	readonly name: string;
	readonly prompt: string;
	/** For each usual mistake, what was probably done. */
	readonly mistakes: Readonly<Record<string, string>>;
	readonly reveal: string;
	/** The problem of the first seed. */
	readonly first: Problem;
}

/** What a question for a number asks at one seed. */
export interface Problem {
	/** Numbers of its texts by name: its sizes, what follows from them, and the `answer`. */
	readonly values: Readonly<Record<string, number>>;
	/** Digits after the point that the answer is asked for. */
	readonly digits: number;
	/** What comes out by the usual mistakes: all of them other numbers than the answer, and than each other. */
	readonly mistakes: readonly { readonly name: string; readonly value: number }[];
}

/** The problems of a question, by their seed. */
export interface Exercise {
	/** Names of all mistakes that are foreseen. */
	readonly mistakes: readonly string[];
	at(seed: number): Problem;
}

/** The seed that needs no mention, and the last that an address can say. */
export const firstSeed = 1;
export const lastSeed = 9999;
