import { bisectRight } from 'd3-array';
import { easeCubicInOut, easeCubicOut } from 'd3-ease';
import { lerp } from '../../../plot/between';

/** Places of the handle by seconds: `[seconds, place]`, in their order. */
export type Keys = readonly (readonly [seconds: number, place: number])[];

/** The whole story: what is cut, the verdict of the separable layer within ten seconds, then that of the shuffle. */
export const story: Keys = [
	...([
		[0, 0],
		[0.9, 0],
		[1.6, 0.4],
		[1.9, 0.4],
		[2.6, 0.8],
		[3.2, 0.8],
		[4.9, 2],
		[6.1, 2]
	] as const),
	...([
		[7.8, 3],
		[9.7, 3],
		[11, 4],
		[12, 4],
		[13.6, 5]
	] as const)
];

/** The same where motion is unwanted: still pictures, each long enough to be read. */
export const stillStory: Keys = [0, 0.8, 2, 3, 4, 5].map((place, n) => [2.5 * n, place] as const);

/** From one place to another, the longer the further. */
export function glideKeys(from: number, to: number): Keys {
	return [
		[0, from],
		[0.35 + 0.75 * Math.min(1.6, Math.abs(to - from)), to]
	];
}

/** How it moves between two keys: a glide that answers a hand starts at once. */
export const paces = { story: easeCubicInOut, glide: easeCubicOut, still: () => 0 } as const;
export type Pace = keyof typeof paces;

/** The place after some seconds, and whether that is the end. */
export function placeAt(
	keys: Keys,
	seconds: number,
	pace: Pace
): { readonly place: number; readonly isDone: boolean } {
	const next = bisectRight(
		keys.map(([at]) => at),
		seconds
	);
	const [end, last] = keys.at(-1)!;
	if (next >= keys.length) return { place: last, isDone: seconds >= end };
	const [a, b] = [keys[Math.max(0, next - 1)]!, keys[next]!];
	return {
		place: lerp(a[1], b[1], paces[pace](Math.max(0, (seconds - a[0]) / (b[0] - a[0])))),
		isDone: false
	};
}
