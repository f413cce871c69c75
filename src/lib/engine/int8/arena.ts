/** Something that takes memory while jobs from the first to the last run. */
export interface Lease {
	readonly bytes: number;
	readonly first: number;
	readonly last: number;
}

/** Bytes after each, which loads of 16 may touch. */
const slack = 64;

/**
 * Places what takes memory, so that what is needed at the same time lies apart: the largest first, each at the lowest place that is
 * free while it is needed.
 * @returns the place of each, a multiple of 16, and the bytes of all
 */
export function placeLeases(leases: readonly Lease[]): {
	readonly at: readonly number[];
	readonly bytes: number;
} {
	const at = new Array<number>(leases.length).fill(0);
	const placed: { readonly start: number; readonly end: number; readonly lease: Lease }[] = [];
	let bytes = 0;
	const order = leases.map((_, i) => i).sort((a, b) => leases[b]!.bytes - leases[a]!.bytes);
	for (const i of order) {
		const lease = leases[i]!;
		const size = Math.ceil((lease.bytes + slack) / 16) * 16;
		let start = 0;
		for (const other of placed) {
			if (other.lease.last < lease.first || other.lease.first > lease.last) continue;
			if (other.start >= start + size) break;
			start = Math.max(start, other.end);
		}
		at[i] = start;
		bytes = Math.max(bytes, start + size);
		placed.push({ start, end: start + size, lease });
		placed.sort((a, b) => a.start - b.start);
	}
	return { at, bytes };
}
