import { FetchFault, fetchWhole, isWhole, type FileFacts } from '../../stored/check';
import { weightsKey } from './cache';
import { bytesOfManifest, parseManifest, readTensors, shardsOf } from '../../formats/tfjs';
import { readSafetensors } from '../../formats/safetensors';
import { WeightsError, type NamedTensor } from '../../formats/tensors';

/** Bytes that have come, of how many. */
export interface Progress {
	readonly loaded: number;
	readonly total: number;
}

export interface FetchOptions {
	readonly signal?: AbortSignal;
	readonly progress?: (progress: Progress) => void;
	/** Where files are kept, and looked up first; without, nothing is kept. */
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
	await cache?.put(key, new Response(bytes as BodyInit)).catch(() => {});
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
 * Reads weights from files that a reader dropped: model.json with its shards, or one safetensors file.
 * @throws {WeightsError} `unknownFiles`, and what reading throws
 */
export async function readFiles(files: readonly File[]): Promise<NamedTensor[]> {
	const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer());
	const safetensors = files.find(({ name }) => name.endsWith('.safetensors'));
	if (safetensors) return readSafetensors(await bytesOf(safetensors), safetensors.name);
	const model =
		files.find(({ name }) => name === 'model.json') ?? files.find(({ name }) => name.endsWith('.json'));
	if (!model) {
		const names = files.map(({ name }) => name).join(', ');
		const message = `${names || 'no files'}: expected model.json with its shards, or one .safetensors file`;
		throw new WeightsError('unknownFiles', message, { files: names });
	}
	const manifest = parseManifest(await model.text(), model.name);
	const byName = new Map(files.map((file) => [file.name, file]));
	const shards = new Map<string, Uint8Array>();
	for (const path of shardsOf(manifest)) {
		const file = byName.get(path.split('/').pop()!);
		if (file) shards.set(path, await bytesOf(file));
	}
	return readTensors(manifest, shards);
}
