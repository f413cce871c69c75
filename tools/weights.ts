/**
 * Brings published weights into `static/weights`, so that the site serves them itself:
 *
 *     npm run weights -- --from DIR                       folders such as mobilenet_v1_1.0_224, each with model.json and shards
 *     npm run weights -- mobilenet [--alpha 1] [--size 224]
 *     npm run weights -- squeezenet
 *     npm run weights -- shufflenet [--groups 3] [--scale 1]
 *     npm run weights -- xception
 *
 * `--float16` stores half the bytes. `--mirror URL` asks a server that has the same files under the same paths. A download that
 * broke off goes on when the command is given again. Every set is checked against its network, and lies in
 * `static/weights/ID` with a `set.json` of its source, licence and size. What cannot be is one line on standard error and exit code 2.
 */
import { parseArgs } from 'node:util';
import type { WeightSet } from '../src/lib/engine/sets';
import { WeightsError } from '../src/lib/engine/weights/tensors';
import {
	fetchMobilenet,
	fetchShufflenet,
	fetchSqueezenet,
	fetchXception,
	type Fetched,
	type Fetching
} from './weights/public';
import { storeFolder, storeSet, WeightsToolError } from './weights/store';

const target = 'static/weights';

/** Says how far a download is, on one line that is written over where the output is a terminal. */
function progress(file: string, loaded: number, total: number | null): void {
	if (!process.stderr.isTTY) return;
	const of = total === null ? '' : ` of ${(total / 1e6).toFixed(1)}`;
	process.stderr.write(`\r${file}: ${(loaded / 1e6).toFixed(1)}${of} MB  ${loaded === total ? '\n' : ''}`);
}

async function run(): Promise<readonly WeightSet[]> {
	const { values, positionals } = parseArgs({
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
	if (values.from !== undefined) return storeFolder(values.from, target, storage);
	const fetching: Fetching = { cache: 'node_modules/.cache/weights', mirror: values.mirror, progress };
	const sources: Readonly<Record<string, () => Promise<Fetched>>> = {
		mobilenet: () => fetchMobilenet(Number(values.alpha), Number(values.size), fetching),
		squeezenet: () => fetchSqueezenet(fetching),
		shufflenet: () => fetchShufflenet(Number(values.groups), Number(values.scale), fetching),
		xception: () => fetchXception(fetching)
	};
	const [name = ''] = positionals;
	const source = Object.hasOwn(sources, name) ? sources[name] : undefined;
	if (!source || positionals.length > 1)
		throw new WeightsToolError(
			`say where from: npm run weights -- --from DIR, or one of ${Object.keys(sources).join(', ')}`
		);
	const { info, tensors } = await source();
	return [storeSet(target, info, tensors, storage)];
}

try {
	for (const set of await run())
		console.log(`${set.title}: ${(set.bytes / 1e6).toFixed(1)} MB, ${set.source} (${set.licence})`);
} catch (error) {
	const isUsage = error instanceof TypeError && 'code' in error;
	if (!(error instanceof WeightsToolError || error instanceof WeightsError || isUsage)) throw error;
	console.error(error.message);
	process.exitCode = 2;
}
