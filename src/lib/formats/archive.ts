import { unzipSync } from 'fflate';
import { formatLimits, tooLarge, type ModelFile } from './format';

export const isZip = (bytes: Uint8Array): boolean =>
	bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

/** Whether the list of a zip's files can be read, which stands at its end. */
export function hasList(bytes: Uint8Array): boolean {
	try {
		unzipSync(bytes, { filter: () => false });
		return true;
	} catch {
		return false;
	}
}

/** Names of what a zip begins with: local headers, as far as they say their lengths. */
export function namesOfZip(bytes: Uint8Array): string[] {
	const names: string[] = [];
	try {
		unzipSync(bytes, {
			filter: ({ name }) => {
				names.push(name);
				return false;
			}
		});
	} catch {
		// Cut short: the first file's name is there all the same.
		const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		if (bytes.length > 30)
			names.push(new TextDecoder().decode(bytes.subarray(30, 30 + view.getUint16(26, true))));
	}
	return names;
}

/** Files that are taken out of an archive at most. */
const mostFiles = 1000;

/**
 * What stands in an archive that a model of TensorFlow.js came in, as Teachable Machine and this site give it: its files by their
 * names, folders left out. `null` for any other archive, and one that is broken.
 * @throws {FormatError} `tooLarge`
 */
export function filesInArchive({ name: archive, bytes }: ModelFile): ModelFile[] | null {
	if (!isZip(bytes)) return null;
	const plain = (path: string) => path.slice(path.lastIndexOf('/') + 1);
	if (!namesOfZip(bytes).some((name) => plain(name) === 'model.json')) return null;
	let [size, count] = [0, 0];
	const most = 4 * formatLimits.values;
	let files: Record<string, Uint8Array>;
	try {
		files = unzipSync(bytes, {
			filter({ originalSize }) {
				size += originalSize;
				return size <= most && ++count <= mostFiles;
			}
		});
	} catch {
		return null;
	}
	if (size > most) throw tooLarge(archive, 'bytes', '', size, most);
	return Object.entries(files)
		.filter(([name]) => plain(name) !== '')
		.map(([name, content]) => ({ name: plain(name), bytes: content }));
}

/** What a size of 32 bits says where it is told elsewhere. */
const elsewhere = 0xffffffff;

/** How large a file of an archive is unpacked, as its directory says: beside the old field, where that has too few bits for it. */
export function sizeInZip(bytes: Uint8Array, name: string, size: number): number {
	if (size !== elsewhere) return size;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	try {
		let end = bytes.length - 22;
		while (view.getUint32(end, true) !== 0x06054b50) end--;
		for (let at = view.getUint32(end + 16, true); view.getUint32(at, true) === 0x02014b50;) {
			const [named, more] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true)];
			const isIt = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + named)) === name;
			const stop = at + 46 + named + more;
			for (
				let field = at + 46 + named;
				isIt && field + 12 <= stop;
				field += 4 + view.getUint16(field + 2, true)
			)
				if (view.getUint16(field, true) === 1) return Number(view.getBigUint64(field + 4, true));
			at = stop + view.getUint16(at + 32, true);
		}
	} catch {
		// A directory that is not in order tells no more.
	}
	return size;
}
