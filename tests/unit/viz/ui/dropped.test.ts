import { describe, expect, it } from 'vitest';
import { dropped } from '$lib/viz/ui/dropped';

/** A drop of files and text, as a browser tells of it. */
function drop(names: readonly string[], { text = '', isFolder = false, isTaken = false } = {}): DragEvent {
	const files = names.map((name) => new File(['x'], name));
	const items = files.map(() => ({ webkitGetAsEntry: () => ({ isDirectory: isFolder }) }));
	const dataTransfer = { files, items, getData: () => text };
	return { dataTransfer, defaultPrevented: isTaken } as unknown as DragEvent;
}

describe('dropped', () => {
	it('gives files, up to so many', () => {
		expect(dropped(drop(['a.png']), 1)).toMatchObject({ files: [{ name: 'a.png' }], problem: null });
		const names = Array.from({ length: 100 }, (_, i) => `${i}.png`);
		expect(dropped(drop(names), 1)).toMatchObject({
			files: [],
			problem: '100 files at once are too many here; at most 1.'
		});
	});

	it('takes no folder, and says so', () => {
		const problem = 'A folder is not taken: drop the files that are in it.';
		expect(dropped(drop(['pictures'], { isFolder: true }), 9)).toMatchObject({ files: [], problem });
	});

	it('gives a text, and leaves alone what has been taken or is empty', () => {
		expect(dropped(drop([], { text: '{}' }), 1)).toMatchObject({ files: [], text: '{}', problem: null });
		expect(dropped(drop(['a.json'], { isTaken: true }), 1)).toBeNull();
		expect(dropped(drop([]), 1)).toBeNull();
	});
});
