/** Hands a file to the browser's downloads. */
export function save(file: Blob, name: string): void {
	const link = document.createElement('a');
	link.href = URL.createObjectURL(file);
	link.download = name;
	link.click();
	// The download has taken hold of the file once this task is done.
	setTimeout(() => URL.revokeObjectURL(link.href), 0);
}
