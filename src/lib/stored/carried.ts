import {
	carriedKinds,
	carriers,
	kept,
	type CarriedFiles,
	type CarriedKind,
	type TakenFiles
} from './carriers';
import { areNames, fieldsOf } from './shapes';
import { keepText, readJson } from './texts';

/**
 * What a tab holds that no address has, as files: on its way to the same page in another language, which is loaded anew, put down when
 * its link is followed; or put down as it changes, for a page that is loaded anew by whoever wants it so, who gives no time for it then. It
 * is of this tab alone, and stays where it was put: the way back is no link, and leads to a page that is loaded anew, too.
 */
const key = 'carried';
/** Milliseconds for which files of a tab stay that nobody sees: a tab that was closed, or one that will be come back to. */
const patience = 86_400_000;

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
	if (isPutDown(kind)) await keepDown(kind, groups);
}

/**
 * Has what is put down be what is held now: the page may be loaded anew at any moment.
 * @returns whether it is, so that nothing would be lost then
 */
export async function keepDown(kind: CarriedKind, groups: readonly CarriedFiles[]): Promise<boolean> {
	if (groups.length > 0) return putDown(kind, groups);
	await inTurn(async () => {
		const { [kind]: written } = readAll();
		if (!written) return;
		forget(kind);
		await remove(placesOf(written)).catch(() => {});
	});
	return true;
}

interface Written {
	readonly groups: readonly {
		readonly about: unknown;
		readonly names: readonly string[];
		/** What its files are found by. */
		readonly places: readonly string[];
	}[];
}
type All = Partial<Record<CarriedKind, Written>>;

const addressOf = (place: string) => `${location.origin}/carried/${place}`;
const timeOf = ({ url }: Request) => Number.parseInt(new URL(url).pathname.split('/')[2] ?? '', 10);
const placesOf = (written: Written | undefined): readonly string[] =>
	(written?.groups ?? []).flatMap(({ places }) => places);

/** Where this page has put a file, or found it. */
const placed = new WeakMap<Blob, string>();

/** One thing is put down after the other: what one leaves, the next goes by. */
let turn: Promise<unknown> = Promise.resolve();
function inTurn<Found>(act: () => Promise<Found>): Promise<Found> {
	const acted = turn.then(act);
	turn = acted.catch(() => {});
	return acted;
}

/** More than is ever put down. */
const most = { groups: 1000, names: 10_000 } as const;

/** What the tab says was put down, as far as this version writes such. */
function readAll(): All {
	const found = fieldsOf(readJson('tab', key));
	return Object.fromEntries(
		carriedKinds.flatMap((kind) => (isWritten(found[kind]) ? [[kind, found[kind]]] : []))
	);
}

function isWritten(value: unknown): value is Written {
	const { groups } = fieldsOf(value);
	return Array.isArray(groups) && groups.length <= most.groups && groups.every(isGroup);
}

function isGroup(value: unknown): value is Written['groups'][number] {
	const { names, places } = fieldsOf(value);
	return (
		areNames(names, most.names) &&
		areNames(places, most.names) &&
		names.length === places.length &&
		places.every((place) => /^\d{1,16}-\w{1,20}\/\d{1,9}$/.test(place))
	);
}

/** @returns whether it outlives the page */
function writeAll(all: All): boolean {
	return keepText('tab', key, Object.keys(all).length === 0 ? null : JSON.stringify(all));
}

/**
 * Puts files down in place of those of their kind, which are there until these are whole: the page may be left at any moment. A file
 * that is there already is not written again.
 * @returns whether they are; where there is no room, none are, and what was there stays
 */
export const putDown = (kind: CarriedKind, groups: readonly CarriedFiles[]): Promise<boolean> =>
	inTurn(async () => {
		const id = `${Date.now()}-${Math.random().toString(36).slice(2)}`;
		const all = readAll();
		const before = placesOf(all[kind]);
		const added: string[] = [];
		try {
			const cache = await caches.open(kept);
			// The reader may have had them removed.
			const there = new Set((await cache.keys()).map(({ url }) => url));
			const isThere = (of: string) => before.includes(of) && there.has(addressOf(of));
			const place = async (file: Blob): Promise<string> => {
				const known = placed.get(file);
				if (known !== undefined && (isThere(known) || added.includes(known))) return known;
				const own = `${id}/${added.length}`;
				added.push(own);
				await cache.put(addressOf(own), new Response(file));
				placed.set(file, own);
				return own;
			};
			const written: Written['groups'][number][] = [];
			for (const { files, about } of groups) {
				const places: string[] = [];
				for (const file of files) places.push(await place(file));
				written.push({ about, names: files.map(nameOf), places });
			}
			if (!writeAll({ ...readAll(), [kind]: { groups: written } })) {
				writeAll(all);
				throw new Error('no room for what files are found by');
			}
			const used = new Set(written.flatMap(({ places }) => places));
			await remove(before.filter((of) => !used.has(of))).catch(() => {});
			return true;
		} catch {
			await remove(added).catch(() => {});
			return false;
		}
	});

const nameOf = (file: Blob) => (file instanceof File ? file.name : '');

/**
 * Takes files of a kind up again.
 * @param stays whether they can be taken up once more
 * @returns nothing where none were put down, or not all are there
 */
export async function takeUp(
	kind: CarriedKind,
	{ stays = false }: { readonly stays?: boolean } = {}
): Promise<readonly TakenFiles[]> {
	const { [kind]: written } = readAll();
	if (!written) return [];
	if (!stays) forget(kind);
	try {
		const cache = await caches.open(kept);
		const found: TakenFiles[] = [];
		for (const { about, names, places } of written.groups) {
			const files: File[] = [];
			for (const [at, place] of places.entries()) {
				const file = new File([await (await cache.match(addressOf(place)))!.blob()], names[at]!);
				placed.set(file, place);
				files.push(file);
			}
			found.push({ files, about });
		}
		if (!stays) await remove(placesOf(written));
		return found;
	} catch {
		forget(kind);
		return [];
	}
}

function forget(kind: CarriedKind): void {
	const all = readAll();
	delete all[kind];
	writeAll(all);
}

async function remove(places: readonly string[]): Promise<void> {
	if (places.length === 0) return;
	const cache = await caches.open(kept);
	for (const place of places) await cache.delete(addressOf(place));
}

/** Removes what tabs have left behind that were closed since, for which nobody will ask. */
export async function removeLeft(): Promise<void> {
	try {
		const cache = await caches.open(kept);
		const awaited = new Set(Object.values(readAll()).flatMap((of) => placesOf(of).map(addressOf)));
		const before = Date.now() - patience;
		for (const request of await cache.keys())
			if (timeOf(request) < before && !awaited.has(request.url)) await cache.delete(request);
	} catch {
		// A browser that gives no caches has nothing in them.
	}
}
