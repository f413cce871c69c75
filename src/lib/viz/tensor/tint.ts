/**
 * The hue of a channel that has read some of the inputs: the mean place of those along the ramp of hues, and from 0 to 1 how grey it is,
 * which is how much of all there is it has read.
 */
export interface Tint {
	readonly place: number;
	readonly grey: number;
}

/** Tints of the channels of a column, from what each has read. */
export function tintsOf(reach: Float32Array, channels: number): readonly Tint[] {
	return Array.from({ length: channels }, (_, channel) => {
		let [weight, places] = [0, 0];
		for (let input = 0; input < channels; input++) {
			const strength = reach[channel * channels + input]!;
			weight += strength;
			places += strength * input;
		}
		return tintOf(weight, places, channels);
	});
}

/** The tint of a channel that has read these of so many, each in full. */
export function tintOfRead(read: readonly number[], channels: number): Tint {
	return tintOf(
		read.length,
		read.reduce((sum, input) => sum + input, 0),
		channels
	);
}

function tintOf(weight: number, places: number, channels: number): Tint {
	if (weight < 1e-3) return { place: 0.5, grey: 1 };
	const others = Math.max(1, channels - 1);
	return {
		place: places / weight / others,
		grey: Math.min(1, Math.max(0, (weight - 1) / others)) ** 1.2
	};
}

/** A colour in OKLCH. */
export interface Lch {
	readonly lightness: number;
	readonly chroma: number;
	readonly hue: number;
}

/** The ends of the ramp and what is grey, as tokens have them. */
export interface Ramp {
	readonly first: Lch;
	readonly last: Lch;
	readonly grey: Lch;
}

/** A colour as tokens.css has it, `oklch(0.9 0.155 102)`, or as the build writes that: `oklch(90% .155 102)`. */
export function parseLch(text: string): Lch {
	const found = /^oklch\(([\d.]+)(%?) ([\d.]+) (-?[\d.]+)(?:deg)?\)$/.exec(text.trim());
	if (!found) throw new Error(`invalid colour: ${text}, which has to be oklch(lightness chroma hue)`);
	const [, lightness, percent, chroma, hue] = found;
	return { lightness: Number(lightness) / (percent ? 100 : 1), chroma: Number(chroma), hue: Number(hue) };
}

/** Lightness and the two opponents, for mixing: what lies between two colours is not on the hues between them. */
type Lab = readonly [lightness: number, a: number, b: number];

/** The colour of a tint: along the ramp by hues that fall, then to the grey in a straight line. */
export function colourOf({ place, grey }: Tint, { first, last, grey: ash }: Ramp): Lab {
	const turn = (((last.hue - first.hue) % 360) - 360) % 360;
	const hue = first.hue + place * turn;
	const lightness = first.lightness + place * (last.lightness - first.lightness);
	const chroma = first.chroma + place * (last.chroma - first.chroma);
	const pure = labOf({ lightness, chroma, hue });
	const [l, a, b] = labOf(ash);
	const mix = (x: number, y: number) => x + grey * (y - x);
	return [mix(pure[0], l), mix(pure[1], a), mix(pure[2], b)];
}

function labOf({ lightness, chroma, hue }: Lch): Lab {
	const angle = (hue * Math.PI) / 180;
	return [lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)];
}

/** As CSS and canvas read it. */
export const cssOf = ([l, a, b]: Lab) => `oklab(${l.toFixed(4)} ${a.toFixed(4)} ${b.toFixed(4)})`;

/** The same as {@link colourOf} for a style sheet, by its tokens, so that it follows the theme. */
export function cssMix({ place, grey }: Tint): string {
	const pure = `color-mix(in oklch decreasing hue, var(--many-first), var(--many-last) ${percent(place)})`;
	return cssGreyed(pure, grey);
}

/** A colour of a style sheet, greyed. */
export function cssGreyed(pure: string, grey: number): string {
	if (grey <= 0) return pure;
	return grey >= 1 ? 'var(--many-grey)' : `color-mix(in oklab, ${pure}, var(--many-grey) ${percent(grey)})`;
}

/** A part of one as style sheets have it. */
export const percent = (part: number) => `${Number((100 * part).toFixed(1))}%`;
