import { parseArgs, type ParseArgsConfig } from 'node:util';

/** Ends a command that was called as it cannot be, by one line and with code 2. */
export function refuse(command: string, sentence: string): never {
	process.stderr.write(`${command}: ${sentence.replace(/\s+/g, ' ')}\n`);
	process.exit(2);
}

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
