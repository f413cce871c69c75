import { graphLimits } from '../nets';
import type { ModelFile } from './format';

const read = new WeakMap<ModelFile, Record<string, unknown> | null>();

/** The object that a file holds as JSON; `null` where it holds none. Read once. */
export function jsonIn(file: ModelFile): Record<string, unknown> | null {
	const known = read.get(file);
	if (known !== undefined) return known;
	const value = parsed(file.bytes);
	read.set(file, value);
	return value;
}

function parsed(bytes: Uint8Array): Record<string, unknown> | null {
	// A byte order mark, spaces, a brace.
	const start = Array.from(bytes.subarray(0, 64)).find(
		(byte) => ![0xef, 0xbb, 0xbf, 9, 10, 13, 32].includes(byte)
	);
	if (start !== 0x7b || bytes.length > 16 * graphLimits.jsonLength) return null;
	try {
		const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
		return typeof value === 'object' && value !== null && !Array.isArray(value)
			? (value as Record<string, unknown>)
			: null;
	} catch {
		return null;
	}
}
