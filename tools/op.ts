/**
 * Runs one operator on numbers: `npm run op -- '{"op": "conv2d", "x": {"shape": [3, 3, 1], "data": [...]}, ...}'`.
 * Reads JSON from its argument or standard input, and writes `{"y": {"shape", "data"}, "params", "macs"}`; for a list, a list.
 * What cannot be run gives one line on standard error and exit code 2.
 */
import { OpError } from '../src/lib/ops';
import { answerText, InputError } from './opAnswer';
import { answerWith, readStandardInput } from './streams';

async function readRequest(): Promise<string> {
	const [text, ...rest] = process.argv.slice(2);
	if (rest.length > 0) throw new InputError('takes one argument; put the JSON in quotation marks');
	if (text === undefined && process.stdin.isTTY) {
		throw new InputError(`takes JSON as its argument or on standard input, such as '{"op": "conv2d", ...}'`);
	}
	return text ?? (await readStandardInput());
}

await answerWith(
	async () => answerText(await readRequest()),
	(error) => error instanceof OpError || error instanceof InputError,
	'op'
);
