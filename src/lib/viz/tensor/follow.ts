import { smooth } from '../plot/between';

/**
 * How far a drawing that is higher than what is seen of it is scrolled at a moment of a step: all of what the step works on where
 * that fits, else first where it reads, then where it writes. `done` is from 0 to 1.
 */
export function scrollAt(
	{ top, bottom }: { readonly top: number; readonly bottom: number },
	done: number,
	{ seen, height }: { readonly seen: number; readonly height: number }
): number {
	const [first, last] = [top, bottom - seen];
	const at = last <= first ? (first + last) / 2 : first + (last - first) * written(done);
	return Math.max(0, Math.min(height - seen, at));
}

/** From where the last step wrote back to where this one reads, and on to where it writes. */
function written(done: number): number {
	return 1 - smooth(done, 0, 0.2) + smooth(done, 0.45, 0.8);
}
