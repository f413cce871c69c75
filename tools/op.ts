/**
 * Runs one operator on numbers: `npm run op -- '{"op": "conv2d", "x": {"shape": [3, 3, 1], "data": [...]}, ...}'`.
 * Reads JSON from its argument or standard input, and writes `{"y": {"shape", "data"}, "params", "macs"}`; for a list, a list.
 * What cannot be run gives one line on standard error and exit code 2.
 */
import { readFileSync } from 'node:fs';
import { OpError } from '../src/lib/ops';
import { answerText, InputError } from './opAnswer';

function readRequest(): string {
	const [text, ...rest] = process.argv.slice(2);
	if (rest.length > 0) throw new InputError('takes one argument; put the JSON in quotation marks');
	if (text === undefined && process.stdin.isTTY) {
		throw new InputError(`takes JSON as its argument or on standard input, such as '{"op": "conv2d", ...}'`);
	}
	return text ?? readFileSync(0, 'utf8');
}

try {
	process.stdout.write(`${answerText(readRequest())}\n`);
} catch (error) {
	if (!(error instanceof OpError || error instanceof InputError)) throw error;
	process.stderr.write(`op: ${error.message.replace(/\s+/g, ' ').slice(0, 300)}\n`);
	process.exitCode = 2;
}
