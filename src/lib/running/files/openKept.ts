import { openedHere, type OpenedHere } from './opened';

interface Ways {
	/** Shows what this tab has open as it already. */
	readonly show: (held: OpenedHere) => void | Promise<void>;
	/** Opens its files as they were opened when they were kept. */
	readonly open: (
		files: readonly File[],
		from: { readonly storedId: string; readonly size: number | null }
	) => void | Promise<void>;
}

/**
 * Opens what this browser keeps under an id, on whichever page; what is open as it is not read again.
 * @returns whether it is kept
 */
export async function openKept(storedId: string, { show, open }: Ways): Promise<boolean> {
	const held = openedHere();
	if (held?.storedId === storedId) {
		await show(held);
		return true;
	}
	const { readModel } = await import('$lib/stored/models');
	const found = await readModel(storedId);
	if (!found) return false;
	await open(found.files, { storedId, size: found.about.size });
	return true;
}
