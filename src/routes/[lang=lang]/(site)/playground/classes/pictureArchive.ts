import { unzipSync, zipSync } from 'fflate';

/** Pictures of a class, as files. */
export interface Folder {
	readonly name: string;
	readonly files: readonly File[];
}

/** Files of an archive, and bytes of all of them, that are read at most. */
const most = { files: 5000, bytes: 1 << 29 };

/** Classes as an archive: a folder of JPEG files for each, as data sets come. */
export async function packed(
	classes: readonly { readonly name: string; readonly pictures: readonly { readonly blob: Blob }[] }[]
): Promise<Blob> {
	const entries: Record<string, Uint8Array> = {};
	for (const { name, pictures } of classes)
		for (const [i, { blob }] of pictures.entries()) {
			const file = `${folderName(name)}/${String(i + 1).padStart(3, '0')}.jpg`;
			entries[file] = new Uint8Array(await blob.arrayBuffer());
		}
	return new Blob([zipSync(entries, { level: 0 }) as BlobPart], { type: 'application/zip' });
}

/** Names of folders have no slash, and none of what file systems refuse. */
const folderName = (name: string): string => name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_').trim() || '_';

/**
 * The folders of an archive that have files in them, by the name of the innermost; files that systems add of their own are left out.
 * `null` where it is no archive, or a larger one than is read.
 */
export function foldersIn(bytes: Uint8Array): readonly Folder[] | null {
	let [count, size] = [0, 0];
	let entries: Record<string, Uint8Array>;
	try {
		entries = unzipSync(bytes, {
			filter({ name, originalSize }) {
				if (name.endsWith('/') || /(^|\/)(\.|__MACOSX\/)/.test(name)) return false;
				size += originalSize;
				return ++count <= most.files && size <= most.bytes;
			}
		});
	} catch {
		return null;
	}
	if (count > most.files || size > most.bytes) return null;
	const folders = new Map<string, File[]>();
	for (const [path, content] of Object.entries(entries)) {
		const [file = '', folder] = path.split('/').toReversed();
		if (folder === undefined) continue;
		const files = folders.get(folder) ?? [];
		files.push(new File([content as BlobPart], file));
		folders.set(folder, files);
	}
	return [...folders].map(([name, files]) => ({ name, files }));
}
