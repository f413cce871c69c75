/** Why a part of an address was not taken over. */
export type Reason =
	/** No part has this name. */
	| 'unknown'
	/** It means nothing beside what else is said. */
	| 'unused'
	/** Not a value that it can have, or said before. */
	| 'invalid'
	/** Not together with the rest. */
	| 'unfit';

/** What of a text is ignored, all of it unless said, and what exactly is wrong with it. */
export interface About {
	readonly value?: string;
	readonly why?: Error | string | null;
}

/** Lists what is read as ignored. */
export type Ignore = (reason?: Reason, about?: About) => undefined;

/** What a text can say, and how that is written. What it is made of can be read by controls and by tests. */
export interface Kind<T> {
	/** What the text says. Where that is nothing it can be, it is handed to `ignore`. */
	read(text: string, ignore: Ignore): T | undefined;
	write(value: T): string;
	readonly is: Shape;
}

export type Shape =
	| { readonly type: 'number'; readonly min: number; readonly max: number; readonly digits: number }
	| { readonly type: 'choice'; readonly values: readonly (string | number | boolean)[] }
	| { readonly type: 'text'; readonly max: number; readonly matches: RegExp }
	| { readonly type: 'subset'; readonly of: readonly string[]; readonly least: number }
	| { readonly type: 'list'; readonly of: Kind<unknown>; readonly max: number }
	| { readonly type: 'row'; readonly of: readonly Kind<unknown>[] }
	/** Of its own making: a test has to be told its values. */
	| { readonly type: 'custom' };

export interface Range {
	readonly min: number;
	readonly max: number;
}

/** A whole number, written in digits. */
export function integer({ min, max }: Range): Kind<number> {
	return {
		read: (text, ignore) => (/^\d{1,16}$/.test(text) ? inside(Number(text), { min, max }) : null) ?? ignore(),
		write: String,
		is: { type: 'number', min, max, digits: 0 }
	};
}

/** A decimal number, written with at most so many digits after its point. */
export function decimal({ min, max, digits }: Range & { readonly digits: number }): Kind<number> {
	return {
		read: (text, ignore) =>
			(/^\d+(\.\d+)?$/.test(text) ? inside(Number(text), { min, max }) : null) ?? ignore(),
		write: (value) => String(Number(value.toFixed(digits))),
		is: { type: 'number', min, max, digits }
	};
}

function inside(value: number, { min, max }: Range): number | null {
	return value >= min && value <= max ? value : null;
}

/** One of a few values. */
export function oneOf<const T extends string | number | boolean>(values: readonly T[]): Kind<T> {
	return {
		read: (text, ignore) => values.find((value) => String(value) === text) ?? ignore(),
		write: String,
		is: { type: 'choice', values }
	};
}

/** On or off. */
export function flag(): Kind<boolean> {
	return {
		read: (text, ignore) => (text === '1' ? true : text === '0' ? false : ignore()),
		write: (value) => (value ? '1' : '0'),
		is: { type: 'choice', values: [true, false] }
	};
}

/** A single word. */
export function mark(word: string): Kind<true> {
	return {
		read: (text, ignore) => (text === word ? true : ignore()),
		write: () => word,
		is: { type: 'choice', values: [true] }
	};
}

/** A word of at most so many characters. */
export function text({ max = 400, matches = /^/ }: { max?: number; matches?: RegExp } = {}): Kind<string> {
	return {
		read: (word, ignore) => (word.length <= max && matches.test(word) ? word : ignore()),
		write: (value) => value,
		is: { type: 'text', max, matches }
	};
}

/** Some of a few words, at least so many, in their order, with commas between. */
export function subset<const T extends string>(words: readonly T[], least = 0): Kind<readonly T[]> {
	return {
		read(written, ignore) {
			const names = written.split(',');
			const found = words.filter((word) => names.includes(word));
			return found.length === names.length ? found : ignore();
		},
		write: (value) => value.join(','),
		is: { type: 'subset', of: words, least }
	};
}

/** Values with commas between, each once; what is more than `max` is ignored. */
export function list<T>(of: Kind<T>, { max }: { readonly max: number }): Kind<readonly T[]> {
	return {
		read(written, ignore) {
			const words = [...new Set(written.split(',').filter((word) => word !== ''))];
			if (words.length > max) ignore('invalid', { value: words.slice(max).join() });
			return words.slice(0, max).flatMap((word) => {
				const value = of.read(word, (reason, about) => ignore(reason, { value: word, ...about }));
				return value === undefined ? [] : [value];
			});
		},
		write: (values) => values.map((value) => of.write(value)).join(','),
		is: { type: 'list', of: of as Kind<unknown>, max }
	};
}

/** So many values with a sign between: `5x5x2`. With `short`, one may stand for all where they agree. */
export function row<T>(
	separator: string,
	of: readonly Kind<T>[],
	{ short = false }: { readonly short?: boolean } = {}
): Kind<readonly T[]> {
	return {
		read(written, ignore) {
			const parts = written.split(separator);
			const words = short && parts.length === 1 ? of.map(() => written) : parts;
			const values = of.flatMap((kind, n) => kind.read(words[n] ?? '', () => undefined) ?? []);
			return words.length === of.length && values.length === of.length ? values : ignore();
		},
		write(values) {
			const words = of.map((kind, n) => kind.write(values[n]!));
			return short && new Set(words).size === 1 ? words[0]! : words.join(separator);
		},
		is: { type: 'row', of: of as readonly Kind<unknown>[] }
	};
}

/** A text of its own making. */
export function custom<T>(kind: Omit<Kind<T>, 'is'>): Kind<T> {
	return { ...kind, is: { type: 'custom' } };
}

/** The same text for other values. */
export function mapped<T, U>(kind: Kind<T>, to: (value: T) => U, from: (value: U) => T): Kind<U> {
	return custom({
		read(written, ignore) {
			const value = kind.read(written, ignore);
			return value === undefined ? undefined : to(value);
		},
		write: (value) => kind.write(from(value))
	});
}
