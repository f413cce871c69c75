/**
 * Brings published weights into `static/weights`, so that the site serves them itself:
 *
 *     npm run weights -- all                              the four networks, each from where it is published
 *     npm run weights -- mobilenet [--alpha 1] [--size 224]
 *     npm run weights -- squeezenet
 *     npm run weights -- shufflenet [--groups 3] [--scale 1]
 *     npm run weights -- xception
 *     npm run weights -- --from DIR                       folders such as mobilenet_v1_1.0_224, each with model.json and shards
 *
 * `--float16` stores half the bytes. `--mirror URL` asks a server that has the same files under the same paths. A download that
 * broke off goes on when the command is given again, and what is there and good is not fetched again. Every set is checked against
 * its network, and lies in `static/weights/ID` with a `set.json` of its source, licence and size. It asks nothing. Exit code 0: all
 * that was asked for is there; 1: some of `all` is not; 2: what cannot be is one line on standard error.
 */
import type { WeightSet } from '../src/lib/engine/sets';
import { readArguments } from './arguments';
import { runCommand } from './streams';
import { bring, bringAll, lineOf, summaryOf } from './weights/bring';
import { bundledFolder } from './weights/bundled';
import {
	publishedMobilenet,
	publishedShufflenet,
	publishedSqueezenet,
	publishedXception,
	type Fetching,
	type Published
} from './weights/public';
import { storeFolder, WeightsToolError } from './weights/store';

/** Says how far a download is, on one line that is written over where the output is a terminal. */
function progress(file: string, loaded: number, total: number | null): void {
	if (!process.stderr.isTTY) return;
	const of = total === null ? '' : ` of ${(total / 1e6).toFixed(1)}`;
	process.stderr.write(`\r${file}: ${(loaded / 1e6).toFixed(1)}${of} MB  ${loaded === total ? '\n' : ''}`);
}

const lineOfSet = (set: WeightSet) => lineOf({ set, wasThere: false, licenceMissing: null });

async function run(): Promise<void> {
	const { values, positionals } = readArguments('weights', {
		allowPositionals: true,
		options: {
			from: { type: 'string' },
			float16: { type: 'boolean', default: false },
			mirror: { type: 'string' },
			alpha: { type: 'string', default: '1' },
			size: { type: 'string', default: '224' },
			groups: { type: 'string', default: '3' },
			scale: { type: 'string', default: '1' }
		}
	});
	const storage = values.float16 ? 'float16' : 'float32';
	if (values.from !== undefined) {
		for (const set of storeFolder(values.from, bundledFolder, storage)) console.log(lineOfSet(set));
		return;
	}
	const fetching: Fetching = { cache: 'node_modules/.cache/weights', mirror: values.mirror, progress };
	const published: Readonly<Record<string, () => Published>> = {
		squeezenet: publishedSqueezenet,
		mobilenet: () => publishedMobilenet(Number(values.alpha), Number(values.size)),
		shufflenet: () => publishedShufflenet(Number(values.groups), Number(values.scale)),
		xception: publishedXception
	};
	const [name = ''] = positionals;
	if (name === 'all' && positionals.length === 1) {
		const all = Object.values(published).map((of) => of());
		const outcomes = await bringAll(all, bundledFolder, storage, fetching, console.log);
		console.log(`\n${summaryOf(outcomes, fetching)}`);
		if (outcomes.some(({ result }) => 'reason' in result)) process.exitCode = 1;
		return;
	}
	const one = Object.hasOwn(published, name) ? published[name] : undefined;
	if (!one || positionals.length > 1)
		throw new WeightsToolError(
			`say which: npm run weights -- all, or one of ${Object.keys(published).join(', ')}, or --from DIR`
		);
	const brought = await bring(one(), bundledFolder, storage, fetching);
	console.log(lineOf(brought));
	if (brought.licenceMissing !== null)
		console.log(
			`Before you publish it, lay the text of its licence beside it as LICENSE: ${brought.licenceMissing}`
		);
}

await runCommand('weights', run);
