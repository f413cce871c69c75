/** Where a text stops being JSON. */
export interface JsonFault {
	/** From 1; 0 where the program that read it does not say. */
	readonly line: number;
	readonly column: number;
	/** The character there; `''` where the text ends too early. */
	readonly found: string;
}

/** The English sentence. */
export const jsonProblem = ({ line, column, found }: JsonFault): string =>
	line === 0
		? 'this is not JSON'
		: found === ''
			? 'this is not JSON: it ends too early'
			: `this is not JSON: ${found} does not belong at line ${line}, column ${column}`;

/** What a text holds as JSON, or where it is none. */
export function readJson(text: string): { readonly value: unknown } | { readonly fault: JsonFault } {
	try {
		return { value: JSON.parse(text) as unknown };
	} catch (error) {
		return { fault: faultIn(text, error instanceof Error ? error.message : '') };
	}
}

/** Browsers say it each in its words: a position, a line and column, or neither. */
function faultIn(text: string, message: string): JsonFault {
	const [, position] = /position (\d+)/.exec(message) ?? [];
	if (position !== undefined) return faultAt(text, Number(position));
	const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? [];
	if (line !== undefined) {
		const before = text.split('\n').slice(0, Number(line) - 1);
		return faultAt(text, before.reduce((sum, of) => sum + of.length + 1, 0) + Number(column) - 1);
	}
	return /end of|EOF|unterminated/i.test(message)
		? faultAt(text, text.length)
		: { line: 0, column: 0, found: '' };
}

function faultAt(text: string, at: number): JsonFault {
	const lines = text.slice(0, at).split('\n');
	const code = text.codePointAt(at);
	const found = code === undefined ? '' : String.fromCodePoint(code);
	return {
		line: lines.length,
		column: lines.at(-1)!.length + 1,
		found: found.trim() === '' ? JSON.stringify(found).slice(1, -1) : found
	};
}
