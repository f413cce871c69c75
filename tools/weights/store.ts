import { createHash } from 'node:crypto';
import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import type { FileFacts } from '../../src/lib/kept/check';
import { formatSet, type WeightSet } from '../../src/lib/engine/sets';
import { matchWeights, nameWeights } from '../../src/lib/engine/weights/match';
import type { NamedTensor } from '../../src/lib/engine/weights/tensors';
import {
	parseManifest,
	readTensors,
	shardsOf,
	writeTensors,
	type WrittenStorage
} from '../../src/lib/engine/weights/tfjs';
import { networkById, resolveGraph } from '../../src/lib/nets';
import { setOfFolder, type SetInfo } from './sets';

/** Something that a person can put right; its message is all that they need. */
export class WeightsToolError extends Error {}

/** Tensors of a folder in TensorFlow.js's format. */
export function readFolder(folder: string): NamedTensor[] {
	const manifest = parseManifest(
		readFileSync(join(folder, 'model.json'), 'utf8'),
		join(folder, 'model.json')
	);
	const shards = shardsOf(manifest)
		.filter((path) => existsSync(join(folder, path)))
		.map((path) => [path, readFileSync(join(folder, path))] as const);
	return readTensors(manifest, new Map(shards));
}

/**
 * Checks tensors against their network and writes them where the site serves them, with a set.json that says what they are.
 * @param target the folder of all sets
 * @throws {WeightsToolError} listing by layer what does not fit
 */
export function storeSet(
	target: string,
	info: SetInfo,
	tensors: readonly NamedTensor[],
	storage: WrittenStorage = 'float32'
): WeightSet {
	const resolved = resolveGraph(networkById(info.network).build(info.knobs));
	const { weights, problems } = matchWeights(resolved, tensors);
	if (!weights)
		throw new WeightsToolError(
			`${info.id} does not fit ${resolved.graph.name}:\n${problems.map(({ message }) => `  ${message}`).join('\n')}`
		);
	const { model, shards } = writeTensors(nameWeights(resolved, weights), {
		storage,
		metadata: { source: info.source, licence: info.licence }
	});
	const folder = join(target, info.id);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const files: [string, string | Uint8Array][] = [['model.json', model], ...shards];
	const hash = createHash('sha256');
	for (const [name, content] of files) {
		writeFileSync(join(folder, name), content);
		hash.update(content);
	}
	const facts = Object.fromEntries(files.map(([name, content]) => [name, factsOf(content)]));
	const bytes = files.reduce((sum, [, content]) => sum + Buffer.byteLength(content), 0);
	const set: WeightSet = { ...info, storage, bytes, hash: hash.digest('hex').slice(0, 16), files: facts };
	writeFileSync(join(folder, 'set.json'), formatSet(set));
	return set;
}

/** What a file has to be to be used: the page checks it. */
const factsOf = (content: string | Uint8Array): FileFacts => ({
	bytes: Buffer.byteLength(content),
	sha256: createHash('sha256').update(content).digest('hex')
});

/**
 * Stores every set of a folder of folders, each in TensorFlow.js's format and named as published, licences beside them.
 * @throws {WeightsToolError} where there is none
 */
export function storeFolder(from: string, target: string, storage: WrittenStorage): WeightSet[] {
	if (!existsSync(from)) throw new WeightsToolError(`${from} is not there`);
	const stored: WeightSet[] = [];
	for (const name of readdirSync(from).sort()) {
		const folder = join(from, name);
		const info = setOfFolder(name);
		if (!info || !existsSync(join(folder, 'model.json'))) continue;
		stored.push(storeSet(target, info, readFolder(folder), storage));
		for (const file of readdirSync(folder).filter((of) => /^LICEN[CS]E/i.test(of)))
			copyFileSync(join(folder, file), join(target, info.id, file));
	}
	if (stored.length === 0)
		throw new WeightsToolError(
			`${from} has no folder such as mobilenet_v1_1.0_224 or squeezenet_v1.1 with a model.json in it`
		);
	return stored;
}
