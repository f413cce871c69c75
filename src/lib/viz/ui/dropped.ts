import { m } from '$lib/i18n';

/** What was dropped on a page: files, a text, or a sentence on why neither is taken. */
export interface Dropped {
	readonly files: readonly File[];
	readonly text: string;
	readonly problem: string | null;
}

/**
 * Reads a drop, once: what has been taken by a part of the page is not the page's too.
 * @param most files that are taken at a time
 * @returns `null` where the drop is somebody else's, or the browser's own to handle
 */
export function dropped(event: DragEvent, most: number): Dropped | null {
	const data = event.dataTransfer;
	if (event.defaultPrevented || !data) return null;
	const [files, text] = [[...data.files], data.getData('text')];
	if (files.length === 0 && text === '') return null;
	// Asked for while the event lasts; a folder stands among the files as one that cannot be read.
	const isFolder = [...data.items].some((item) => item.webkitGetAsEntry?.()?.isDirectory);
	if (isFolder) return { files: [], text: '', problem: m.ui_drop_folder() };
	if (files.length > most)
		return { files: [], text: '', problem: m.ui_drop_many({ count: files.length, max: most }) };
	return { files, text, problem: null };
}
