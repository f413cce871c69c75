import { m } from '$lib/i18n';
import { GraphError } from '$lib/nets/errors';
import { parseGraph } from '$lib/nets/json';
import { resolveGraph, type ResolvedGraph } from '$lib/nets/resolve';
import { Unloaded } from '$lib/stored/unloaded';
import { graphProblem } from '$lib/viz/words/problems';
import { restoreOpened, willRestore } from './files/carried';
import { openKept } from './files/openKept';
import { OpenFailure, openInWorker } from './files/openInWorker';
import { readOwn } from './ownGraph';

/**
 * The reader's own network that the address's hash holds, or names among what this tab or this browser has.
 * @param progress told of the share of files that is read, where there are any
 * @returns a sentence where it cannot be had, `null` where there is none
 */
export async function findOwn(progress: (share: number) => void): Promise<ResolvedGraph | string | null> {
	const { text, source, storedId } = await readOwn();
	if (willRestore()) progress(0);
	await restoreOpened(progress);
	try {
		if (storedId !== undefined) {
			const found = await findKept(storedId, progress);
			// What only the tab has is there all the same.
			if (found !== null) return found;
			if (text === null) return m.formats_kept_gone();
		}
		if (source === 'unreadable') return m.networks_own_bad_address();
		return text === null ? null : resolveGraph(parseGraph(text));
	} catch (error) {
		if (error instanceof GraphError) return graphProblem(error);
		if (error instanceof OpenFailure) return error.message;
		if (error instanceof Unloaded) return null;
		throw error;
	}
}

/** @returns `null` where it is not kept */
async function findKept(
	id: string,
	progress: (share: number) => void
): Promise<ResolvedGraph | string | null> {
	let found: ResolvedGraph | string | null = null;
	await openKept(id, {
		show: ({ model }) => void (found = resolveGraph(model.graph)),
		async open(files, { size }) {
			const opened = await openInWorker(
				{ files, ...(size !== null && { size }) },
				{ signal: new AbortController().signal, progress }
			);
			found = opened.kind === 'model' ? resolveGraph(opened.graph) : m.formats_kept_gone();
		}
	});
	return found;
}
