import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { formatCard, type Card } from '../../../src/lib/engine/card';
import { preprocessings } from '../../../src/lib/engine/picture';
import { randomNetworkWeights } from '../../../src/lib/engine/program/weights';
import { nameWeights } from '../../../src/lib/formats/match';
import { networkById, resolveGraph } from '../../../src/lib/nets';
import { storeSet } from '../../../tools/weights/store';

/** A set of two classes with random weights, as it stands in {@link checkoutWithSet}. */
export const tiny = { id: 'cifar10-tiny', knobs: { alpha: 0.25, resolution: 32, classes: 2 } };

export const tinyCard: Card = {
	...{ data: 'two pictures', accuracy: 0.5, engineAccuracy: null, params: 1, macs: 1, epochs: 1 },
	...{
		minutes: 1,
		device: 'cpu',
		rate: 0.05,
		weightDecay: 0,
		labelSmoothing: 0,
		batch: 1,
		seed: 1,
		torch: '2'
	}
};

/** A checkout of its own as far as tools look at it, with a set of weights and a test picture of each class in `data`. */
export function checkoutWithSet(): string {
	const root = mkdtempSync(join(tmpdir(), 'lightnets-'));
	for (const name of ['src', 'tools', 'node_modules', 'package.json', 'tsconfig.json'])
		symlinkSync(resolve(name), join(root, name));
	const weights = join(root, 'static/weights');
	mkdirSync(weights, { recursive: true });
	const resolved = resolveGraph(networkById('mobilenet').build(tiny.knobs));
	storeSet(
		weights,
		{
			...{ ...tiny, title: 'Tiny', network: 'mobilenet', classes: ['a', 'b'] },
			...{ preprocessing: preprocessings.symmetric, source: 'this test', licence: 'MIT' }
		},
		nameWeights(resolved, randomNetworkWeights(resolved, 1))
	);
	writeFileSync(join(weights, tiny.id, 'card.json'), formatCard(tinyCard));
	for (const [name, file] of [
		['a', 'full-chroma.jpg'],
		['b', 'half-chroma.jpg']
	] as const) {
		mkdirSync(join(root, 'data/test', name), { recursive: true });
		cpSync(join('tests/golden/pictures', file), join(root, 'data/test', name, '0000.jpg'));
	}
	return root;
}
