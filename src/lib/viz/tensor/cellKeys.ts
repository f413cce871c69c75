/** A place on a map. */
interface At {
	readonly y: number;
	readonly x: number;
}

/** The place on a map that a key leads to from another, `by` cells an arrow, at most to the edge; `null` for other keys. */
export function cellByKey(
	[height, width]: readonly [height: number, width: number, ...rest: number[]],
	{ y, x }: At,
	key: string,
	by: number
): At | null {
	const keys: Readonly<Record<string, readonly [number, number]>> = {
		ArrowUp: [y - by, x],
		ArrowDown: [y + by, x],
		ArrowLeft: [y, x - by],
		ArrowRight: [y, x + by],
		Home: [y, 0],
		End: [y, width - 1],
		PageUp: [0, x],
		PageDown: [height - 1, x]
	};
	const to = keys[key];
	if (!to) return null;
	const clamp = (n: number, count: number) => Math.max(0, Math.min(count - 1, n));
	return { y: clamp(to[0], height), x: clamp(to[1], width) };
}
