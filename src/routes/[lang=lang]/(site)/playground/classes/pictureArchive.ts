import { unzipSync, zipSync } from 'fflate';
import { fieldsOf } from '$lib/stored/shapes';
import { isPicture } from './pictureFile';

/** Pictures of a class, as files. */
export interface Folder {
	readonly name: string;
	readonly files: readonly File[];
}

/** Files of an archive, and bytes of all of them, that are read at most. */
export const most = { files: 5000, bytes: 1 << 29 } as const;

/** What an archive is found to be. */
export type Archive =
	| { readonly kind: 'folders'; readonly folders: readonly Folder[] }
	/** A network, and no pictures. */
	| { readonly kind: 'network' }
	/** Nothing in it can be read: it is cut off. */
	| { readonly kind: 'damaged' }
	/** It is called a zip, and begins like none. */
	| { readonly kind: 'none' }
	/** More than is read; whether there are pictures among it. */
	| { readonly kind: 'large'; readonly hasPictures: boolean };

/** What says which class a folder is of, where its name cannot be that of the class: `{ "a_b": "a/b" }`. */
const namesFile = 'class-names.json';

/** Classes as an archive: a folder of JPEG files for each, as data sets come. */
export async function packed(
	classes: readonly { readonly name: string; readonly pictures: readonly { readonly blob: Blob }[] }[]
): Promise<Blob> {
	const entries: Record<string, Uint8Array> = {};
	const folders = new Set<string>();
	const names: [folder: string, name: string][] = [];
	for (const { name, pictures } of classes) {
		let folder = folderName(name);
		// Two names may differ in nothing that a folder's can have, or that a file system sees.
		for (let n = 2; folders.has(folder.toLowerCase()); n++) folder = `${folderName(name)} ${n}`;
		folders.add(folder.toLowerCase());
		if (folder !== name) names.push([folder, name]);
		for (const [i, { blob }] of pictures.entries()) {
			const file = `${folder}/${String(i + 1).padStart(3, '0')}.jpg`;
			entries[file] = new Uint8Array(await blob.arrayBuffer());
		}
	}
	if (names.length > 0)
		entries[namesFile] = new TextEncoder().encode(JSON.stringify(Object.fromEntries(names), null, '\t'));
	return new Blob([zipSync(entries, { level: 0 }) as BlobPart], { type: 'application/zip' });
}

/** Names of folders have no slash, and none of what file systems refuse. */
const folderName = (name: string): string => name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_').trim() || '_';

/**
 * The folders of an archive that have files in them, by the name of the innermost; files that systems add of their own are left out.
 * Pictures in no folder are taken together by what their names begin with, `cup` of `cup-12.jpg`, and all that are only numbered by
 * the name of the archive, as they come from Teachable Machine.
 * @param archive its name as a file
 */
export function readArchive(bytes: Uint8Array, archive: string): Archive {
	let [count, size, hasPictures] = [0, 0, false];
	let entries: Record<string, Uint8Array>;
	try {
		entries = unzipSync(bytes, {
			filter({ name, originalSize }) {
				if (name.endsWith('/') || /(^|\/)(\.|__MACOSX\/)/.test(name)) return false;
				size += originalSize;
				hasPictures ||= isPicture(name);
				return ++count <= most.files && size <= most.bytes;
			}
		});
	} catch {
		return { kind: isZip(bytes) ? 'damaged' : 'none' };
	}
	if (count > most.files || size > most.bytes) return { kind: 'large', hasPictures };
	const folders = new Map<string, File[]>();
	const names = namesIn(entries[namesFile]);
	for (const [path, content] of Object.entries(entries)) {
		const [file = '', folder = beginning(file) ?? archive.replace(/\.\w+$/, '')] = path
			.split('/')
			.toReversed();
		// What lies beside folders is a picture, or about them.
		if (!path.includes('/') && !isPicture(file)) continue;
		const files = folders.get(folder) ?? [];
		files.push(new File([content as BlobPart], file));
		folders.set(folder, files);
	}
	// A folder in which there is no picture, such as one of notes, is no class.
	const classes = Array.from(folders, ([name, files]) => ({ name: names.get(name) || name, files })).filter(
		({ files }) => files.some(({ name }) => isPicture(name))
	);
	if (classes.length === 0 && Object.keys(entries).some(isNetwork)) return { kind: 'network' };
	return { kind: 'folders', folders: classes };
}

/** Names of classes by those of their folders; none where the file is not there, or says no such thing. */
function namesIn(file: Uint8Array | undefined): ReadonlyMap<string, string> {
	try {
		const pairs = Object.entries(fieldsOf(JSON.parse(new TextDecoder().decode(file))));
		return new Map(pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
	} catch {
		return new Map();
	}
}

/** Whether a file is what a network is opened by: its own, or the one that says where its weights are. */
const isNetwork = (path: string): boolean => /(^|\/)model\.json$|\.(onnx|tflite|h5|keras)$/i.test(path);

/** Whether it begins as zips do, with a file or, of an empty one, with its end. Source: PKWARE APPNOTE 6.3.10, 4.3.7 and 4.3.16. */
const isZip = ([p, k, a, b]: Uint8Array): boolean =>
	p === 0x50 && k === 0x4b && ((a === 3 && b === 4) || (a === 5 && b === 6));

/** What a name begins with, before its number; `null` where it is no more than that. */
const beginning = (name: string): string | null =>
	name.replace(/\.\w+$/, '').replace(/[\s_!.()-]*\d*[\s)]*$/, '') || null;
