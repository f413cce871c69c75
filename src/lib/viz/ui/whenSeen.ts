/** How far below the window something counts as near: while nobody has moved, and from then on, so that it is there before it is reached. */
const reach = { still: '200px', moving: '200%' } as const;

/**
 * Calls once when an element comes into view.
 * @returns what ends the waiting
 */
export function whenSeen(
	element: Element,
	act: () => void,
	options: IntersectionObserverInit = {}
): () => void {
	const observer = new IntersectionObserver((moments) => {
		// A busy page is told several moments at once, the oldest first.
		if (!moments.some(({ isIntersecting }) => isIntersecting)) return;
		observer.disconnect();
		act();
	}, options);
	observer.observe(element);
	return () => observer.disconnect();
}

/** The same when it comes near to what is seen of the page: for what a page need not load before. */
export const whenNear = (act: () => void) => (element: Element) => {
	let isDone = false;
	const watch = (rootMargin: string) =>
		whenSeen(
			element,
			() => {
				isDone = true;
				act();
			},
			{ rootMargin }
		);
	let end = watch(reach.still);
	const widen = () => {
		end();
		if (!isDone) end = watch(reach.moving);
	};
	addEventListener('scroll', widen, { once: true, passive: true });
	return () => {
		removeEventListener('scroll', widen);
		end();
	};
};
