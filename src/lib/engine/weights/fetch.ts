import { bytesOfManifest, parseManifest, readTensors, shardsOf } from './tfjs';
import { readSafetensors } from './safetensors';
import { WeightsError, type NamedTensor } from './tensors';

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
}

/**
 * Fetches weights in TensorFlow.js's format from the site.
 * @param model address of model.json
 * @param hash of the set, so that files of another version are not taken from the cache
 * @throws {WeightsError} `fetch`, and what reading throws; the signal's reason
 */
export async function fetchTensors(
	model: string,
	hash: string,
	{ signal, progress, cache = null }: FetchOptions = {}
): Promise<NamedTensor[]> {
	const load = (address: string, onBytes: (loaded: number) => void) =>
		fetchFile(`${address}?${hash}`, onBytes, cache, signal);
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
	onBytes: (loaded: number) => void,
	cache: Cache | null,
	signal?: AbortSignal
): Promise<Uint8Array> {
	const kept = await cache?.match(address);
	const response = kept ?? (await respond(address, signal));
	const parts: Uint8Array[] = [];
	let loaded = 0;
	const reader = response.body!.getReader();
	for (let part = await reader.read(); !part.done; part = await reader.read()) {
		signal?.throwIfAborted();
		parts.push(part.value);
		onBytes((loaded += part.value.length));
	}
	const bytes = new Uint8Array(loaded);
	let at = 0;
	for (const part of parts) {
		bytes.set(part, at);
		at += part.length;
	}
	// A full disk is no reason not to run.
	if (!kept) await cache?.put(address, new Response(bytes)).catch(() => {});
	return bytes;
}

async function respond(address: string, signal?: AbortSignal): Promise<Response> {
	const file = fileOf(address);
	let response: Response;
	try {
		response = await fetch(address, signal ? { signal } : {});
	} catch (error) {
		signal?.throwIfAborted();
		const reason = error instanceof Error ? error.message : String(error);
		throw new WeightsError('fetch', `${file} could not be fetched: ${reason}`, { file, status: 0 });
	}
	if (response.ok) return response;
	const message = `${file} could not be fetched: the site answered ${response.status}`;
	throw new WeightsError('fetch', message, { file, status: response.status });
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
