import fc from 'fast-check';

/** What breaks programs that read numbers, names and brackets, and bytes of which the same is known. */
const words = [
	...['-1', '0', '1e9', '99999999', 'NaN', 'null', '[]', '{}', '__proto__', 'é', '\0'],
	...['"', '(', ')', '&', '=', ',', '/', '%', '\x7f', '\x80', '\xff', '\xff\xff\xff\xff'],
	...['\0\0\0\0', '\xff\xff\xff\x7f', '\0\0\0\x80']
];

/** One change of some bytes. */
export interface Edit {
	readonly way: 'flip' | 'leaveOut' | 'repeat' | 'insert' | 'replace' | 'cut';
	/** Where: a byte, or for a negative number one before the end; beyond the bytes it begins anew. */
	readonly at: number;
	/** How many bytes, or for `flip` which bit. */
	readonly length: number;
	readonly word: string;
}

/** Few changes, mostly where headers are, the simplest first, so that what breaks something shrinks to as few. */
export const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
	fc.record({
		way: fc.constantFrom<Edit['way']>('flip', 'leaveOut', 'repeat', 'insert', 'replace', 'cut'),
		at: fc.oneof(fc.integer({ min: -64, max: 255 }), fc.nat(4096), fc.nat()),
		length: fc.oneof(fc.nat(8), fc.nat(4096)),
		word: fc.constantFrom(...words)
	}),
	{ minLength: 1, maxLength: 8 }
);

/** Bytes with all changes, one after another. */
export function alter(bytes: Uint8Array, changes: readonly Edit[]): Buffer {
	let result = Buffer.from(bytes);
	for (const { way, at: place, length, word: text } of changes) {
		const at = (((place % (result.length + 1)) + result.length + 1) % (result.length + 1)) as number;
		const to = Math.min(result.length, at + length);
		const [before, after] = [result.subarray(0, at), result.subarray(to)];
		const word = Buffer.from(text, 'latin1');
		if (way === 'flip') {
			if (at < result.length) result[at] = result[at]! ^ (1 << (length % 8));
		} else if (way === 'cut') result = Buffer.from(before);
		else if (way === 'leaveOut') result = Buffer.concat([before, after]);
		else if (way === 'repeat') result = Buffer.concat([result.subarray(0, to), result.subarray(at)]);
		else if (way === 'insert') result = Buffer.concat([before, word, result.subarray(at)]);
		else result = Buffer.concat([before, word, after]);
	}
	return result;
}

/** Makes what breaks something smaller while it still does: leaves out halves, then quarters, and so on. */
export async function smaller(
	bytes: Buffer,
	breaks: (part: Buffer) => Promise<boolean>,
	tries = 60
): Promise<Buffer> {
	let least = bytes;
	let left = tries;
	for (let size = least.length >> 1; size >= 1 && left > 0; size >>= 1) {
		for (let at = 0; at < least.length && left > 0;) {
			const part = Buffer.concat([least.subarray(0, at), least.subarray(at + size)]);
			left--;
			if (await breaks(part)) least = part;
			else at += size;
		}
	}
	return least;
}
