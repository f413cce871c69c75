import { takeUp } from '$lib/stored/carried';
import { holdOpened, holdSides, openedHere, type CarriedAbout, type OpenedFiles } from './opened';
import { openInWorker } from './openInWorker';

let restoring: Promise<void> | null = null;

/** Opens what the page in the other language had open; nothing where there was nothing, or something is open since. */
export const restoreOpened = (): Promise<void> => (restoring ??= restore().finally(() => (restoring = null)));

async function restore(): Promise<void> {
	if (openedHere()) return;
	const sides: (OpenedFiles | null)[] = [null, null];
	for (const { files, about } of await takeUp('networks')) {
		const { as, size, storedId, isTaught = false } = about as CarriedAbout;
		const model = await openInWorker(
			{ files, ...(size !== null && { size }) },
			{ signal: new AbortController().signal, progress: () => {} }
		).catch(() => null);
		if (model?.kind !== 'model') continue;
		if (as !== 'own') sides[as] = { model, files };
		else if (!openedHere()) holdOpened({ model, files, size, storedId, isTaught });
	}
	if (sides.some(Boolean)) holdSides(sides);
}
