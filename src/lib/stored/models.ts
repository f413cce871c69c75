import * as v from 'valibot';
import { sha256 } from './check';
import { modelsStore } from './hasModels';
import { tellTabs } from './otherTabs';

/** A network with its weights that the browser keeps because the reader wanted it: the files, as they were opened. */
export interface StoredModel {
	/** Of the files' content: what its address holds. */
	readonly id: string;
	/** What the network is called. */
	readonly title: string;
	readonly files: readonly string[];
	readonly bytes: number;
	/** Height and width of the input that were asked for, where the files leave them open. */
	readonly size: number | null;
}

const aboutSchema = v.object({
	title: v.pipe(v.string(), v.maxLength(500)),
	files: v.pipe(
		v.array(
			v.object({
				name: v.pipe(v.string(), v.minLength(1), v.maxLength(500)),
				bytes: v.pipe(v.number(), v.integer(), v.minValue(0))
			})
		),
		v.minLength(1),
		v.maxLength(200)
	),
	size: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096)))
});

/** Whether a text is the id of a model that may be kept. */
export const isModelId = (text: string): boolean => /^[0-9a-f]{16}$/.test(text);

/** The browser's store of files; `null` where it has none (private windows, pages without encryption). */
async function openCache(): Promise<Cache | null> {
	try {
		return await caches.open(modelsStore);
	} catch {
		return null;
	}
}

const keyOf = (id: string, part: string | number) => `${location.origin}/models/${id}/${part}`;

/**
 * Keeps a model. The same files are kept once.
 * @param told what the reader has told of it, as JSON has it; `undefined` for nothing
 * @returns `full` where there is no room, `refused` where the browser keeps nothing here
 */
export async function keepModel(
	files: readonly File[],
	{ title, size }: Pick<StoredModel, 'title' | 'size'>,
	told?: unknown
): Promise<StoredModel | 'full' | 'refused'> {
	const cache = await openCache();
	const id = cache && (await idOf(files, size));
	if (!cache || id === null) return 'refused';
	const about = {
		title: title.slice(0, 500),
		files: files.map((file) => ({ name: file.name.slice(-500), bytes: file.size })),
		size
	};
	try {
		// What is said of it comes last: half a model is none.
		for (const [i, file] of files.entries()) await cache.put(keyOf(id, i), new Response(file));
		if (told !== undefined) await cache.put(keyOf(id, 'told'), Response.json(told));
		await cache.put(keyOf(id, 'about'), Response.json(about));
	} catch {
		await removeModel(id);
		return 'full';
	}
	tellTabs();
	return modelOf(id, about);
}

/** The files of a model that is kept; `null` where it is not, or not whole. */
export async function readModel(
	id: string
): Promise<{ readonly about: StoredModel; readonly files: readonly File[] } | null> {
	const cache = await openCache();
	const about = cache && (await aboutOf(cache, id));
	if (!about) return null;
	const files: File[] = [];
	try {
		for (const [i, { name, bytes }] of about.files.entries()) {
			const blob = await (await cache.match(keyOf(id, i)))?.blob();
			if (blob?.size !== bytes) return null;
			files.push(new File([blob], name));
		}
	} catch {
		return null;
	}
	return { about: modelOf(id, about), files };
}

/** Keeps what the reader has told of a model that is kept: it is no part of its files, which stay what they are. */
export async function keepTold(id: string, told: unknown): Promise<void> {
	const cache = await openCache();
	if (!cache || !(await aboutOf(cache, id))) return;
	// Where there is no room for it, it is told again.
	await cache.put(keyOf(id, 'told'), Response.json(told)).catch(() => {});
}

/** What was kept so, as JSON has it; `null` where nothing was. */
export async function readTold(id: string): Promise<unknown> {
	try {
		const cache = isModelId(id) ? await openCache() : null;
		return (await (await cache?.match(keyOf(id, 'told')))?.json()) ?? null;
	} catch {
		return null;
	}
}

/** What a model is kept as, if it still is: it may have been removed while it was read. */
export async function stillKept(id: string | null): Promise<string | null> {
	if (id === null) return null;
	const cache = await openCache();
	return cache && (await aboutOf(cache, id)) ? id : null;
}

/** What files are kept as; `null` where they are not. */
export async function findModel(files: readonly File[], size: number | null): Promise<string | null> {
	// Few are as long as others: only of those that may be the same is the content looked at.
	const names = new Set(files.map(({ name }) => name));
	const bytes = files.reduce((sum, file) => sum + file.size, 0);
	const alike = (await listModels()).filter(
		(of) =>
			of.bytes === bytes && of.files.length === files.length && of.files.every((name) => names.has(name))
	);
	const id = alike.length > 0 ? await idOf(files, size) : null;
	return alike.some((of) => of.id === id) ? id : null;
}

/** All models that are kept. */
export async function listModels(): Promise<readonly StoredModel[]> {
	const cache = await openCache();
	const found: StoredModel[] = [];
	for (const { url } of await requestsIn(cache)) {
		const [id = '', part] = new URL(url).pathname.split('/').slice(-2);
		const about = part === 'about' ? await aboutOf(cache!, id) : null;
		if (about) found.push(modelOf(id, about));
	}
	return found;
}

export async function removeModel(id: string): Promise<void> {
	const cache = await openCache();
	for (const request of await requestsIn(cache))
		if (new URL(request.url).pathname.split('/').at(-2) === id)
			await cache!.delete(request).catch(() => false);
	tellTabs();
}

/** What a store holds; nothing, where it cannot be read. */
const requestsIn = async (cache: Cache | null): Promise<readonly Request[]> =>
	(await cache?.keys().catch(() => [])) ?? [];

type About = v.InferOutput<typeof aboutSchema>;

async function aboutOf(cache: Cache, id: string): Promise<About | null> {
	if (!isModelId(id)) return null;
	try {
		const json: unknown = await (await cache.match(keyOf(id, 'about')))?.json();
		const parsed = v.safeParse(aboutSchema, json);
		return parsed.success ? parsed.output : null;
	} catch {
		return null;
	}
}

const modelOf = (id: string, { title, files, size }: About): StoredModel => ({
	...{ id, title, size },
	files: files.map(({ name }) => name),
	bytes: files.reduce((sum, { bytes }) => sum + bytes, 0)
});

/** The first half of a hash of all content; `null` where the browser has none. */
async function idOf(files: readonly File[], size: number | null): Promise<string | null> {
	const parts = [String(size)];
	for (const file of files) {
		const hash = await sha256(new Uint8Array(await file.arrayBuffer()));
		if (hash === null) return null;
		parts.push(file.name, hash);
	}
	return (await sha256(new TextEncoder().encode(parts.join('\n'))))?.slice(0, 16) ?? null;
}
