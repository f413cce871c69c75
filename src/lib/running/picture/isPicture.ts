/** Bytes by which a file is told. */
const headBytes = 4096;

/** Whether a file is a picture: as its system says, or, where that knows nothing of its name, by how it begins. */
export async function isPictureFile(file: File): Promise<boolean> {
	if (file.type !== '') return file.type.startsWith('image/');
	const { mistakenFor } = await import('$lib/formats/mistaken');
	try {
		return mistakenFor(new Uint8Array(await file.slice(0, headBytes).arrayBuffer())) === 'picture';
	} catch {
		// A folder, or a file that is gone.
		return false;
	}
}

export async function arePictures(files: readonly File[]): Promise<boolean> {
	for (const file of files) if (!(await isPictureFile(file))) return false;
	return files.length > 0;
}
