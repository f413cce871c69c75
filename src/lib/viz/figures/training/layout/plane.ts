/** Shades of a plane on each side of zero. */
export const shades = 6;

/** The colour of a shade, for a style sheet. */
export const shadeColour = (shade: number) =>
	`color-mix(in oklab, var(--map-zero), var(--map-${shade < 0 ? 'negative' : 'positive'}) ${Math.round((100 * Math.abs(shade)) / shades)}%)`;

/** Pixels of a plane by their shade, from −{@link shades} to {@link shades}, none for zero: a path each, in pixels of the plane. */
export function planePaths(
	values: ArrayLike<number>,
	columns: number,
	largest: number
): readonly { readonly shade: number; readonly path: string }[] {
	const paths = new Map<number, string>();
	for (let i = 0; i < values.length; i++) {
		const shade = largest > 0 ? Math.round((values[i]! / largest) * shades) : 0;
		const shown = Math.max(-shades, Math.min(shades, shade)) || 0;
		if (shown === 0) continue;
		// A little more than a pixel: no light shows between two of a shade.
		const cell = `M${i % columns} ${Math.floor(i / columns)}h1.02v1.02h-1.02z`;
		paths.set(shown, (paths.get(shown) ?? '') + cell);
	}
	return [...paths].sort(([a], [b]) => a - b).map(([shade, path]) => ({ shade, path }));
}

/** A stroke through each pixel that is no number, which no shade is for; `''` where all are. */
export function holesPath(values: ArrayLike<number>, columns: number): string {
	let path = '';
	for (let i = 0; i < values.length; i++)
		if (!Number.isFinite(values[i])) path += `M${i % columns} ${Math.floor(i / columns) + 1}l1 -1`;
	return path;
}

/** A channel of a tensor `[height, width, channels]` that begins at `start`. */
export function channelOf(
	data: ArrayLike<number>,
	channels: number,
	channel: number,
	{ start = 0, count }: { readonly start?: number; readonly count: number }
): Float32Array {
	return Float32Array.from({ length: count }, (_, i) => data[start + i * channels + channel]!);
}
