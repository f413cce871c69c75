import { addCarrier } from '$lib/stored/carriers';
import { readText } from '$lib/stored/texts';
import { sayUnloaded } from '$lib/stored/unloaded';
import type { Result } from './compressor.svelte';
import type { Timed } from './timeSets';

/** What the reader has had done here, and wants to find again: what follows from weights is computed again, what was measured stays. */
export interface Done {
	/** The set that is compressed, by its id. */
	readonly asked: string | null;
	/** What answers were compared of, by {@link subjectOf}. */
	readonly compared: string | null;
	/** The reader's own pictures that they were compared on. */
	readonly pictures: readonly File[];
	/** Times on this device, by set. */
	readonly times: Readonly<Record<string, Timed>>;
}

let done: Done = { asked: null, compared: null, pictures: [], times: {} };
let arrived: Promise<void> | null = null;
let putting: Promise<void> = Promise.resolve();

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
	return (putting = putting.then(putDown));
}

async function putDown(): Promise<void> {
	try {
		const [{ keepDown }, { packed }] = await Promise.all([
			import('$lib/stored/carried'),
			import('./carried')
		]);
		await keepDown('compression', hasAny() ? packed(done) : []);
	} catch {
		// What is there stays as it was put down.
	}
}
