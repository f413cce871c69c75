import { isPutDown, takeUp } from '$lib/stored/carried';
import {
	aboutOf,
	holdOpened,
	holdRestored,
	holdSides,
	isBeingRead,
	openedHere,
	sidesHere,
	withTold,
	type OpenedFiles,
	type Place
} from './opened';
import { openInWorker } from './openInWorker';
import { toldOf } from './told';

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
 * Opens what the page in the other language had open, once; nothing where there was nothing, or something is open since. Whatever the
 * reader opens meanwhile stays.
 * @param progress told of the share that is read
 * @param hasSides whether the page shows two networks: on any other the two are left, and nobody comes to them but by the way back
 * @returns what was still being read there, to whoever asks first
 */
export async function restoreOpened(
	progress: (share: number) => void = () => {},
	{ hasSides = false } = {}
): Promise<readonly Unread[]> {
	if (restoring) return restoring.then(() => []);
	return (restoring = restore(progress, hasSides));
}

async function restore(progress: (share: number) => void, hasSides: boolean): Promise<readonly Unread[]> {
	if (!isPutDown('networks') || isOpen()) return [];
	const sides: (OpenedFiles | null)[] = [null, null];
	const unread: Unread[] = [];
	const groups = (await takeUp('networks', { stays: true })).flatMap(({ files, about: of }) => {
		const about = aboutOf(of);
		return about && (hasSides || about.as === 'own') ? [{ files, about }] : [];
	});
	const total = groups.reduce((sum, { about }) => sum + (about.isReading ? 0 : 1), 0);
	let done = 0;
	for (const { files: given, about } of groups) {
		const { as, size, storedId, isTaught = false, isReading = false, isTold = false } = about;
		const files = isTold ? given.slice(0, -1) : given;
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
		else if (!openedHere()) {
			const told = isTold ? await toldOf(given.at(-1)) : {};
			const opened = withTold({ model, files, size, storedId, isTaught }, told);
			if (!openedHere()) holdRestored(() => holdOpened(opened));
		}
	}
	const since = sidesHere();
	if (sides.some(Boolean)) holdRestored(() => holdSides(sides.map((side, at) => since?.[at] ?? side)));
	return unread.filter(({ as }) => !isBeingRead(as) && (as === 'own' || !since?.[as]));
}
