/**
 * Brings published weights into `static/weights`, so that the site serves them itself:
 *
 *     npm run weights -- --from DIR [--float16]
 *
 * `DIR` has folders such as `mobilenet_v1_1.0_224`, each with a model.json and its shards. Every set is checked against its
 * network, and listed in `static/weights/index.json` with its source, licence and size. What cannot be is one line on
 * standard error and exit code 2.
 */
import { parseArgs } from 'node:util';
import { WeightsError } from '../src/lib/engine/weights/tensors';
import { storeFolder, WeightsToolError } from './weights/store';

const target = 'static/weights';

try {
	const { values } = parseArgs({
		options: { from: { type: 'string' }, float16: { type: 'boolean', default: false } }
	});
	if (values.from === undefined)
		throw new WeightsToolError('say where from: npm run weights -- --from DIR [--float16]');
	for (const set of storeFolder(values.from, target, values.float16 ? 'float16' : 'float32'))
		console.log(`${set.title}: ${(set.bytes / 1e6).toFixed(1)} MB, ${set.source} (${set.licence})`);
} catch (error) {
	const isUsage = error instanceof TypeError && 'code' in error;
	if (!(error instanceof WeightsToolError || error instanceof WeightsError || isUsage)) throw error;
	console.error(error.message);
	process.exitCode = 2;
}
