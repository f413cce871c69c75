import { easePolyIn } from 'd3-ease';
import { lerp, smooth } from '../../../plot/between';
import { snap } from './pictureAt';
import { hash } from './wall';

/** A place in the plane of the figure: how far from the inputs to the outputs, and how far along the channels; both from 0 to 1. */
export type Place = readonly [along: number, across: number];
/** A cubic Bézier curve. */
export type Curve = readonly [Place, Place, Place, Place];

/** Where a channel stands across the figure. */
export const acrossOf = (channel: number, channels: number) => (channel + 0.5) / channels;

/** The thread from a to b. No two bend at quite the same place: else all of the same length would meet in one point. */
export function threadOf(a: Place, b: Place, apart = 0): Curve {
	const bend = (a[0] + b[0]) / 2 + (hash(a[1] * 91, b[1] * 57) - 0.5) * 0.16 * (b[0] - a[0]);
	return [a, [bend, a[1] + apart], [bend, b[1] + apart], b];
}

const between = (p: Place, q: Place, s: number): Place => [lerp(p[0], q[0], s), lerp(p[1], q[1], s)];

/** The piece of a curve from one part of it to another (de Casteljau, its blossom). */
export function pieceOf(curve: Curve, from: number, to: number): Curve {
	const at = (...parts: readonly number[]) =>
		parts.reduce<readonly Place[]>(
			(points, s) => points.slice(1).map((point, i) => between(points[i]!, point, s)),
			curve
		)[0]!;
	return [at(from, from, from), at(from, from, to), at(from, to, to), at(to, to, to)];
}

const sag = easePolyIn.exponent(1.5);
/** How far the free ends of a snapped thread drop, of the figure's height or, where channels stand side by side, of its length. */
const drops = { across: 0.2, along: 0.16 } as const;

/**
 * The two halves of a thread that has snapped: each springs back to its own end, and its free end drops.
 * @param cut from `snap` to 1
 * @param down the direction in which things drop
 */
export function halvesOf(
	a: Place,
	b: Place,
	cut: number,
	down: 'along' | 'across'
): readonly { readonly curve: Curve }[] {
	const part = (cut - snap) / (1 - snap);
	const curve = threadOf(a, b);
	const where = lerp(0.3, 0.7, hash(b[1] * 97, a[1] * 89));
	const keep = 1 - smooth(part) * 0.92;
	const [p, q, r, s] = pieceOf(curve, where, 1);
	return [pieceOf(curve, 0, where), [s, r, q, p] as Curve].map((half) => ({
		curve: half.map(([along, across], n): Place => {
			const drop = drops[down] * part ** 2 * sag(n / 3);
			const [x, y] = [lerp(half[0]![0], along, keep), lerp(half[0]![1], across, keep)];
			return down === 'along' ? [x + drop, y] : [x, y + drop];
		}) as unknown as Curve
	}));
}
