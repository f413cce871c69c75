import type { Attachment } from 'svelte/attachments';

export interface Phrase {
	/** Name of the figure. */
	readonly figure: string;
	/** What it is set to. */
	readonly search: string;
	/** The phrase's own words. */
	readonly text: string;
}

/**
 * Lets the phrases of a text drive its figures. A figure that is on the screen changes where it is; to one that is not the
 * link leads, as it does without script, so that the browser's way back leads to the phrase again.
 */
export function followPhrases(drive: (phrase: Phrase) => void): Attachment<HTMLElement> {
	return (article) => {
		const click = (event: MouseEvent) => {
			if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
			const link = event.target instanceof Element ? event.target.closest('a[data-figure]') : null;
			if (!(link instanceof HTMLAnchorElement)) return;
			const { figure = '', state: search = '' } = link.dataset;
			const place = document.getElementById(figure);
			if (!place) return;
			if (isSeen(place)) event.preventDefault();
			flash(place);
			drive({ figure, search, text: link.textContent ?? '' });
		};
		article.addEventListener('click', click);
		return () => article.removeEventListener('click', click);
	};
}

/** Whether enough of an element is on the screen to see it change. */
function isSeen(element: Element): boolean {
	const { top, bottom, height } = element.getBoundingClientRect();
	const seen = Math.min(bottom, innerHeight) - Math.max(top, 0);
	return seen >= Math.min(0.6 * height, 0.55 * innerHeight);
}

/** Points at the figure that changes. */
function flash(element: HTMLElement): void {
	element.classList.remove('told');
	// Reading a size makes the browser take note of the change, so that the animation starts anew.
	void element.offsetWidth;
	element.classList.add('told');
}
