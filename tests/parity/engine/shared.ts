import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseManifest, readTensors, shardsOf } from '../../../src/lib/formats/tfjs';
import type { NamedTensor } from '../../../src/lib/formats/tensors';

/** The tensors of a folder in TensorFlow.js's format. */
export function readFolder(folder: string): NamedTensor[] {
	const manifest = parseManifest(readFileSync(join(folder, 'model.json'), 'utf8'));
	const shards = shardsOf(manifest).map((path) => [path, readFileSync(join(folder, path))] as const);
	return readTensors(manifest, new Map(shards));
}
