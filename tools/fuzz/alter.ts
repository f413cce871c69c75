/** What breaks programs that read numbers, names and brackets. */
const words = [
	'-1',
	'0',
	'1e9',
	'99999999',
	'NaN',
	'null',
	'[]',
	'{}',
	'"',
	'(',
	')',
	'&',
	'=',
	',',
	'/',
	'%',
	'\0',
	'é',
	'__proto__'
];

/** Alters bytes in one to eight places: flips, cuts, copies, swaps, and puts words in. */
export function alter(bytes: Buffer, next: () => number): Buffer {
	let result = Buffer.from(bytes);
	const below = (count: number) => Math.floor(next() * count);
	const times = 1 + below(8);
	for (let i = 0; i < times; i++) {
		const at = below(result.length + 1);
		const to = Math.min(result.length, at + below(Math.max(2, result.length >> below(6))));
		const part = result.subarray(at, to);
		const word = Buffer.from(words[below(words.length)]!);
		const ways = [
			() => {
				if (at < result.length) result[at] = result[at]! ^ (1 << below(8));
				return result;
			},
			() => Buffer.concat([result.subarray(0, at), result.subarray(to)]),
			() => Buffer.concat([result.subarray(0, to), part, result.subarray(to)]),
			() => Buffer.concat([result.subarray(0, at), word, result.subarray(at)]),
			() => Buffer.concat([result.subarray(0, at), word, result.subarray(to)]),
			() => result.subarray(0, at)
		];
		result = Buffer.from(ways[below(ways.length)]!());
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
