/** How far below the window something counts as near. */
const reach = '200px';

/** Calls once when an element comes near to what is seen of the page: for what a page need not load before. */
export function whenNear(act: () => void) {
	return (element: Element) => {
		const observer = new IntersectionObserver(
			(entries) => {
				if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
				observer.disconnect();
				act();
			},
			{ rootMargin: reach }
		);
		observer.observe(element);
		return () => observer.disconnect();
	};
}
