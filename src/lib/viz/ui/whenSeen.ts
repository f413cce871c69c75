/** How far below the window something counts as near. */
const reach = '200px';

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
export const whenNear = (act: () => void) => (element: Element) =>
	whenSeen(element, act, { rootMargin: reach });
