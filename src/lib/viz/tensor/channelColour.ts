/**
 * The colour of a channel: of the only input channel that it is made from, or of the first of its group; `null`: of all.
 * @param dependency for each tensor, for each channel: the channels of the input (tensor 0) that it is computed from, ascending
 */
export function channelColour(
	dependency: readonly (readonly (readonly number[])[])[],
	tensor: number,
	channel: number
): number | null {
	const all = dependency[tensor]?.[channel] ?? [];
	const isPart = all.length === 1 || all.length < (dependency[0]?.length ?? 0);
	return isPart ? (all[0] ?? null) : null;
}

/** Class of such a colour. */
export function colourClass(colour: number | null): string {
	return `ch-${colour === null ? 'all' : colour % 8}`;
}
