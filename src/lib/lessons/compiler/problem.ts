import type { Problem } from './lesson';

const inText = /\{([a-zA-Z]\w*)\}/g;
const inAddress = /%7B([a-zA-Z]\w*)%7D/gi;

/** Names of the values that stand in a question's text. */
export const valuesIn = (html: string): readonly string[] =>
	[...html.matchAll(inText), ...html.matchAll(inAddress)].map(([, name]) => name!);

/** An address with the values of a problem. */
export const filledAddress = (address: string, values: Problem['values']): string =>
	address.replace(inAddress, (all, name: string) => (name in values ? String(values[name]) : all));

/** A question's text with the values of a problem, written as the page writes numbers. */
export const filled = (
	html: string,
	{ values }: Problem,
	write: (n: number, name: string) => string
): string =>
	filledAddress(html, values).replace(inText, (all, name: string) =>
		name in values ? write(values[name]!, name) : all
	);
