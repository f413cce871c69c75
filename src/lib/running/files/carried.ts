import { isPutDown, takeUp } from '$lib/stored/carried';
import {
	aboutOf,
	holdOpened,
	holdRestored,
	holdSides,
	openedHere,
	sidesHere,
	type OpenedFiles,
	type Place
} from './opened';
import { openInWorker } from './openInWorker';

/** Files that were still being read when the page was left: they are read anew. */
export interface Unread {
	readonly as: Place;
	readonly files: readonly File[];
	readonly size: number | null;
}

let restoring: Promise<readonly Unread[]> | null = null;

/** Whether there is something to restore, which takes its time. */
export const willRestore = (): boolean => restoring === null && isPutDown('networks') && !isOpen();
const isOpen = () => openedHere() !== null || sidesHere() !== null;

/**
 * Opens what the page in the other language had open, once; nothing where there was nothing, or something is open since.
 * @param progress told of the share that is read
 * @returns what was still being read there, to whoever asks first
 */
export async function restoreOpened(
	progress: (share: number) => void = () => {}
): Promise<readonly Unread[]> {
	if (restoring) return restoring.then(() => []);
	return (restoring = restore(progress));
}

async function restore(progress: (share: number) => void): Promise<readonly Unread[]> {
	if (!isPutDown('networks') || isOpen()) return [];
	const sides: (OpenedFiles | null)[] = [null, null];
	const unread: Unread[] = [];
	const groups = (await takeUp('networks', { stays: true })).flatMap(({ files, about: of }) => {
		const about = aboutOf(of);
		return about ? [{ files, about }] : [];
	});
	const total = groups.reduce((sum, { about }) => sum + (about.isReading ? 0 : 1), 0);
	let done = 0;
	for (const { files, about } of groups) {
		const { as, size, storedId, isTaught = false, isReading = false } = about;
		if (isReading) {
			unread.push({ as, files, size });
			continue;
		}
		const model = await openInWorker(
			{ files, ...(size !== null && { size }) },
			{
				signal: new AbortController().signal,
				progress: (share) => progress((done + share) / total)
			}
		).catch(() => null);
		done++;
		if (model?.kind !== 'model') continue;
		if (as !== 'own') sides[as] = { model, files };
		else if (!openedHere()) holdRestored(() => holdOpened({ model, files, size, storedId, isTaught }));
	}
	if (sides.some(Boolean)) holdRestored(() => holdSides(sides));
	return unread;
}
