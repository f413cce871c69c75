import { carriers, type CarriedFiles, type CarriedKind } from './carriers';
import { areNames, fieldsOf } from './shapes';
import { keepText, readJson } from './texts';

/**
 * Files on their way to the same page in another language, which is loaded anew: put down when its link is followed, taken up when
 * a page asks for them, and of this tab alone. They stay where they were put: the way back is no link, and leads to a page that is loaded
 * anew, too.
 */
const kept = 'lightnets-carried';
const key = 'carried';

/** Puts all of it down; of what there is no room for, none. */
export async function carryAll(): Promise<void> {
	for (const carrier of carriers.values()) {
		if (!carrier.hasAny()) continue;
		const groups = await carrier.give().catch(() => null);
		if (groups && (await putDown(carrier.kind, groups))) carrier.given?.();
	}
}

/** Whether something of a kind was put down, which a page that is loaded anew takes up. */
export const isPutDown = (kind: CarriedKind): boolean => kind in readAll();

/** Has what was put down be what is held now, where something was: it may be gone back to. */
export async function renew(kind: CarriedKind, groups: readonly CarriedFiles[]): Promise<void> {
	if (!isPutDown(kind)) return;
	if (groups.length > 0) return void (await putDown(kind, groups));
	const { [kind]: written, ...others } = readAll();
	writeAll(others);
	await remove(written!.id).catch(() => {});
}

interface Written {
	/** What its files are found by. */
	readonly id: string;
	readonly groups: readonly { readonly about: unknown; readonly names: readonly string[] }[];
}
type All = Partial<Record<CarriedKind, Written>>;

const placeOf = (id: string, group: number, file: number) =>
	`${location.origin}/carried/${id}/${group}/${file}`;
const idOf = ({ url }: Request) => new URL(url).pathname.split('/')[2] ?? '';

/** More than is ever put down. */
const most = { groups: 1000, names: 10_000 } as const;

/** What the tab says was put down, as far as this version writes such. */
function readAll(): All {
	const found = fieldsOf(readJson('tab', key));
	const kinds: readonly CarriedKind[] = ['networks', 'classes', 'training'];
	return Object.fromEntries(kinds.flatMap((kind) => (isWritten(found[kind]) ? [[kind, found[kind]]] : [])));
}

function isWritten(value: unknown): value is Written {
	const { id, groups } = fieldsOf(value);
	return (
		typeof id === 'string' &&
		/^\d{1,16}-\w{1,20}$/.test(id) &&
		Array.isArray(groups) &&
		groups.length <= most.groups &&
		groups.every((group: unknown) => areNames(fieldsOf(group)['names'], most.names))
	);
}

function writeAll(all: All): void {
	keepText('tab', key, Object.keys(all).length === 0 ? null : JSON.stringify(all));
}

/**
 * Puts files down in place of those of their kind, which are there until these are whole: the page may be left at any moment.
 * @returns whether they are; where there is no room, none are, and what was there stays
 */
export async function putDown(kind: CarriedKind, groups: readonly CarriedFiles[]): Promise<boolean> {
	const id = `${Date.now()}-${Math.random().toString(36).slice(2)}`;
	try {
		await removeOld();
		const cache = await caches.open(kept);
		for (const [i, { files }] of groups.entries())
			for (const [at, file] of files.entries()) await cache.put(placeOf(id, i, at), new Response(file));
		const written: Written = {
			id,
			groups: groups.map(({ files, about }) => ({ about, names: files.map(({ name }) => name) }))
		};
		const { [kind]: replaced, ...others } = readAll();
		writeAll({ ...others, [kind]: written });
		if (replaced) await remove(replaced.id).catch(() => {});
		return true;
	} catch {
		await remove(id).catch(() => {});
		return false;
	}
}

/**
 * Takes files of a kind up again.
 * @param stays whether they can be taken up once more
 * @returns nothing where none were put down, or not all are there
 */
export async function takeUp(
	kind: CarriedKind,
	{ stays = false }: { readonly stays?: boolean } = {}
): Promise<readonly CarriedFiles[]> {
	const { [kind]: written, ...others } = readAll();
	if (!written) return [];
	if (!stays) writeAll(others);
	try {
		const { id, groups } = written;
		const cache = await caches.open(kept);
		const found: CarriedFiles[] = [];
		for (const [i, { about, names }] of groups.entries()) {
			const files: File[] = [];
			for (const [at, name] of names.entries())
				files.push(new File([await (await cache.match(placeOf(id, i, at)))!.blob()], name));
			found.push({ files, about });
		}
		if (!stays) await remove(id);
		return found;
	} catch {
		writeAll(others);
		return [];
	}
}

async function remove(id: string): Promise<void> {
	const cache = await caches.open(kept);
	for (const request of await cache.keys()) if (idOf(request) === id) await cache.delete(request);
}

/** Removes what tabs that were closed have left behind. */
export async function removeLeft(): Promise<void> {
	try {
		if (await caches.has(kept)) await removeOld();
	} catch {
		// A browser that gives no caches has nothing in them.
	}
}

/** Removes those of a tab that was closed on the way, for which nobody will ask. */
async function removeOld(): Promise<void> {
	const cache = await caches.open(kept);
	const awaited = Object.values(readAll()).map(({ id }) => id);
	const before = Date.now() - 600_000;
	for (const request of await cache.keys()) {
		const id = idOf(request);
		if (Number.parseInt(id, 10) < before && !awaited.includes(id)) await cache.delete(request);
	}
}
