/**
 * What bytes are told apart by: their count, and two hashes of 32 bits (FNV-1a, and the same with another factor and a shift). For
 * finding copies among some thousands of pictures, not against who would forge one.
 */
export function printOf(bytes: Uint8Array): string {
	let [a, b] = [0x811c9dc5, 0x9e3779b9];
	for (const byte of bytes) {
		a = Math.imul(a ^ byte, 0x01000193);
		b = Math.imul(b ^ byte, 0x85ebca6b);
		b ^= b >>> 13;
	}
	return [bytes.length, a >>> 0, b >>> 0].map((part) => part.toString(36)).join('-');
}
