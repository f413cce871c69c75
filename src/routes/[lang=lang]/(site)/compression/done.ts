import { addCarrier } from '$lib/stored/carriers';
import { keepByNow } from '$lib/stored/keepByNow';
import { readText } from '$lib/stored/texts';
import { sayUnloaded } from '$lib/stored/unloaded';
import type { Done } from './carried';
import type { Result } from './compressor.svelte';

let done: Done = { asked: null, compared: null, pictures: [], times: {} };
let arrived: Promise<void> | null = null;

const hasAny = () => done.asked !== null || Object.keys(done.times).length > 0;

addCarrier({
	kind: 'compression',
	hasAny,
	give: async () => (await import('./carried')).packed(done)
});

/** What a comparison of answers is of. */
export const subjectOf = ({ set, settings }: Pick<Result, 'set' | 'settings'>): string =>
	JSON.stringify([set.id, settings.prune, settings.bits]);

/** What was done on this page before, whether it was left or loaded anew. */
export async function doneBefore(): Promise<Done> {
	await (arrived ??= arrive());
	return done;
}

async function arrive(): Promise<void> {
	// What takes it up is longer, and comes when there is something.
	if (readText('tab', 'carried') === null) return;
	try {
		const found = await (await import('./carried')).taken();
		if (found && !hasAny()) done = found;
	} catch (error) {
		sayUnloaded(error);
	}
}

/** Notes what is done by now. */
export function noteDone(now: Partial<Done>): Promise<void> {
	done = { ...done, ...now };
	return keepByNow('compression', async () => (hasAny() ? (await import('./carried')).packed(done) : []));
}
