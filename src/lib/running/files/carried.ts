import { takeUp, type CarriedFiles } from '$lib/stored/carried';
import { holdOpened, holdSides, openedHere, sidesHere, type OpenedFiles } from './opened';
import { openInWorker } from './openInWorker';

/** What a group of files is: the network that is open, or a side of the page that compares two. */
interface About {
	readonly as: 'own' | 0 | 1;
	readonly size: number | null;
	readonly storedId: string | null;
	readonly isTaught?: boolean;
}

/** What is open in this tab, for the page in another language. */
export function openedFiles(): readonly CarriedFiles[] {
	const held = openedHere();
	const groups: CarriedFiles[] = [];
	const add = (files: readonly File[], about: About) => groups.push({ files, about });
	if (held) {
		const { size, storedId, isTaught = false } = held;
		add(held.files, { as: 'own', size, storedId, isTaught });
	}
	for (const [at, side] of (sidesHere() ?? []).entries())
		if (side) add(side.files, { as: at as 0 | 1, size: null, storedId: null });
	return groups;
}

let restoring: Promise<void> | null = null;

/** Opens what the page in the other language had open; nothing where there was nothing, or something is open since. */
export const restoreOpened = (): Promise<void> => (restoring ??= restore().finally(() => (restoring = null)));

async function restore(): Promise<void> {
	if (openedHere()) return;
	const sides: (OpenedFiles | null)[] = [null, null];
	for (const { files, about } of await takeUp('networks')) {
		const { as, size, storedId, isTaught = false } = about as About;
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
