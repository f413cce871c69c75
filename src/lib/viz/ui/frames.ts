/**
 * Lets time pass from frame to frame, for an effect that runs while something moves.
 * @param advance gets the milliseconds since the frame before
 * @param most so many at a time: a page that was hidden goes on where it was
 * @returns what stops it
 */
export function eachFrame(advance: (milliseconds: number) => void, most = 100): () => void {
	let last = performance.now();
	let frame = requestAnimationFrame(function tick(now) {
		advance(Math.min(Math.max(0, now - last), most));
		last = now;
		frame = requestAnimationFrame(tick);
	});
	return () => cancelAnimationFrame(frame);
}
