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
	const smooth = (x: number) => x * x * (3 - 2 * x);
	const within = (from: number, to: number) => Math.max(0, Math.min(1, (done - from) / (to - from)));
	return 1 - smooth(within(0, 0.2)) + smooth(within(0.45, 0.8));
}
