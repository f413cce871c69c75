import { cssGreyed, cssMix, percent, tintOfRead } from './tint';

/** Channels that have hues of their own, the tokens `--ch-0` … `--ch-7`; more lie on a ramp. */
export const ownHues = 8;

/**
 * The colour, for a style sheet, of a channel that has read these channels of an input of `count`: of one its hue, of several the mean
 * of theirs, the greyer the more of all there is it has read.
 */
export function readColour(read: readonly number[], count: number): string {
	const tint = tintOfRead(read, count);
	if (count > ownHues) return cssMix(tint);
	const mean = read
		.map((channel) => `var(--ch-${channel})`)
		.reduce(
			(mixed, hue, i) => (i === 0 ? hue : `color-mix(in oklab, ${mixed}, ${hue} ${percent(1 / (i + 1))})`),
			''
		);
	return cssGreyed(mean, tint.grey);
}

/**
 * The colour of a channel of a tensor.
 * @param dependency for each tensor, for each channel: the channels of the input (tensor 0) that it is computed from, ascending
 */
export function channelColour(
	dependency: readonly (readonly (readonly number[])[])[],
	tensor: number,
	channel: number
): string {
	return readColour(dependency[tensor]?.[channel] ?? [], dependency[0]?.length ?? 0);
}
