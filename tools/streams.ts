import { fstatSync, readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

/** What cannot be read, or cannot be done, in a sentence. */
export class CommandError extends Error {}

/** Standard input, to its end; from a pipe that has nothing yet, and of any size. @throws {CommandError} where it is a folder */
export async function readStandardInput(): Promise<string> {
	// Node takes a folder for an empty file.
	if (fstatSync(0, { throwIfNoEntry: false })?.isDirectory())
		throw new CommandError('standard input is a folder, not a file');
	return text(process.stdin);
}

/** A file, or standard input where it is called `-` or `/dev/stdin`. */
export async function readTextFrom(file: string): Promise<string> {
	return file === '-' || file === '/dev/stdin' ? readStandardInput() : readFileSync(file, 'utf8');
}

/** More than a person reads of a sentence in a terminal. */
const longest = 300;

/** Ends a command that cannot do what it was called for, by one line that leaves the terminal as it is, and with code 2. */
export function refuse(command: string, sentence: string): never {
	const line = sentence
		.replace(/\u001b\[[\d;]*m/g, '')
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.trim();
	const shown = line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
	process.stderr.write(`${command === '' ? '' : `${command}: `}${shown}\n`);
	process.exit(2);
}

/** Ends quietly where nobody listens any more, and in one line where what it says cannot be written, as on a full disk. */
function watchOutput(command: string): void {
	process.stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code === 'EPIPE') process.exit(0);
		refuse(command, `the answer could not be written: ${error.message}`);
	});
}

/** Whether an error is a fault of the program, and not of what it was given: its stack is for whoever mends it. */
function isFault(error: unknown): boolean {
	if (error instanceof ReferenceError || !(error instanceof Error)) return true;
	// Node's own of bad arguments have a code, and what `fetch` meets a cause.
	return error instanceof TypeError && !('code' in error) && error.cause === undefined;
}

/** Does what a command is for. What it cannot do is one line on standard error, with code 2. */
export async function runCommand(command: string, main: () => Promise<void> | void): Promise<void> {
	watchOutput(command);
	try {
		await main();
	} catch (error) {
		if (isFault(error)) throw error;
		const { message, cause } = error as Error;
		refuse(command, cause instanceof Error ? `${message}: ${cause.message}` : message);
	}
}

/**
 * Writes what a program has to say, or in one line why it has nothing to say, with code 2.
 * @param isExpected tells what is said so from a fault of the program
 */
export async function answerWith(
	answer: () => Promise<string> | string,
	isExpected: (error: unknown) => boolean,
	name = ''
): Promise<void> {
	watchOutput(name);
	try {
		process.stdout.write(`${await answer()}\n`);
	} catch (error) {
		if (!isExpected(error) && !(error instanceof CommandError)) throw error;
		refuse(name, (error as Error).message);
	}
}
