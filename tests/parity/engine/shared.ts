import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseManifest, readTensors, shardsOf } from '../../../src/lib/engine/weights/tfjs';
import type { NamedTensor } from '../../../src/lib/engine/weights/tensors';

/** Published weights and pictures, which are not part of the repository. */
export const sharedWeights = '../shared/weights';

/** Whether the published weights are there; where not, a test says so, and fails where `CI` is set. */
export function haveSharedWeights(): boolean {
	const found = existsSync(join(sharedWeights, 'pictures/golden_logits.json'));
	if (!found)
		it(`NOT TESTED: the published weights, since ${sharedWeights} is not there`, () => {
			expect(process.env.CI, `${sharedWeights} must be there where CI is set`).toBeUndefined();
		});
	return found;
}

/** The tensors of a folder in TensorFlow.js's format. */
export function readFolder(folder: string): NamedTensor[] {
	const manifest = parseManifest(readFileSync(join(folder, 'model.json'), 'utf8'));
	const shards = shardsOf(manifest).map((path) => [path, readFileSync(join(folder, path))] as const);
	return readTensors(manifest, new Map(shards));
}
