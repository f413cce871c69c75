/** A name as files can have it on every system, in its own case: without its ending. */
export const safeName = (name: string): string =>
	name.replaceAll(/[^\p{L}\p{N}._]+/gu, '-').replaceAll(/^[-.]+|-+$/g, '');

/** Hands a file to the browser's downloads. */
export function save(file: Blob, name: string): void {
	const link = document.createElement('a');
	link.href = URL.createObjectURL(file);
	link.download = name;
	link.click();
	// Nothing says when the browser has read it; a busy one can take seconds.
	setTimeout(() => URL.revokeObjectURL(link.href), 40_000);
}
