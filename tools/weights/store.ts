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
import { isDeepStrictEqual } from 'node:util';
import type { FileFacts } from '../../src/lib/stored/check';
import { formatSet, parseSet, type WeightSet } from '../../src/lib/engine/sets';
import { matchWeights, nameWeights } from '../../src/lib/formats/match';
import { WeightsError, type NamedTensor } from '../../src/lib/formats/tensors';
import {
	parseManifest,
	readTensors,
	shardsOf,
	writeTensors,
	type WrittenStorage
} from '../../src/lib/formats/tfjs';
import { networkById, resolveGraph } from '../../src/lib/nets';
import { setOfFolder, type SetInfo } from './sets';

/** Something that a person can put right; its message is all that they need. */
export class WeightsToolError extends Error {}

/** Whether an error is about the files at hand, so that its message is all to say of it, and not a fault of the tool. */
export const isForPerson = (error: unknown): error is WeightsToolError | WeightsError =>
	error instanceof WeightsToolError || error instanceof WeightsError;

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
	const { resolved, weights } = fit(info, tensors);
	const { model, shards } = writeTensors(nameWeights(resolved, weights), {
		storage,
		metadata: { source: info.source, licence: info.licence }
	});
	const folder = join(target, info.id);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const files: [string, string | Uint8Array][] = [['model.json', model], ...shards];
	for (const [name, content] of files) writeFileSync(join(folder, name), content);
	const set = setOf(info, storage, files);
	writeFileSync(join(folder, 'set.json'), formatSet(set));
	return set;
}

/** What `set.json` says of files in their order: model.json, then the shards. The page checks each before it uses it. */
function setOf(
	info: SetInfo,
	storage: WrittenStorage,
	files: readonly (readonly [name: string, content: string | Uint8Array])[]
): WeightSet {
	const all = createHash('sha256');
	const facts: Record<string, FileFacts> = {};
	let bytes = 0;
	for (const [name, content] of files) {
		all.update(content);
		facts[name] = {
			bytes: Buffer.byteLength(content),
			sha256: createHash('sha256').update(content).digest('hex')
		};
		bytes += facts[name].bytes;
	}
	return { ...info, storage, bytes, hash: all.digest('hex').slice(0, 16), files: facts };
}

/**
 * Checks a set that is stored: that it is what `info` says, that its files are those that were written, and that they fit.
 * @throws {WeightsToolError} where there is none, or what is wrong with it
 */
export function checkStored(target: string, info: SetInfo, storage: WrittenStorage): WeightSet {
	const folder = join(target, info.id);
	if (!existsSync(join(folder, 'set.json'))) throw new WeightsToolError(`${folder} is not there`);
	let set: WeightSet;
	let files: [string, Uint8Array][];
	try {
		set = parseSet(readFileSync(join(folder, 'set.json'), 'utf8'));
		const shards = shardsOf(parseManifest(readFileSync(join(folder, 'model.json'), 'utf8')));
		files = ['model.json', ...shards].map((name) => [name, readFileSync(join(folder, name))]);
	} catch (error) {
		throw new WeightsToolError(`${folder}: ${error instanceof Error ? error.message : String(error)}`);
	}
	for (const [key, value] of Object.entries(setOf(info, storage, files))) {
		if (!isDeepStrictEqual(set[key as keyof WeightSet], value))
			throw new WeightsToolError(`${folder}/set.json: ${key} is not that of the files that are wanted`);
	}
	fit(info, readFolder(folder));
	return set;
}

/** The network of a set, and its weights found in tensors. @throws {WeightsToolError} listing by layer what does not fit */
function fit(info: SetInfo, tensors: readonly NamedTensor[]) {
	const resolved = resolveGraph(networkById(info.network).build(info.knobs));
	const { weights, problems } = matchWeights(resolved, tensors);
	if (weights) return { resolved, weights };
	throw new WeightsToolError(
		`${info.id} does not fit ${resolved.graph.name}:\n${problems.map(({ message }) => `  ${message}`).join('\n')}`
	);
}

/** Files of a folder that hold the text of a licence. */
export const licencesIn = (folder: string): string[] =>
	readdirSync(folder).filter((file) => /^LICEN[CS]E/i.test(file));

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
		for (const file of licencesIn(folder)) copyFileSync(join(folder, file), join(target, info.id, file));
	}
	if (stored.length === 0)
		throw new WeightsToolError(
			`${from} has no folder such as mobilenet_v1_1.0_224 or squeezenet_v1.1 with a model.json in it`
		);
	return stored;
}
