import { idleMoment } from '$lib/stored/connection';

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

/** What leads on when it is focused. */
const controls = 'button, input, select, textarea, summary, [tabindex="0"]';

/** Whether the reader goes through pages by the Tab key. */
let isTabbing = false;

/**
 * Calls once, when the browser has nothing else to do, before the focus can be led past what is not there yet: once Tab was pressed, or
 * a control was focused, from which Tab leads on. (A link that is pressed leads away.)
 * @returns what ends the waiting
 */
export function whenTabbed(act: () => void): () => void {
	let isOver = false;
	const stop = () => {
		removeEventListener('keydown', press, true);
		removeEventListener('focusin', focus, true);
	};
	const begin = () => {
		stop();
		void idleMoment().then(() => {
			if (!isOver) act();
		});
	};
	const press = ({ key }: KeyboardEvent) => {
		if (key !== 'Tab') return;
		isTabbing = true;
		begin();
	};
	const focus = ({ target }: FocusEvent) => {
		if (target instanceof Element && target.matches(controls)) begin();
	};
	if (isTabbing) begin();
	else {
		addEventListener('keydown', press, true);
		addEventListener('focusin', focus, true);
	}
	return () => {
		isOver = true;
		stop();
	};
}

/** The same when it comes near to what is seen of the page, or may be tabbed to: for what a page need not load before. */
export const whenNear = (act: () => void) => (element: Element) => {
	const begin = () => {
		stop();
		act();
	};
	const watch = (rootMargin: string) => whenSeen(element, begin, { rootMargin });
	let end = watch(reach.still);
	const widen = () => {
		end();
		end = watch(reach.moving);
	};
	addEventListener('scroll', widen, { once: true, passive: true });
	const forget = whenTabbed(begin);
	const stop = () => {
		removeEventListener('scroll', widen);
		forget();
		end();
	};
	return stop;
};
