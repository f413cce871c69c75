import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

/** Standard input, to its end; from a pipe that has nothing yet, and of any size. */
export const readStandardInput = (): Promise<string> => text(process.stdin);

/** A file, or standard input where it is called `-` or `/dev/stdin`. */
export async function readTextFrom(file: string): Promise<string> {
	return file === '-' || file === '/dev/stdin' ? readStandardInput() : readFileSync(file, 'utf8');
}

/**
 * Writes what a program has to say, or in one line that leaves the terminal as it is why it has nothing to say, with code 2. Ends quietly
 * where nobody listens any more.
 * @param isExpected tells what is said so from a fault of the program
 */
export async function answerWith(
	answer: () => Promise<string> | string,
	isExpected: (error: unknown) => boolean,
	name?: string
): Promise<void> {
	process.stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code === 'EPIPE') process.exit(0);
		// A full disk, for one.
		say(`the answer could not be written: ${error.message}`);
		process.exit(2);
	});
	const say = (sentence: string) =>
		process.stderr.write(`${name === undefined ? '' : `${name}: `}${sentence}\n`);
	try {
		process.stdout.write(`${await answer()}\n`);
	} catch (error) {
		if (!isExpected(error)) throw error;
		const sentence = (error as Error).message.replace(/[\s\p{Cc}]+/gu, ' ');
		const line = sentence.length > 300 ? `${sentence.slice(0, 299)}…` : sentence;
		say(line);
		process.exitCode = 2;
	}
}
