import * as v from 'valibot';
import { tellTabs } from './otherTabs';

/** Classes of the reader's own with their pictures, as the browser keeps them. */
export interface StoredClasses {
	readonly seed: number;
	readonly classes: readonly {
		readonly name: string;
		/** Whether networks are not to learn it. */
		readonly isOff: boolean;
		readonly pictures: readonly Blob[];
	}[];
}

const kept = 'lightnets-classes';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const aboutSchema = v.object({
	seed: count,
	set: v.optional(v.pipe(v.string(), v.maxLength(40)), ''),
	classes: v.pipe(
		v.array(
			v.object({
				name: v.pipe(v.string(), v.maxLength(200)),
				isOff: v.optional(v.boolean(), false),
				bytes: v.pipe(v.array(count), v.maxLength(1000))
			})
		),
		v.maxLength(100)
	)
});

/** The browser's store of files; `null` where it has none (private windows, pages without encryption). */
async function openCache(): Promise<Cache | null> {
	try {
		return await caches.open(kept);
	} catch {
		return null;
	}
}

const shelf = () => `${location.origin}/own-classes/`;
const aboutKey = () => `${shelf()}about`;
/** @param set sets those that were kept at one time apart from others */
const pictureKey = (set: string, of: number, picture: number) => `${shelf()}${set}${of}-${picture}`;

/**
 * Keeps classes in place of those that were kept before, which stay where there is no room.
 * @returns bytes that they take; `full` where there is no room, `refused` where the browser keeps nothing here
 */
export async function keepClasses({ seed, classes }: StoredClasses): Promise<number | 'full' | 'refused'> {
	const cache = await openCache();
	if (!cache) return 'refused';
	const about = {
		...{ seed, set: `${crypto.randomUUID()}-` },
		classes: classes.map(({ name, isOff, pictures }) => ({
			...{ name: name.slice(0, 200), isOff },
			bytes: pictures.map(({ size }) => size)
		}))
	};
	const before = await cache.keys();
	try {
		for (const [of, { pictures }] of classes.entries())
			for (const [i, picture] of pictures.entries())
				await cache.put(pictureKey(about.set, of, i), new Response(picture));
		// What is said of them comes last: half of them are none, and until then those of before are.
		await cache.put(aboutKey(), new Response(JSON.stringify(about)));
	} catch {
		const known = new Set(before.map(({ url }) => url));
		for (const request of await cache.keys()) if (!known.has(request.url)) await cache.delete(request);
		return 'full';
	}
	for (const request of before) if (request.url !== aboutKey()) await cache.delete(request);
	tellTabs();
	return bytesOf(about);
}

/** Bytes of the classes that are kept; `null` where there are none. */
export async function keptClassesBytes(): Promise<number | null> {
	const about = await readAbout(await openCache());
	return about && bytesOf(about);
}

/** The classes that are kept; `null` where there are none, or not all of them. */
export async function readClasses(): Promise<StoredClasses | null> {
	const cache = await openCache();
	const about = await readAbout(cache);
	if (!cache || !about) return null;
	const classes: StoredClasses['classes'][number][] = [];
	for (const [of, { name, isOff, bytes }] of about.classes.entries()) {
		const pictures: Blob[] = [];
		for (const [i, size] of bytes.entries()) {
			const blob = await (await cache.match(pictureKey(about.set, of, i)))?.blob();
			if (blob?.size !== size) return null;
			pictures.push(blob);
		}
		classes.push({ name, isOff, pictures });
	}
	return { seed: about.seed, classes };
}

export async function removeClasses(): Promise<void> {
	const cache = await openCache();
	for (const request of (await cache?.keys()) ?? []) await cache!.delete(request);
	tellTabs();
}

type About = v.InferOutput<typeof aboutSchema>;

const bytesOf = ({ classes }: About): number =>
	classes.reduce((sum, { bytes }) => bytes.reduce((all, size) => all + size, sum), 0);

async function readAbout(cache: Cache | null): Promise<About | null> {
	try {
		const json: unknown = await (await cache?.match(aboutKey()))?.json();
		const parsed = v.safeParse(aboutSchema, json);
		return parsed.success ? parsed.output : null;
	} catch {
		return null;
	}
}
