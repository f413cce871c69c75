/**
 * Accuracy of bundled weights on CIFAR-10's test pictures, computed by this site's engine, and written into their card:
 *
 *     npm run accuracy -- cifar10-mobilenet --data DIR
 *
 * DIR has `test/<class>/*.jpg`. Prints JSON. What cannot be is one line on standard error and exit code 2.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatCard, parseCard } from '../src/lib/engine/card';
import { readArguments } from './arguments';
import { runCommand } from './streams';
import { readTestPictures } from './train/pictures';
import { bundledFolder, readBundled } from './weights/bundled';

async function main(): Promise<void> {
	const { values, positionals } = readArguments('accuracy', {
		allowPositionals: true,
		options: { data: { type: 'string' } }
	});
	const file = join(bundledFolder, positionals[0] ?? '', 'card.json');
	if (positionals.length !== 1 || !existsSync(file))
		throw new Error(`name one of the sets of ${bundledFolder} that have a card.json`);
	if (!values.data) throw new Error('--data names the folder that has test/');

	const { set, resolved, weights } = readBundled(positionals[0]!);
	const card = parseCard(readFileSync(file, 'utf8'));
	const pictures = await readTestPictures(values.data);
	// TensorFlow.js takes seconds to load: not before all is known to be there.
	const { accuracyOf } = await import('./train/accuracy');
	const engineAccuracy = await accuracyOf(resolved, weights, set.preprocessing, pictures);
	writeFileSync(file, formatCard({ ...card, engineAccuracy }));
	console.log(
		JSON.stringify({ set: set.id, pictures: pictures.length, accuracy: card.accuracy, engineAccuracy })
	);
}

await runCommand('accuracy', main);
