import type { Dataset, File, Group } from 'jsfive';
import { asFormatError, broken, FormatError, formatLimits, tooLarge } from '../format';
import { countOf, type NamedTensor } from '../tensors';

/** A group of an HDF5 file, as far as Keras goes. */
export interface Node {
	readonly names: readonly string[];
	group(name: string): Node | null;
	tensor(path: string, name: string): NamedTensor;
	/** A text, or a list of texts; `null` where there is no such attribute. */
	texts(attribute: string): readonly string[] | null;
}

const silent = () => {};

const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

export const beginsAsHdf5 = (bytes: Uint8Array): boolean => signature.every((byte, i) => bytes[i] === byte);

/**
 * Bytes that a file says it has, by the superblock at its beginning; `null` where that is of a kind that is not known. Source: "HDF5 File
 * Format Specification", II.A.
 */
function lengthOf(bytes: Uint8Array): number | null {
	const isOld = (bytes[8] ?? 255) < 2;
	const [size, at] = isOld ? [bytes[13], bytes[8] === 1 ? 28 : 24] : [bytes[9], 12];
	// Base address, another address, end of the file.
	if (size !== 8 || bytes.length < at + 24) return null;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return Number(view.getBigUint64(at, true) + view.getBigUint64(at + 16, true));
}

/** Opens an HDF5 file by jsfive, which comes when one is opened. @throws {FormatError} */
export async function openHdf5(bytes: Uint8Array, file: string): Promise<Node> {
	// Else what is missing is read as weights that are 0.
	const expected = lengthOf(bytes);
	if (expected !== null && expected > bytes.length)
		throw broken(file, 'cut', { actual: bytes.length, expected });
	const { File, Group, Dataset } = await import('jsfive');
	let values = 0;
	const guard = <T>(read: () => T): T => {
		// jsfive prints what it does not know; what matters of that is said by a sentence.
		const { log, warn } = console;
		Object.assign(console, { log: silent, warn: silent });
		try {
			return read();
		} catch (error) {
			if (error instanceof FormatError) throw error;
			// What it prints of a file is for programmers.
			const found = asFormatError(file, error);
			throw found instanceof FormatError && found.reason?.code !== 'json' ? found : broken(file, 'hdf5');
		} finally {
			Object.assign(console, { log, warn });
		}
	};
	const nodeOf = (group: Group): Node => ({
		names: guard(() => group.keys),
		group: (name) =>
			guard(() => {
				if (!group.keys.includes(name)) return null;
				const found = group.get(name);
				return found instanceof Group ? nodeOf(found) : null;
			}),
		tensor: (path, name) =>
			guard(() => {
				const found: Group | Dataset | null = group.get(path);
				if (!(found instanceof Dataset)) throw broken(file, 'notThere', { name: path });
				const { shape, dtype } = found;
				const count = countOf(shape);
				values += count;
				if (!(values <= formatLimits.values))
					throw tooLarge(file, 'weights', path, values, formatLimits.values);
				if (typeof dtype !== 'string' || !/^[<>|=][fiu]\d$/.test(dtype))
					throw broken(file, 'type', { name: path, type: String(dtype) });
				const data = Float32Array.from(found.value as ArrayLike<number>, Number);
				if (data.length !== count)
					throw broken(file, 'values', { name: path, actual: data.length, expected: count });
				return { name, shape, data };
			}),
		texts: (attribute) =>
			guard(() => {
				const value = group.attrs[attribute];
				if (value === undefined) return null;
				return (Array.isArray(value) ? value : [value]).map((text) => String(text).replace(/\0+$/, ''));
			})
	});
	return guard(() => {
		const { buffer } = new Uint8Array(bytes);
		return nodeOf(new File(buffer, file) as File);
	});
}
