import { FetchFault, fetchWhole, isWhole, type FileFacts } from '../../stored/check';
import { sayUnkept } from '../../stored/unkept';
import { weightsKey } from './cache';
import type { ModelFile } from '../../formats';
import { nameWeights } from '../../formats/match';
import { readSafetensors, safetensors } from '../../formats/safetensors';
import { jsonIn } from '../../formats/text';
import { bytesOfManifest, parseManifest, readTensors, shardsOf } from '../../formats/tfjs';
import { resolveGraph } from '../../nets';
import { WeightsError, type NamedTensor } from '../../formats/tensors';

/** Bytes that have come, of how many. */
export interface Progress {
	readonly loaded: number;
	readonly total: number;
}

export interface FetchOptions {
	readonly signal?: AbortSignal;
	readonly progress?: (progress: Progress) => void;
	/** Where files are kept, and looked up first; what is not kept, since there is no such place or no room, is said. */
	readonly cache?: Cache | null;
	/** Told of a file that was kept and is not what it should be: it is fetched again. */
	readonly onRepair?: (file: string) => void;
}

/** What the files of a set have to be, by name. */
export type FilesOfSet = Readonly<Record<string, FileFacts>>;

/**
 * Fetches weights in TensorFlow.js's format from the site.
 * @param model address of model.json
 * @param files of the set: what comes is checked against them before it is used or kept, and so is what was kept
 * @throws {WeightsError} `fetch`, `altered`, `missingFile`, and what reading throws; the signal's reason
 */
export async function fetchTensors(
	model: string,
	files: FilesOfSet,
	{ signal, progress, cache = null, onRepair }: FetchOptions = {}
): Promise<NamedTensor[]> {
	const load = (address: string, onBytes: (loaded: number) => void) => {
		const file = fileOf(address);
		const facts = files[file];
		if (!facts) throw new WeightsError('missingFile', `${file} is no file of this set`, { file });
		return fetchFile(address, facts, { signal, onBytes, cache, onRepair });
	};
	const manifest = parseManifest(new TextDecoder().decode(await load(model, () => {})), fileOf(model));
	const total = bytesOfManifest(manifest);
	const loaded = new Map<string, number>();
	const shards = new Map<string, Uint8Array>();
	const paths = shardsOf(manifest);
	progress?.({ loaded: 0, total });
	// A few at a time: published MobileNets have 55 shards.
	const workers = Array.from({ length: 6 }, async () => {
		for (let path = paths.shift(); path !== undefined; path = paths.shift()) {
			const name = path;
			const bytes = await load(new URL(name, model).href, (count) => {
				loaded.set(name, count);
				progress?.({ loaded: [...loaded.values()].reduce((sum, n) => sum + n, 0), total });
			});
			shards.set(name, bytes);
		}
	});
	await Promise.all(workers);
	return readTensors(manifest, shards);
}

async function fetchFile(
	address: string,
	facts: FileFacts,
	{
		signal,
		onBytes,
		cache,
		onRepair
	}: {
		readonly signal: AbortSignal | undefined;
		readonly onBytes: (loaded: number) => void;
		readonly cache: Cache | null;
		readonly onRepair: FetchOptions['onRepair'];
	}
): Promise<Uint8Array> {
	const key = weightsKey(address, facts.sha256);
	// A store that cannot be read is none.
	const stored = await cache?.match(key).catch(() => undefined);
	if (stored) {
		const bytes = new Uint8Array(await stored.arrayBuffer());
		signal?.throwIfAborted();
		if (await isWhole(bytes, facts)) {
			onBytes(bytes.length);
			return bytes;
		}
		await cache?.delete(key).catch(() => false);
		onRepair?.(fileOf(address));
	}
	const bytes = await fetchWhole(key, facts, { signal, onBytes }).catch((error: unknown) => {
		throw error instanceof FetchFault ? weightsError(fileOf(address), facts, error) : error;
	});
	// Another version of it is of no use any more. A full disk is no reason not to run.
	await cache?.delete(address, { ignoreSearch: true }).catch(() => false);
	await cache?.put(key, new Response(bytes as BodyInit)).catch(() => sayUnkept('files'));
	if (!cache) sayUnkept('files');
	return bytes;
}

function weightsError(file: string, facts: FileFacts, { code, message, params }: FetchFault): WeightsError {
	if (code !== 'altered')
		return new WeightsError('fetch', `${file} could not be fetched: ${message}`, {
			file,
			status: params.status ?? 0,
			...(code === 'stalled' && { stalled: 1 })
		});
	return new WeightsError('altered', `${file}: what came is not the file that the site has`, {
		file,
		expected: facts.bytes
	});
}

const fileOf = (address: string): string => address.replace(/\?.*$/, '').split('/').pop()!;

/**
 * Reads weights from files that a reader dropped: model.json with its shards, one safetensors file, or a file of any other format
 * that is read, whose weights are named by the layers of its own network.
 * @param facts what files of these names have to be
 * @throws {WeightsError} `unknownFiles`, `otherThanSet`, and what reading throws
 */
export async function readFiles(
	files: readonly File[],
	facts: FilesOfSet = {}
): Promise<readonly NamedTensor[]> {
	const read = await Promise.all(
		files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }))
	);
	for (const { name, bytes } of read) {
		const wanted = Object.hasOwn(facts, name) ? facts[name] : undefined;
		if (wanted && !(await isWhole(bytes, wanted)))
			throw new WeightsError('otherThanSet', `${name} is not the file that set.json describes`, {
				file: name
			});
	}
	const weights = read.find(safetensors.tell);
	if (weights) return readSafetensors(weights.bytes, weights.name);
	const manifest = read.find(hasManifest);
	if (manifest) {
		const { name, bytes } = manifest;
		const shards = new Map(read.map((file) => [file.name, file.bytes]));
		const model = parseManifest(new TextDecoder().decode(bytes), name);
		const named = shardsOf(model).flatMap((path) => {
			const shard = shards.get(path.split('/').pop()!);
			return shard ? [[path, shard] as const] : [];
		});
		return readTensors(model, new Map(named));
	}
	// The other readers are many, and few drop their files as weights for another network.
	const { openFiles, FormatError } = await import('../../formats');
	try {
		const opened = await openFiles(read);
		if (opened.kind === 'weights') return opened.tensors;
		if (opened.weights) return nameWeights(resolveGraph(opened.graph), opened.weights);
	} catch (error) {
		if (!(error instanceof FormatError)) throw error;
	}
	const names = files.map(({ name }) => name).join(', ');
	throw new WeightsError('unknownFiles', `${names || 'no files'}: no weights that are read`, {
		files: names
	});
}

/** Whether it lists weights, as TensorFlow.js writes it. */
const hasManifest = (file: ModelFile): boolean => jsonIn(file)?.['weightsManifest'] !== undefined;
