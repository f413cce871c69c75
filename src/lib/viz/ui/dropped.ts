import { m } from '$lib/i18n';

/** What was dropped or pasted on a page: files, a text, or a sentence on why neither is taken. */
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
	return event.defaultPrevented ? null : contentOf(event.dataTransfer, most);
}

/** Reads what was pasted, in the same way. */
export function pasted(event: ClipboardEvent, most: number): Dropped | null {
	return event.defaultPrevented ? null : contentOf(event.clipboardData, most);
}

function contentOf(data: DataTransfer | null, most: number): Dropped | null {
	if (!data) return null;
	const [files, text] = [[...data.files], data.getData('text')];
	if (files.length === 0 && text === '') return null;
	const refused = (problem: string): Dropped => ({ files: [], text: '', problem });
	// Asked for while the event lasts; a folder stands among the files as one that cannot be read.
	if ([...data.items].some((item) => item.webkitGetAsEntry?.()?.isDirectory))
		return refused(m.ui_drop_folder());
	if (files.length > most) return refused(m.ui_drop_many({ count: files.length, max: most }));
	return { files, text, problem: null };
}

/** Whether a drag brings files. */
export const bringsFiles = ({ dataTransfer }: DragEvent): boolean =>
	dataTransfer?.types.includes('Files') ?? false;

/** Whether a drag over the page is the browser's: of text over a field, and of a link of the page's own that slipped. */
export function isForBrowser(event: DragEvent): boolean {
	if (bringsFiles(event)) return false;
	const { target, dataTransfer } = event;
	const isField =
		target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
	return isField || (isOwn && (dataTransfer?.types.includes('text/uri-list') ?? false));
}

/** Whether what is dragged is of this page: that is known only when it begins. */
let isOwn = false;
/** To be told of what begins to be dragged, and of its end. */
export const setOwnDrag = (own: boolean): void => void (isOwn = own);
