import { readFileSync } from 'node:fs';
import { parseCard } from '../../src/lib/engine/card';
import { equalizingFactors } from '../../src/lib/nets/quantization/equalize';
import { readBundled } from '../../tools/weights/bundled';
import { foldedNetwork } from './foldedNetwork';

/** A trained set, with batch norm folded into its weights, and the ranges of its tensors. */
export function foldedSet(id: string) {
	const { resolved, weights } = readBundled(id);
	const card = parseCard(readFileSync(`static/weights/${id}/card.json`, 'utf8')).quantization!;
	const factors = card.isEqualized ? equalizingFactors(resolved, weights) : undefined;
	const { names, ...folded } = foldedNetwork(resolved, weights, factors);
	const ranges = Object.fromEntries(
		Object.entries(card.ranges).map(([ref, range]) => [names.get(ref) ?? ref, range])
	);
	return { ...folded, ranges };
}
