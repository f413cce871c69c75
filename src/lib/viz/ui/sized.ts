import type { Attachment } from 'svelte/attachments';

const tells = new WeakMap<Element, (element: HTMLElement) => void>();
let observer: ResizeObserver | undefined;

/**
 * Tells an element whenever it has another size, first when the browser has laid it out: `bind:clientWidth` asks for that while the
 * page comes alive, and all of it is laid out once more. What is drawn for the size is painted with it.
 */
export const sized =
	(tell: (element: HTMLElement) => void): Attachment<HTMLElement> =>
	(element) => {
		observer ??= new ResizeObserver((changes) => {
			for (const { target } of changes) tells.get(target)?.(target as HTMLElement);
		});
		tells.set(element, tell);
		observer.observe(element);
		return () => {
			observer?.unobserve(element);
			tells.delete(element);
		};
	};

/**
 * What was prerendered with an id (of `$props.id()`), for its size as it comes alive: drawn for that at once, it is not drawn twice.
 * `null` where nothing stood there.
 */
export const prerendered = (id: string): HTMLElement | null =>
	typeof document === 'undefined' ? null : document.getElementById(id);
