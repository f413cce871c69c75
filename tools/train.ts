/**
 * Trains a network of tools/train/recipes.ts on CIFAR-10 and stores its weights, with a card, where the site serves them:
 *
 *     npm run train -- cifar10-mobilenet --data DIR [--out runs] [--python python3] [--device cpu|cuda] [--threads 2]
 *
 * DIR has `train/<class>/*.jpg` and `test/<class>/*.jpg`. Python needs PyTorch, NumPy and Pillow; on the CPU, a C++ compiler and
 * ninja make it about twice as fast. A run that broke off goes on when the command is given again. What cannot be is one line on standard
 * error and exit code 2.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatCard, parseCard } from '../src/lib/engine/card';
import { readSafetensors } from '../src/lib/formats/safetensors';
import { formatGraph, graphCost, networkById, resolveGraph } from '../src/lib/nets';
import { readArguments, readChoice, readNumber } from './arguments';
import { CommandError, runCommand } from './streams';
import { trainInPython } from './train/python';
import { cifarKnobs, recipes } from './train/recipes';
import { bundledFolder } from './weights/bundled';
import { storeSet } from './weights/store';

function main(): void {
	const { values, positionals } = readArguments('train', {
		allowPositionals: true,
		options: {
			data: { type: 'string' },
			out: { type: 'string', default: 'runs' },
			python: { type: 'string', default: 'python3' },
			device: { type: 'string', default: 'cpu' },
			threads: { type: 'string', default: '1' }
		}
	});
	const device = readChoice('train', 'device', values.device, ['cpu', 'cuda']);
	const threads = readNumber('train', 'threads', values.threads, { min: 1, max: 1024, isWhole: true });
	const [name = ''] = positionals;
	const recipe = recipes[name];
	if (!recipe || positionals.length !== 1)
		throw new CommandError(`name one of ${Object.keys(recipes).join(', ')}`);
	if (!values.data || !existsSync(join(values.data, 'train')))
		throw new CommandError('--data names the folder that has train/ and test/');

	const knobs = { ...cifarKnobs, ...recipe.knobs };
	const graph = networkById(recipe.network).build(knobs);
	const folder = join(values.out, name);
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'graph.json'), formatGraph(graph));
	trainInPython(values.python, {
		...{ graph: join(folder, 'graph.json'), data: values.data, out: folder, epochs: recipe.epochs },
		...{ device, threads }
	});

	const result = JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')) as {
		readonly classes: readonly string[];
		readonly data: string;
		readonly accuracy: number;
	};
	storeSet(
		bundledFolder,
		{
			id: name,
			title: recipe.title,
			network: recipe.network,
			knobs,
			classes: result.classes,
			// As tools/train/data.py has them.
			preprocessing: { order: 'rgb', mean: [125.3, 123, 113.9], deviation: [63, 62.1, 66.7] },
			share: 1,
			accuracy: result.accuracy,
			source: 'Lightnets, tools/train',
			licence: 'MIT'
		},
		readSafetensors(readFileSync(join(folder, 'weights.safetensors'))),
		'float16'
	);
	const { params, macs } = graphCost(resolveGraph(graph)).total;
	const counts = { params: params.trainable, macs };
	const card = parseCard(JSON.stringify({ ...result, engineAccuracy: null, ...counts }));
	writeFileSync(join(bundledFolder, name, 'card.json'), formatCard(card));
	mkdirSync('tests/golden/cifar10', { recursive: true });
	writeFileSync(`tests/golden/cifar10/${name}.json`, readFileSync(join(folder, 'golden.json')));
}

await runCommand('train', main);
