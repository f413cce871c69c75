import { formatLimits } from '../format';
import { ReasonError } from '../reason';

/** A message of Protocol Buffers' text format: values by the names of their fields. */
export type Message = ReadonlyMap<string, readonly (string | number | boolean | Message)[]>;

const token =
	/\s+|#[^\n]*|([A-Za-z_][\w.]*)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?f?)|([{}:<>[\],;])/y;

/** Source: protobuf.dev, "Text Format Language Specification". @throws {ReasonError} */
export function parseText(text: string): Message {
	const words: string[] = [];
	/** Where each word stands, in characters. */
	const places: number[] = [];
	const lineAt = (place: number) => text.slice(0, place).split('\n').length;
	token.lastIndex = 0;
	while (token.lastIndex < text.length) {
		const at = token.lastIndex;
		const match = token.exec(text);
		// A text that goes on to the end of the file.
		const quote = text[at]!;
		if (!match && /["']/.test(quote)) throw new ReasonError('unclosed', { end: quote, line: lineAt(at) });
		if (!match) throw new ReasonError('line', { line: lineAt(at) });
		const word = match[1] ?? match[2] ?? match[3] ?? match[4];
		if (word !== undefined) {
			words.push(word);
			places.push(at);
		}
		if (words.length > formatLimits.nodes * 40) throw new ReasonError('long');
	}
	let at = 0;
	const message = (end: string | null, depth: number): Message => {
		if (depth > 30) throw new ReasonError('deep');
		const line = () => lineAt(places[opening] ?? 0);
		const opening = at - 1;
		const fields = new Map<string, (string | number | boolean | Message)[]>();
		while (at < words.length && words[at] !== end) {
			const name = words[at++]!;
			if (name === ';' || name === ',') continue;
			if (!/^[A-Za-z_]/.test(name)) throw new ReasonError('noField', { text: name });
			const values = fields.get(name) ?? [];
			fields.set(name, values);
			if (words[at] === ':') at++;
			const opened = words[at];
			if (opened === undefined) throw new ReasonError('cutAt', { line: lineAt(text.length) });
			at++;
			if (opened === '{' || opened === '<') values.push(message(opened === '{' ? '}' : '>', depth + 1));
			else if (opened === '[') {
				while (at < words.length && words[at] !== ']') {
					if (words[at] !== ',') values.push(valueOf(words[at]!));
					at++;
				}
				if (at++ >= words.length) throw new ReasonError('cutAt', { line: lineAt(text.length) });
			} else values.push(valueOf(opened));
		}
		if (end !== null && words[at++] !== end) throw new ReasonError('unclosed', { end, line: line() });
		return fields;
	};
	return message(null, 0);
}

function valueOf(word: string): string | number | boolean {
	if (/^["']/.test(word)) return word.slice(1, -1);
	if (word === 'true' || word === 'false') return word === 'true';
	const number = Number(word.replace(/f$/, ''));
	return Number.isNaN(number) ? word : number;
}

export const messagesIn = (of: Message | null, name: string): Message[] =>
	(of?.get(name) ?? []).filter((value): value is Message => value instanceof Map);
export const messageIn = (of: Message | null, name: string): Message | null =>
	messagesIn(of, name)[0] ?? null;
export const numbersIn = (of: Message | null, name: string): number[] =>
	(of?.get(name) ?? []).filter((value) => typeof value === 'number');
export const textsIn = (of: Message | null, name: string): string[] =>
	(of?.get(name) ?? []).filter((value) => typeof value === 'string');
export const flagIn = (of: Message | null, name: string, fallback: boolean): boolean => {
	const value = of?.get(name)?.[0];
	return typeof value === 'boolean' ? value : fallback;
};
