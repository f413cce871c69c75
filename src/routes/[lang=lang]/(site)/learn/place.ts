/** A place in a chapter, by its words. */
export interface Place {
	/** The passage at the top of the screen, and which of its parts: a paragraph, a table, a question. */
	readonly passage: number;
	readonly part: number;
	/** Pixels from the top of the screen down to that part; negative where it begins above. */
	readonly top: number;
}

const passagesOf = (chapter: Element) => [...chapter.querySelectorAll('.passage')];
const partsOf = (passage: Element | undefined) => [
	...(passage?.querySelectorAll(
		':scope > .heading > *, :scope > .words > .prose > *, :scope > .words > :not(.prose)'
	) ?? [])
];
const isOnScreen = (element: Element) => element.getBoundingClientRect().bottom > 0;
const isCount = (value: unknown) => Number.isInteger(value) && Number(value) >= 0;

/** Where the reader is in a chapter; `null` beside its words. */
export function placeIn(chapter: Element): Place | null {
	const passages = passagesOf(chapter);
	const passage = passages.findIndex(isOnScreen);
	const parts = partsOf(passages[passage]);
	const part = parts.findIndex(isOnScreen);
	return part < 0 ? null : { passage, part, top: parts[part]!.getBoundingClientRect().top };
}

/**
 * Scrolls to a place. A number of pixels would be another one after a reload: passages that have not been on the screen are as high
 * as is guessed. So it is looked for again once those around it are laid out.
 */
export async function returnTo(chapter: Element, place: unknown): Promise<void> {
	const { passage, part, top } = (place ?? {}) as Partial<Place>;
	if (!isCount(passage) || !isCount(part) || !Number.isFinite(top)) return;
	for (let look = 0; look < 3; look++) {
		const found = partsOf(passagesOf(chapter)[passage!])[part!];
		if (!found) return;
		scrollBy({ top: found.getBoundingClientRect().top - top!, behavior: 'instant' });
		await new Promise(requestAnimationFrame);
	}
}
