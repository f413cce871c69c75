import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NetworkWeights } from '../../src/lib/formats/tensors';
import { parseSet, type WeightSet } from '../../src/lib/engine/sets';
import { matchWeights } from '../../src/lib/formats/match';
import { networkById, resolveGraph, type ResolvedGraph } from '../../src/lib/nets';
import { readFolder, WeightsToolError } from './store';

/** Where the site serves sets of weights from. */
export const bundledFolder = 'static/weights';

/** A set of weights with its network. */
export interface BundledSet {
	readonly set: WeightSet;
	readonly resolved: ResolvedGraph;
	readonly weights: NetworkWeights;
}

/** Reads a folder of `static/weights`. @throws {WeightsToolError} where it is none, or does not fit its network */
export function readBundled(id: string): BundledSet {
	const folder = join(bundledFolder, id);
	if (id === '' || !existsSync(join(folder, 'set.json')))
		throw new WeightsToolError(
			`${folder} has no set.json; npm run train and npm run weights store sets there`
		);
	const set = parseSet(readFileSync(join(folder, 'set.json'), 'utf8'));
	const resolved = resolveGraph(networkById(set.network).build(set.knobs));
	const { weights, problems } = matchWeights(resolved, readFolder(folder));
	if (!weights)
		throw new WeightsToolError(`${folder} does not fit ${resolved.graph.name}: ${problems[0]!.message}`);
	return { set, resolved, weights };
}
