import { keepText, readText } from './texts';

/**
 * Files on their way to the same page in another language, which is loaded anew: put down when its link is followed, taken up when
 * that page asks for them, and of this tab alone.
 */
const kept = 'lightnets-carried';
const key = 'carried';

/** A group of files that belong together, with what is to be known of them. */
export interface CarriedFiles {
	readonly files: readonly File[];
	readonly about: unknown;
}

interface Written {
	readonly tab: string;
	readonly groups: readonly { readonly about: unknown; readonly names: readonly string[] }[];
}

const placeOf = (tab: string, group: number, file: number) =>
	`${location.origin}/carried/${tab}/${group}/${file}`;

/** Puts files down; where there is no room for them, none are. */
export async function putDown(groups: readonly CarriedFiles[]): Promise<void> {
	const tab = `${Date.now()}-${Math.random().toString(36).slice(2)}`;
	try {
		await removeOld();
		const cache = await caches.open(kept);
		for (const [i, { files }] of groups.entries())
			for (const [at, file] of files.entries()) await cache.put(placeOf(tab, i, at), new Response(file));
		const written: Written = {
			tab,
			groups: groups.map(({ files, about }) => ({ about, names: files.map(({ name }) => name) }))
		};
		keepText('tab', key, JSON.stringify(written));
	} catch {
		await remove(tab).catch(() => {});
	}
}

/** Takes files up again, once. @returns nothing where none were put down, or not all are there */
export async function takeUp(): Promise<readonly CarriedFiles[]> {
	const text = readText('tab', key);
	if (text === null) return [];
	keepText('tab', key, null);
	try {
		const { tab, groups } = JSON.parse(text) as Written;
		const cache = await caches.open(kept);
		const found: CarriedFiles[] = [];
		for (const [i, { about, names }] of groups.entries()) {
			const files: File[] = [];
			for (const [at, name] of names.entries())
				files.push(new File([await (await cache.match(placeOf(tab, i, at)))!.blob()], name));
			found.push({ files, about });
		}
		await remove(tab);
		return found;
	} catch {
		return [];
	}
}

async function remove(tab: string): Promise<void> {
	const cache = await caches.open(kept);
	for (const request of await cache.keys())
		if (new URL(request.url).pathname.split('/')[2] === tab) await cache.delete(request);
}

/** Those of a tab that was closed on the way: nobody will ask for them. */
async function removeOld(): Promise<void> {
	const cache = await caches.open(kept);
	const before = Date.now() - 600_000;
	for (const request of await cache.keys())
		if (Number.parseInt(new URL(request.url).pathname.split('/')[2] ?? '', 10) < before)
			await cache.delete(request);
}
