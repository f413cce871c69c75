import type { Attachment } from 'svelte/attachments';

/**
 * Keeps an element as high as it was at most, until it has another width: what is shown anew takes the place of what was there before,
 * and nothing below it moves.
 */
export const steadyHeight: Attachment<HTMLElement> = (element) => {
	let width = element.clientWidth;
	let most = 0;
	const observer = new ResizeObserver(() => {
		if (element.clientWidth !== width) {
			width = element.clientWidth;
			most = 0;
			element.style.minHeight = '';
		}
		const height = element.offsetHeight;
		if (height <= most) return;
		most = height;
		element.style.minHeight = `${height}px`;
	});
	observer.observe(element);
	return () => observer.disconnect();
};
