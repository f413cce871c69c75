import { parseArgs, type ParseArgsConfig } from 'node:util';
import { refuse } from './streams';

/** What a command is called with, by Node's own parser; what it does not know ends it. */
export function readArguments<T extends ParseArgsConfig>(
	command: string,
	config: T
): ReturnType<typeof parseArgs<T>> {
	try {
		return parseArgs(config);
	} catch (error) {
		// After the first sentence it says how to call something else.
		refuse(command, (error as Error).message.split(/\.\s/)[0]!);
	}
}

interface Range {
	readonly min: number;
	readonly max?: number;
	readonly isWhole?: boolean;
}

/** The number that stands behind a flag; another ends the command. */
export function readNumber(
	command: string,
	flag: string,
	text: string,
	{ min, max = Infinity, isWhole = false }: Range
): number {
	const value = Number(text);
	if (text.trim() !== '' && value >= min && value <= max && (!isWhole || Number.isInteger(value)))
		return value;
	const kind = isWhole ? 'a whole number' : 'a number';
	const range = max === Infinity ? `of at least ${min}` : `from ${min} to ${max}`;
	refuse(command, `--${flag} is ${text}, expected ${kind} ${range}`);
}

/** One of a few words that stands behind a flag; another ends the command. */
export function readChoice<const T extends string>(
	command: string,
	flag: string,
	word: string,
	choices: readonly T[]
): T {
	const found = choices.find((of) => of === word);
	return found ?? refuse(command, `--${flag} ${word}: expected one of ${choices.join(', ')}`);
}

/** Words with commas between that stand behind a flag, each one of a few; another ends the command. */
export const readChoices = <const T extends string>(
	command: string,
	flag: string,
	words: string,
	choices: readonly T[]
): T[] => words.split(',').map((word) => readChoice(command, flag, word, choices));

/** Numbers with commas between; another ends the command. */
export const readNumbers = (command: string, flag: string, words: string, range: Range): number[] =>
	words.split(',').map((word) => readNumber(command, flag, word, range));
